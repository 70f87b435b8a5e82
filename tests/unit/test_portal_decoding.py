"""Pages whose declared encoding is wrong, missing or too narrow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_cache.portals.decoding import decode

TEXT = "安澜县人民政府关于印发《办法》的通知"


def test_utf8_without_any_declaration_is_read():
    assert decode(TEXT.encode()) == TEXT


def test_a_byte_order_mark_wins_over_a_wrong_declaration():
    body = "\ufeff<meta charset=gbk>".encode() + TEXT.encode()
    assert decode(body).endswith(TEXT)
    assert not decode(body).startswith("\ufeff")


def test_gbk_that_calls_itself_utf8_is_read():
    body = b'<meta charset="utf-8">' + TEXT.encode("gbk")
    assert decode(body, "text/html; charset=UTF-8").endswith(TEXT)


def test_utf8_that_calls_itself_gbk_is_read():
    body = b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    assert decode(body + TEXT.encode()).endswith(TEXT)


def test_a_rare_character_of_a_name_survives_a_declared_gb2312():
    body = b"<meta charset=gb2312>" + "朱镕基、喆、㛃".encode("gb18030")
    assert decode(body).endswith("朱镕基、喆、㛃")


def test_a_default_of_the_server_is_not_believed():
    assert decode(TEXT.encode("gb18030"), "text/html; charset=ISO-8859-1") == TEXT


def test_one_broken_byte_does_not_cost_the_page():
    body = TEXT.encode() + b"\xff" + TEXT.encode()
    assert decode(body).startswith(TEXT)
    assert decode(body).endswith(TEXT)


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-16", ""])
def test_a_nonsense_charset_is_passed_over(charset):
    assert TEXT in decode(f"<meta charset='{charset}'>{TEXT}".encode())


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_make_it_raise(body, content_type):
    assert isinstance(decode(body, content_type), str)
