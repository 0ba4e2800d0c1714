"""Which licences let anybody use, change and pass on what they cover, for money too."""

from __future__ import annotations

import re
from typing import Final

_OPEN: Final = re.compile(
    r"creativecommons\.org/(?:publicdomain/|licenses/by(?:-sa)?/)"
    r"|^(?:cc0|cc[ -]by(?:[ -]sa)?)(?![ -]?n[cd])\b|^public domain\b"
    r"|^(?:mit|apache-2\.0|bsd-[23]-clause|odbl)\b|opendatacommons\.org/licenses/",
    re.IGNORECASE,
)
_RESTRICTED: Final = re.compile(r"\bnon-?commercial|\bno[- ]?deriv|\bn[cd]\b", re.IGNORECASE)
"""Anywhere in it: a collection is as open as its least open part."""


def is_open(licence: str | None) -> bool:
    """Whether a licence, an address or a name, is open; one that nobody states is not.

    Open is what the Open Definition 2.1 (https://opendefinition.org/od/2.1/en/) calls so: clauses
    against commercial use (NC) or against changes (ND) are not.
    """
    if licence is None or _RESTRICTED.search(licence):
        return False
    return _OPEN.search(licence.strip()) is not None
