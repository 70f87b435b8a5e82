"""What differs between slip printers, as facts: one TOML file a model, ours or the hall's own."""

from __future__ import annotations

from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.errors import ConfigError

_SHIPPED = "kiosk.devices.profiles"


class Rom(StrEnum):
    """The Chinese characters of the printer's own font; the value is Python's encoding name."""

    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"


class Sensor(StrEnum):
    """What the printer can feel. None at all means that it answers no status query."""

    COVER = "cover"
    PAPER_END = "paper_end"
    NEAR_END = "near_end"


class Cutter(StrEnum):
    """How the paper is cut, by the command this model understands."""

    NONE = "none"
    FEED_AND_CUT = "feed_and_cut"  # GS V 66 n: feeds to the blade itself
    FULL = "full"  # GS V 0
    PARTIAL = "partial"  # GS V 1
    ESC_I = "esc_i"
    ESC_M = "esc_m"


class Confirmation(StrEnum):
    """The answer that comes only after every earlier byte was worked off."""

    PROCESS_ID = "process_id"  # GS ( H, function 48
    PAPER_SENSOR = "paper_sensor"  # GS r 1
    NONE = "none"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facts of one model.

    words         what people call it
    width_dots    printable width at 8 dots a millimetre: 576 (80 mm paper) or 384 (58 mm)
    baud          speed of the serial line, 8 data bits, no parity, 1 stop bit
    speed_mm_s    how fast the paper moves while printing
    feed_dots     from the print head to the blade or the tear bar
    """

    words: str
    width_dots: Annotated[int, Meta(ge=256, le=832, multiple_of=8)]
    rom: Rom
    sensors: tuple[Sensor, ...]
    cutter: Cutter
    confirmation: Confirmation
    baud: Annotated[int, Meta(ge=1200, le=921_600)]
    speed_mm_s: Annotated[int, Meta(ge=20, le=1000)] = 90
    feed_dots: Annotated[int, Meta(ge=0, le=255)] = 120

    @property
    def answers(self) -> bool:
        """Whether it answers status queries."""
        return bool(self.sensors)


def names() -> tuple[str, ...]:
    """The profiles that come with the product."""
    entries = resources.files(_SHIPPED).iterdir()
    return tuple(sorted(e.name.removesuffix(".toml") for e in entries if e.name.endswith(".toml")))


def load(name: str, baud: int | None = None) -> Profile:
    """The profile of this name, or of this path if it ends in .toml; baud overrides its speed.

    Raises ConfigError naming the file, the key and what was expected there.
    """
    if name.endswith(".toml"):
        source = name
        try:
            text = Path(name).read_bytes()
        except OSError as problem:
            raise ConfigError(f"{name}：打不开打印机参数文件（{problem.strerror}）") from None
    elif name in names():
        source = f"{name}.toml"
        text = resources.files(_SHIPPED).joinpath(source).read_bytes()
    else:
        raise ConfigError(f"没有名为“{name}”的打印机参数，可用的有：{'、'.join(names())}")
    try:
        profile = msgspec.toml.decode(text, type=Profile)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{source}：{problem}") from None
    if profile.confirmation is not Confirmation.NONE and not profile.answers:
        raise ConfigError(f"{source}：sensors 为空的打印机不会应答，confirmation 只能是 none")
    return profile if baud is None else msgspec.structs.replace(profile, baud=baud)
