"""The paper of a simulated slip printer: commands in, one picture a cut out."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from kiosk.devices.codecs.commands import CUTS, Command, Op
from kiosk.fonts import face_index, font_path

_LINE_DOTS = 34  # a sixth of an inch, what printers start with
_FULL, _HALF = 24, 12
_DOUBLE_HEIGHT = 0x01


class Paper:
    """What came out so far.

    cuts     finished slips, black on white, mode 1
    refused  how many bytes fitted no command
    """

    def __init__(self, width_dots: int) -> None:
        self.cuts: list[Image.Image] = []
        self.refused = 0
        self._width = width_dots
        self._strips: list[Image.Image] = []
        path = font_path()
        self._font = ImageFont.truetype(path, _FULL, index=face_index(path))
        self._reset()

    def _reset(self) -> None:
        self._line = b""
        self._chinese = False
        self._bold = False
        self._tall = False

    @property
    def rows(self) -> int:
        """Rows of paper since the last cut."""
        return sum(strip.height for strip in self._strips)

    def obey(self, command: Command) -> None:
        """Do what one command says. Questions are not paper's business."""
        match command.op:
            case Op.TEXT:
                self._line += command.payload
            case Op.LINE_FEED:
                self._print_line()
            case Op.RESET:
                self._reset()
            case Op.CHINESE_ON:
                self._chinese = True
            case Op.LATIN_SIZE:
                self._tall = bool(command.arguments[0] & _DOUBLE_HEIGHT)
            case Op.BOLD:
                self._bold = bool(command.arguments[0] & 1)
            case Op.FEED_DOTS:
                self._feed(command.arguments[0])
            case Op.PICTURE:
                self._picture(command)
            case Op.UNKNOWN:
                self.refused += 1
            case op if op in CUTS:
                self.cut()
            case _:
                pass

    def cut(self) -> None:
        """End the slip here; nothing happens on empty paper."""
        if self._strips:
            self.cuts.append(self.so_far().convert("1", dither=Image.Dither.NONE))
            self._strips = []

    def so_far(self) -> Image.Image:
        """The slip that hangs out now."""
        whole = Image.new("L", (self._width, self.rows), 255)
        top = 0
        for strip in self._strips:
            whole.paste(strip, (0, top))
            top += strip.height
        return whole

    def _feed(self, rows: int) -> None:
        if rows:
            self._strips.append(Image.new("L", (self._width, rows), 255))

    def _picture(self, command: Command) -> None:
        row_bytes = int.from_bytes(command.arguments[1:3], "little")
        rows = int.from_bytes(command.arguments[3:5], "little")
        dots = bytes(0xFF ^ byte for byte in command.payload)
        strip = Image.new("L", (self._width, rows), 255)
        strip.paste(Image.frombytes("1", (row_bytes * 8, rows), dots), (0, 0))
        self._strips.append(strip)

    def _print_line(self) -> None:
        """A line of the printer's own font, 24 and 12 dots wide; rubbish without Chinese mode."""
        words = self._line.decode("gb18030" if self._chinese else "latin-1", "replace")
        self._line = b""
        strip = Image.new("L", (self._width, _FULL + 10), 255)
        draw = ImageDraw.Draw(strip)
        left = 0
        for char in words:
            wide = _HALF if ord(char) < 0x7F else _FULL
            stroke = 1 if self._bold else 0
            draw.text((left, 26), char, 0, self._font, anchor="ls", stroke_width=stroke)
            left += wide
        if self._tall:
            strip = strip.resize((self._width, 2 * strip.height))
        self._strips.append(strip)
