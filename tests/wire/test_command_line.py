import json

import pytest

from kiosk.__main__ import main


@pytest.fixture(autouse=True)
def user_folders(monkeypatch, tmp_path_factory):
    # One cache for all tests: the seed is built once.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "caches"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def answer(capsys, *argv):
    assert main(argv) == 0
    return capsys.readouterr().out


def refusal(capsys, *argv):
    try:
        code = main(argv)
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


COMMANDS = ("run", "demo", "sync", "search", "show", "read", "receipt", "case", "board", "status")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(capsys, command):
    with pytest.raises(SystemExit) as stop:
        main([*([command] if command else []), "--help"])
    assert stop.value.code == 0
    said = capsys.readouterr().out
    assert "用法：kiosk" in said
    assert "显示这段说明" in said
    for english in ("usage", "options:", "positional", "show this"):
        assert english not in said


def test_search_answers_in_the_promised_shape(capsys):
    found = json.loads(answer(capsys, "search", "低保", "--limit", "3", "--json"))
    assert set(found) == {"total", "results"}
    assert len(found["results"]) == 3 <= found["total"]
    for row in found["results"]:
        assert list(row) == [
            "id",
            "kind",
            "title",
            "number",
            "publisher",
            "published",
            "validity",
            "snippet",
        ]


def test_a_number_in_another_writing_is_found_first(capsys):
    found = json.loads(answer(capsys, "search", "安政发[2025] 12", "--json"))
    assert found["results"][0]["number"] == "安政发〔2025〕12号"


def test_a_search_without_results_is_an_answer(capsys):
    found = json.loads(answer(capsys, "search", "xyzzy", "--json"))
    assert found == {"total": 0, "results": []}


def test_show_gives_the_whole_item(capsys):
    first = json.loads(answer(capsys, "search", "低保办法", "--json"))["results"][0]
    item = json.loads(answer(capsys, "show", first["id"], "--json"))
    assert item["id"] == first["id"]
    assert item["published"] == first["published"]
    assert item["blocks"]
    assert item["place"] is None


@pytest.mark.parametrize("json_too", [[], ["--json"]])
def test_status_tells_age_and_counts(capsys, json_too):
    said = answer(capsys, "status", *json_too)
    assert "seed" in said
    assert ("政策文件" if not json_too else '"policy"') in said


def test_plain_answers_are_chinese_text(capsys):
    assert "政策文件" in answer(capsys, "search", "安政发〔2025〕12号")


def test_config_may_stand_before_or_after_the_command(capsys, tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_text('[receipt_printer]\nport = "/dev/ttyUSB7"\n')
    assert "/dev/ttyUSB7" in answer(capsys, "--config", str(path), "status")
    assert "/dev/ttyUSB7" in answer(capsys, "status", "--config", str(path))


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        ([], "命令"),
        (["fly"], "fly"),
        (["search"], "词语"),
        (["search", "x", "--limit", "many"], "--limit"),
        (["search", "x", "--limit", "0"], "--limit"),
        (["search", "x", "--limit"], "--limit"),
        (["search", "x", "--what"], "--what"),
        (["show", "nobody"], "nobody"),
        (["receipt", "nobody", "--out", "x"], "nobody"),
        (["case", "4109202611090117"], "--proof"),
        (["case", "4109202611090117", "--proof", "1"], "[desk]"),
        (["read", "--url", "http://x/", "--file", "/nowhere"], "/nowhere"),
        (["read", "--url", "http://x/", "--site", "nosuch"], "nosuch"),
        (["board", "--out", "x", "--publisher", "水晶宫"], "水晶宫"),
        (["status", "--config", "/nowhere.toml"], "/nowhere.toml"),
    ],
)
def test_bad_input_is_one_line_that_names_it(capsys, argv, named):
    assert named in refusal(capsys, *argv)


def test_a_wrong_key_in_the_configuration_is_named(capsys, tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_text('[site]\ntitel = "x"\n')
    assert "titel" in refusal(capsys, "search", "低保", "--config", str(path))


def test_a_content_folder_that_cannot_be_made_is_named(capsys, tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_text('[content]\nroot = "kiosk.toml/content"\n')
    assert "kiosk.toml/content" in refusal(capsys, "sync", "--config", str(path))


def test_a_receipt_is_written_as_printer_commands(capsys, tmp_path):
    first = json.loads(answer(capsys, "search", "低保", "--json"))["results"][0]
    answer(capsys, "receipt", first["id"], "--out", str(tmp_path / "slip.bin"))
    assert (tmp_path / "slip.bin").read_bytes().startswith(b"\x1b@")


def test_a_receipt_that_cannot_be_written_is_named(capsys):
    first = json.loads(answer(capsys, "search", "低保", "--json"))["results"][0]
    assert "/nowhere" in refusal(capsys, "receipt", first["id"], "--out", "/nowhere/slip.bin")


def test_a_saved_page_can_be_read(capsys, tmp_path):
    page = tmp_path / "page.html"
    body = "<p>为了规范全县户外广告设置管理，根据有关规定，制定本办法，请遵照执行。</p>" * 6
    page.write_text(
        "<html><head><meta charset=utf-8><title>广告设置办法</title>"
        '<meta name="ArticleTitle" content="广告设置办法">'
        '<meta name="PubDate" content="2026-01-02">'
        f"</head><body><div class=TRS_Editor>{body}</div></body></html>",
        "utf-8",
    )
    url = "http://www.example.org/a/t1.html"
    item = json.loads(answer(capsys, "read", "--url", url, "--file", str(page), "--json"))
    assert item["title"] == "广告设置办法"
    assert item["published"] == "2026-01-02"


def test_a_board_is_a_pdf(capsys, tmp_path):
    path = tmp_path / "board.pdf"
    answer(capsys, "board", "--out", str(path), "--publisher", "安澜县民政局")
    assert path.read_bytes().startswith(b"%PDF")
