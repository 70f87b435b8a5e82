"""What the last sync left: status.json in the content root, for screens and commands."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import msgspec

log = logging.getLogger(__name__)

STATUS = "status.json"


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The part readers need; keys they do not know are passed over. Times are UTC."""

    last_checked: datetime | None = None
    last_changed: datetime | None = None
    portal_reachable: bool | None = None


def read_status(root: Path) -> Status | None:
    """The status of the last sync; None before the first one, or when the file cannot be read."""
    try:
        return msgspec.json.decode((root / STATUS).read_bytes(), type=Status)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("%s: %s", root / STATUS, error)
        return None
