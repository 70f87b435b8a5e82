"""Text to QR modules: pure, error correction M, for screen, slip and board alike."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

Matrix = tuple[tuple[bool, ...], ...]

QUIET_ZONE = 4  # light modules a reader needs on every side; with fewer, codes are missed


def as_ascii(payload: str) -> str:
    """The payload as scanners read it surely: what is not ASCII percent-encoded."""
    return quote(payload, safe="!#$%&'()*+,/:;=?@[]-._~")


@lru_cache(maxsize=256)
def matrix(payload: str) -> Matrix:
    """The dark modules (True) row by row, without the quiet zone: draw it around them.

    The payload is made ASCII by percent-encoding: raw UTF-8 is misread by common scanners. Keep it
    under 120 characters; 200 characters make 57 modules a side. Raises ValueError beyond 1,000.
    """
    # Loaded with the first code: it brings Pillow along, which the first screen does not need.
    import qrcode  # noqa: PLC0415
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415

    ascii_payload = as_ascii(payload)
    if len(ascii_payload) > 1000:
        raise ValueError(f"二维码内容过长：{len(ascii_payload)} 个字符，最多 1000 个")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(ascii_payload, optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
