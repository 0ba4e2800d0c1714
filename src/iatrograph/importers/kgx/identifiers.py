"""One spelling of the identifiers of a KGX file."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from iatrograph.identity.spelling import is_slug, spelled
from iatrograph.vocabulary import ontology

_CURIE: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>"{}|^`\\/][^\s<>"{}|^`\\]*')
_IRI: Final = re.compile(r'https?://[^\s<>"{}|^`\\]+')
_REGISTRY: Final = re.compile(r"https?://identifiers\.org/([^/:]+)[/:](.+)")
_SPELLINGS: Final = {"SNOMEDCT_US": "SNOMEDCT"}
"""Prefixes that could not begin an IRI, with those that Biolink has for them."""
_SEVEN_DIGITS: Final = r"^\d{7}$"


@lru_cache(maxsize=1 << 17)
def identifier(text: str) -> str | None:
    """Return an identifier as the project writes it, None for what is no CURIE and no IRI.

    The prefix is spelt as in the ontology (``UMLS:C1`` is ``umls:C1``), what stands at
    identifiers.org becomes a CURIE, and numbers that have to have seven digits get their zeros back
    (``HP:1250``).
    """
    if registered := _REGISTRY.fullmatch(text):
        text = f"{registered[1]}:{registered[2].rpartition(':')[2]}"
    prefix, colon, local = text.partition(":")
    found = spelled(f"{_SPELLINGS.get(prefix, prefix)}:{local}" if colon else text)
    if text.startswith("id:") and is_slug(found):
        return found
    if _IRI.fullmatch(found):
        return found
    if not _CURIE.fullmatch(found):
        return None
    prefix, _, local = found.partition(":")
    pattern = ontology().identifier_patterns.get(prefix)
    if pattern == _SEVEN_DIGITS and local.isdecimal() and len(local) < 7:
        return f"{prefix}:{local.zfill(7)}"
    return found


@lru_cache(maxsize=1 << 17)
def sound_identifier(text: str) -> str | None:
    """Return an identifier that has the form of its prefix, where the ontology gives one."""
    found = identifier(text)
    if found is None:
        return None
    prefix, _, local = found.partition(":")
    pattern = ontology().identifier_patterns.get(prefix)
    return found if pattern is None or re.fullmatch(pattern, local) else None


def prefix_of(identifier: str) -> str:
    """Return what stands before the colon, nothing for a slug or an IRI."""
    prefix, colon, local = identifier.partition(":")
    return "" if not colon or local.startswith("//") else prefix
