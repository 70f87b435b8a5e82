"""What can go wrong in the library, each with a stable code (the words are in kiosk/faults.py).

CacheError
├── PortalError        the portal did not give what was asked
│   ├── Unreachable    no connection, time-out, line cut
│   ├── Refused        an answer that is not content: bad status, two bytes, wrong length, foreign
site │   └── Gone           the portal says that this page is no more
├── ReleaseError       a content release is missing, broken or too new
├── ProfileError       a site profile has an unknown key or a wrong value
└── SeedError          a seed file breaks its format
"""

from __future__ import annotations


class CacheError(Exception):
    """Base; code is stable and has a row in the fault table."""

    code = "content.error"


class PortalError(CacheError):
    code = "portal.error"


class Unreachable(PortalError):
    code = "portal.unreachable"


class Refused(PortalError):
    code = "portal.refused"


class Gone(PortalError):
    code = "portal.gone"


class ReleaseError(CacheError):
    code = "content.release"


class ProfileError(CacheError):
    code = "content.profile"


class SeedError(CacheError):
    code = "content.seed"
