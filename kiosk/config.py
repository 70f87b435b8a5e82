"""Typed settings from one TOML file; all have defaults, what is not fitted is not named."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from kiosk.errors import ConfigError

_APP = "disclosure-kiosk"

_PATTERNS = {
    "^https?://[^/@ ]+": "网址，如 http://127.0.0.1:8021/desk/v1",
    "^https?://[^/@ ]+$": "网站地址，如 http://www.anlan.gov.example，后面不带路径",
    "^[0-9A-Za-z]{1,8}$": "1 到 8 位字母或数字，加引号",
}
_URL, _SITE, _MACHINE = _PATTERNS

Words = Annotated[str, Meta(min_length=1)]
Seconds = Annotated[float, Meta(gt=0, le=86_400)]
Url = Annotated[str, Meta(pattern=_URL)]
SiteUrl = Annotated[str, Meta(pattern=_SITE)]


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the sections below."""


class Site(Section, frozen=True, kw_only=True):
    """The hall's own words."""

    county: Words = "安澜县"
    title: Words = "安澜县政务公开自助查询"
    zone: Words = "政务公开专区"
    hall: Words = "县政务服务中心一楼大厅"
    portal_name: Words = "安澜县人民政府网"
    machine: Annotated[str, Meta(pattern=_MACHINE)] = "01"
    help_window: Words = "一楼 1 号窗口"
    help_phone: Words = "5550101"


class Content(Section, frozen=True, kw_only=True):
    """Where releases are kept; None: a folder of this user."""

    root: Path | None = None


class Portal(Section, frozen=True, kw_only=True):
    """The site that is synced.

    profile     a built-in name or the path of a TOML file
    url         where to fetch, in place of the profile's; public_url: what citizens are shown
    pause_s     rest between two requests, out of politeness; not towards this machine itself
    """

    profile: Words = "anlan"
    url: SiteUrl | None = None
    public_url: SiteUrl | None = None
    pause_s: Annotated[float, Meta(ge=0, le=60)] = 0.2


class Desk(Section, frozen=True, kw_only=True):
    """The progress interface of the county."""

    url: Url
    timeout_s: Seconds = 5


class ReceiptPrinter(Section, frozen=True, kw_only=True):
    """port: a path such as /dev/ttyUSB0. profile, baud: see kiosk/devices/profile.py."""

    port: Words
    profile: Words = "generic80"
    baud: Annotated[int, Meta(ge=1200, le=921_600)] | None = None


class Screen(Section, frozen=True, kw_only=True):
    """The panel in pixels and inches; sizes on it are laid out in millimetres of the real panel."""

    width: Annotated[int, Meta(ge=320, le=7680)] = 1080
    height: Annotated[int, Meta(ge=320, le=7680)] = 1920
    diagonal_inch: Annotated[float, Meta(ge=5, le=120)] = 43
    fullscreen: bool = True

    @property
    def orientation(self) -> Literal["portrait", "landscape"]:
        """Which way the panel stands."""
        return "landscape" if self.width > self.height else "portrait"


class Session(Section, frozen=True, kw_only=True):
    """How long nobody may touch: first a warning, then everything personal is gone."""

    idle_s: Seconds = 60
    warning_s: Seconds = 30


class State(Section, frozen=True, kw_only=True):
    """Where the journal and the print ledger are kept; None: a folder of this user."""

    folder: Path | None = None


class Config(Section, frozen=True, kw_only=True):
    """All settings. desk and receipt_printer are None where there is none."""

    site: Site = Site()
    content: Content = Content()
    portal: Portal = Portal()
    desk: Desk | None = None
    receipt_printer: ReceiptPrinter | None = None
    screen: Screen = Screen()
    session: Session = Session()
    state: State = State()

    @property
    def content_root(self) -> Path:
        """The content root in effect."""
        return self.content.root or user_state() / "content"

    @property
    def state_folder(self) -> Path:
        """The folder for journal and ledger in effect."""
        return self.state.folder or user_state()


def user_state() -> Path:
    """Where the kiosk keeps things for this user (XDG base directories)."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / _APP


def load(path: Path | None) -> Config:
    """The settings of a file, or the defaults; its paths are relative to it. Raises ConfigError."""
    if path is None:
        return Config()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"没有配置文件 {path}") from error
    except OSError as error:
        raise ConfigError(f"配置文件 {path} 读不出：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"配置文件 {path} 应为 UTF-8 文本") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"配置文件 {path} 不是有效的 TOML：{error}") from error
    try:
        config = msgspec.convert(table, Config, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ConfigError(f"配置文件 {path}：{_in_words(str(error))}") from error
    return _anchored(config, path.absolute().parent)


def _anchored(config: Config, folder: Path) -> Config:
    """The same settings with every path made absolute."""
    root, state, printer = config.content.root, config.state.folder, config.receipt_printer
    replace = msgspec.structs.replace
    return replace(
        config,
        content=replace(config.content, root=folder / root if root else None),
        state=replace(config.state, folder=folder / state if state else None),
        portal=replace(config.portal, profile=_file_or_name(folder, config.portal.profile)),
        receipt_printer=replace(printer, profile=_file_or_name(folder, printer.profile))
        if printer
        else None,
    )


def _file_or_name(folder: Path, profile: str) -> str:
    return str(folder / profile) if profile.endswith(".toml") else profile


_TYPES = {
    "str": "文字（加引号）",
    "int": "整数",
    "float": "数字",
    "bool": " true 或 false",
    "object": "一节，如 [site]",
    "null": "空",
    "array": "列表",
}


def _in_words(message: str) -> str:
    """What msgspec says, in Chinese: the key, and what was expected of it."""
    what, _, place = message.partition(" - at `$")
    key = place.rstrip("`").lstrip(".") or "文件"
    if unknown := re.search(r"unknown field `(.+?)`", what):
        wanted = "、".join(_keys_of(key))
        where = f"[{key}] 中" if key != "文件" else ""
        return f"{where}不认识的键 {unknown[1]}，可用的有 {wanted}"
    if missing := re.search(r"missing required field `(.+?)`", what):
        return f"[{key}] 缺少 {missing[1]}"
    expected = re.search(r"Expected `(.+?)`(?: (?:of )?(.*?))?(?:, got `(.+?)`)?$", what)
    if expected is None:
        return f"{key}：{what}"
    types = " 或 ".join(
        _TYPES.get(name, name) for name in expected[1].split(" | ") if name != "null"
    )
    limit = expected[2] or ""
    for pattern, words in _PATTERNS.items():
        if f"'{pattern}'" in limit:
            return f"{key}：应为{words}"
    limit = limit.replace("length >= 1", "，不能为空")
    got = f"，现为{_TYPES.get(expected[3], expected[3])}" if expected[3] else ""
    return f"{key}：应为{types} {limit}".rstrip() + got


def _keys_of(section: str) -> tuple[str, ...]:
    """The keys of a section; of the file itself for any other name."""
    for field in msgspec.structs.fields(Config):
        if field.name == section:
            types = get_args(field.type) or (field.type,)
            return tuple(types[0].__struct_fields__)
    return Config.__struct_fields__


def _path(type_: type, value: object) -> Path:
    if type_ is Path and isinstance(value, str):
        return Path(value)
    raise TypeError("Expected `str`")
