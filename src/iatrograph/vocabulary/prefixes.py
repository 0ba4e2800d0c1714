"""Prefixes, and the way between compact identifiers and IRIs.

An *identifier* is what people write for an entity: the slug of a curated one (``gabapentin``) or
the CURIE of an imported one (``CHEBI:42797``). The prefixes are those of ``context.jsonld``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from curies import Converter

from iatrograph.vocabulary.resources import resource


def _read() -> dict[str, str]:
    document = json.loads((resource("ontology") / "context.jsonld").read_text("utf-8"))
    return {
        prefix: iri
        for prefix, iri in document["@context"].items()
        if isinstance(iri, str) and iri.startswith("http")
    }


PREFIXES: Final[dict[str, str]] = _read()
"""Prefix to IRI stem, for SPARQL, Turtle, CURIEs and JSON-LD alike."""

_CURATED: Final = PREFIXES["id"]


@lru_cache(maxsize=1)
def _converter() -> Converter:
    return Converter.from_prefix_map(PREFIXES)


def iri_of(identifier: str) -> str:
    """Return the IRI of an entity identifier: a slug, a CURIE of a known prefix, or an IRI."""
    if identifier.startswith(("http://", "https://")):
        return identifier
    if ":" not in identifier:
        return _CURATED + identifier
    return expand(identifier)


def expand(curie: str) -> str:
    """Return the IRI of a CURIE; a CURIE of an unknown prefix comes back as it is."""
    return _converter().expand(curie) or curie


def contract(iri: str) -> str:
    """Return the identifier of an entity IRI: slug, CURIE, or the IRI where neither fits."""
    if iri.startswith(_CURATED):
        return iri[len(_CURATED) :]
    return _converter().compress(iri) or iri


@lru_cache(maxsize=1 << 12)
def compact(iri: str) -> str:
    """Return an IRI as Turtle and people write it (``ig:treats``), or as it is."""
    return _converter().compress(iri) or f"<{iri}>"
