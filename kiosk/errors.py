"""What can go wrong outside library and devices, each with a stable code."""

from __future__ import annotations


class ConfigError(Exception):
    """A configuration that cannot be; the text names file, key and expectation."""

    code = "config.error"


class BadInputError(Exception):
    """What a technician typed cannot be answered; the text is the one line to show."""
