"""How each section of the reference portal writes its pages: one row a column, grown over years.

Every shape was seen on real county portals (TRS, 大汉, 开普): three info blocks, three kinds of
body, tags in any case, one section that says utf-8 and sends GBK, one with a byte order mark.
"""

from __future__ import annotations

from enum import StrEnum

from content_cache.model import Value
from content_cache.seed.addresses import COLUMNS, Column


class InfoBlock(StrEnum):
    """The layout of the fields above a document."""

    TABLE = "table"
    LIST = "list"
    STRONG = "strong"


class Body(StrEnum):
    """How the text itself is marked up."""

    PARAGRAPHS = "paragraphs"
    BREAKS = "breaks"
    WORD = "word"


class TagCase(StrEnum):
    """How the names of the mandatory tags are written."""

    USUAL = "usual"
    LOWER = "lower"
    UPPER = "upper"


class Habits(Value, frozen=True, kw_only=True):
    """What one column does its own way. container is the opening tag of the div around the body."""

    column_type: str
    block: InfoBlock = InfoBlock.LIST
    body: Body = Body.PARAGRAPHS
    container: str = '<div class="TRS_Editor">'
    tags: TagCase = TagCase.USUAL
    encoding: str = "utf-8"


_HABITS = {
    "/zwgk/zcwj/xzfwj/": Habits(column_type="政策文件", block=InfoBlock.TABLE),
    "/zwgk/zcwj/bgswj/": Habits(
        column_type="政策文件", body=Body.BREAKS, container='<div id="zoom">', tags=TagCase.UPPER
    ),
    "/zwgk/zcwj/bmwj/": Habits(
        column_type="政策文件，信息公开",
        block=InfoBlock.STRONG,
        body=Body.WORD,
        container='<div class="view TRS_UEDITOR trs_paper_default">',
        tags=TagCase.LOWER,
        # The pages declare utf-8 all the same.
        encoding="gb18030",
    ),
    "/zwgk/zcwj/gfxwj/": Habits(column_type="null"),
    "/zwgk/zcjd/": Habits(column_type="政策解读", encoding="utf-8-sig"),
    "/bsfw/bszn/": Habits(column_type="办事服务"),
    "/hdjl/cjwt/": Habits(column_type="咨询投诉", tags=TagCase.LOWER),
    "/zwgk/tzgg/": Habits(column_type="公告通知", block=InfoBlock.TABLE, body=Body.WORD),
    "/zwgk/zfgb/": Habits(column_type="政府公报", container='<div class="article_content">'),
    "/zwgk/bzml/": Habits(column_type="信息公开目录"),
    "/bmfw/bmdt/": Habits(column_type="办事服务"),
    "/hdjl/yjzj/": Habits(column_type="征集调查", block=InfoBlock.TABLE),
    "/zwgk/cwgk/": Habits(column_type="", block=InfoBlock.STRONG, body=Body.BREAKS),
    "/zwgk/xxgkzn/": Habits(column_type="信息公开指南", container="<div class=TRS_Editor>"),
}

# The folders above the columns: path, name, and the column its empty page refreshes to, if any.
FOLDERS = (
    ("/zwgk/", "政务公开", None),
    ("/zwgk/zcwj/", "政策文件", "/zwgk/zcwj/xzfwj/"),
    ("/bsfw/", "办事服务", "/bsfw/bszn/"),
    ("/bmfw/", "便民服务", "/bmfw/bmdt/"),
    ("/hdjl/", "互动交流", None),
)


class Section(Value, frozen=True, kw_only=True):
    """One column with its habits; crumbs are (name, path) from the home page down to the column."""

    column: Column
    habits: Habits
    crumbs: tuple[tuple[str, str], ...]


def _section(column: Column) -> Section:
    above = [(name, path) for path, name, _ in FOLDERS if column.path.startswith(path)]
    crumbs = (("首页", "/"), *above, (column.name, column.path))
    return Section(column=column, habits=_HABITS[column.path], crumbs=crumbs)


SECTIONS = {column.path: _section(column) for column in COLUMNS}
