"""Where a seed item stands on the county's website: its columns and its page's address (TRS)."""

from __future__ import annotations

import hashlib
import re
import zlib
from datetime import date

from content_cache.model import Kind, Value

BASE_URL = "http://www.anlan.gov.example"


class Column(Value, frozen=True, kw_only=True):
    """One column of the county site; everything in it is of one kind."""

    path: str
    name: str
    kind: Kind


COUNTY_FILES = Column(path="/zwgk/zcwj/xzfwj/", name="县政府文件", kind=Kind.POLICY)
OFFICE_FILES = Column(path="/zwgk/zcwj/bgswj/", name="县政府办公室文件", kind=Kind.POLICY)
DEPARTMENT_FILES = Column(path="/zwgk/zcwj/bmwj/", name="部门文件", kind=Kind.POLICY)
NORMATIVE_FILES = Column(path="/zwgk/zcwj/gfxwj/", name="规范性文件", kind=Kind.POLICY)

COLUMNS = (
    COUNTY_FILES,
    OFFICE_FILES,
    DEPARTMENT_FILES,
    NORMATIVE_FILES,
    Column(path="/zwgk/zcjd/", name="政策解读", kind=Kind.INTERPRETATION),
    Column(path="/bsfw/bszn/", name="办事指南", kind=Kind.GUIDE),
    Column(path="/hdjl/cjwt/", name="常见问答", kind=Kind.FAQ),
    Column(path="/zwgk/tzgg/", name="通知公告", kind=Kind.NOTICE),
    Column(path="/zwgk/zfgb/", name="政府公报", kind=Kind.GAZETTE),
    Column(path="/zwgk/bzml/", name="基层政务公开标准目录", kind=Kind.CATALOGUE),
    Column(path="/bmfw/bmdt/", name="便民地图", kind=Kind.PLACE),
    Column(path="/hdjl/yjzj/", name="意见征集", kind=Kind.CONSULTATION),
    Column(path="/zwgk/cwgk/", name="村（居）务公开", kind=Kind.VILLAGE),
    Column(path="/zwgk/xxgkzn/", name="政府信息公开指南", kind=Kind.DISCLOSURE),
)

_NORMATIVE_TITLE = re.compile(r"(办法|细则|规定|规则)(（(试行|暂行)）)?$")


def columns_of(kind: Kind, publisher: str | None, title: str) -> tuple[Column, ...]:
    """The columns an item is listed in, the one that holds its page first.

    Normative documents (办法, 细则, 规定, 规则) are listed a second time, as county portals do.
    """
    if kind is not Kind.POLICY:
        return tuple(column for column in COLUMNS if column.kind is kind)
    home = {"安澜县人民政府": COUNTY_FILES, "安澜县人民政府办公室": OFFICE_FILES}.get(
        publisher or "", DEPARTMENT_FILES
    )
    return (home, NORMATIVE_FILES) if _NORMATIVE_TITLE.search(title) else (home,)


def page_path(column: Column, slug: str, day: date) -> str:
    """The path of an item's own page, such as /zwgk/zcwj/xzfwj/202506/t20250605_0123456.html."""
    serial = zlib.crc32(f"{column.kind}/{slug}".encode()) % 10_000_000
    return f"{column.path}{day:%Y%m}/t{day:%Y%m%d}_{serial:07d}.html"


def attachment_url(page: str, ordinal: int) -> str:
    """The address of an attachment, beside its page: P0 and 17 digits. ordinal counts from 0."""
    folder, _, name = page.rpartition("/")
    day_and_serial = name.removeprefix("t").removesuffix(".html").replace("_", "")
    return f"{folder}/P0{day_and_serial}{ordinal:02d}.pdf"


def catalogue_url(stem: str) -> str:
    """The address of the page that holds one catalogue table."""
    return f"{BASE_URL}/zwgk/bzml/{stem}.html"


def row_fragment(level1: str, level2: str) -> str:
    """The fragment of one catalogue row; who reads the table can compute it from two cells."""
    return "row-" + hashlib.sha256(f"{level1}/{level2}".encode()).hexdigest()[:8]
