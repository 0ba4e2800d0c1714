"""RDF terms as canonical N-Triples text: IRIs of model values, and literals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from iatrograph.vocabulary import PREFIXES, iri_of

if TYPE_CHECKING:
    from iatrograph.model import StatementKey

IG: Final = PREFIXES["ig"]
BIOLINK: Final = PREFIXES["biolink"]

_ESCAPED: Final = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
_IN_LITERALS: Final = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_NOT_IN_IRIS: Final = re.compile(
    "%(?![0-9A-Fa-f]{2})|[^!#$%&'()*+,./0-9:;=?@A-Z_a-z~\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + "\U000e1000-\U000efffd-]"
)
"""What RFC 3987 allows nowhere, or only in places that the IRIs of this project do not have."""

SUSPECT_IN_IRIS: Final = "[^!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]|%[^0-9A-Fa-f]|%.[^0-9A-Fa-f]|%.?$"
SUSPECT_IN_LITERALS: Final = r'[\x00-\x1f"\\\x7f\x{fffe}\x{ffff}]'
"""What ``iri`` and ``literal`` may change, as RE2 for whole columns: the rest stays as it is."""


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPED.get(character) or f"\\u{ord(character):04X}"


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def iri(text: str) -> str:
    """Return an IRI in angle brackets; characters that no IRI may hold are percent-encoded."""
    return f"<{_NOT_IN_IRIS.sub(_encode, text)}>"


def literal(text: str, language: str | None = None) -> str:
    """Return a string literal, escaped as canonical N-Triples have it."""
    quoted = f'"{_IN_LITERALS.sub(_escape, text)}"'
    return quoted if language is None else f"{quoted}@{language}"


def integer(number: int) -> str:
    """Return an ``xsd:integer``."""
    return f'"{number}"^^<{PREFIXES["xsd"]}integer>'


def decimal(number: str) -> str:
    """Return an ``xsd:decimal``, given its digits."""
    return f'"{number}"^^<{PREFIXES["xsd"]}decimal>'


def boolean(value: bool) -> str:
    """Return an ``xsd:boolean``."""
    return f'"{"true" if value else "false"}"^^<{PREFIXES["xsd"]}boolean>'


@lru_cache(maxsize=1 << 17)
def entity(identifier: str) -> str:
    """Return the IRI of an entity, given its slug or CURIE."""
    return iri(iri_of(identifier))


@lru_cache(maxsize=1 << 12)
def same_elsewhere(identifier: str) -> str:
    """Return the IRI of an identifier that some other data set gives the same thing."""
    return iri(iri_of(identifier))


@lru_cache(maxsize=1 << 10)
def own(name: str) -> str:
    """Return the IRI of a term of the ontology."""
    return iri(IG + name)


@lru_cache(maxsize=1 << 10)
def edge(relation: str) -> str:
    """Return the IRI of the link from a statement of a relation to its object."""
    return iri(PREFIXES["edge"] + relation)


def statement(key: StatementKey) -> str:
    """Return the IRI of a statement."""
    return iri(PREFIXES["st"] + key.id)


def claim(identifier: str) -> str:
    """Return the IRI of a claim."""
    return iri(PREFIXES["cl"] + identifier)


@lru_cache(maxsize=1 << 10)
def source(identifier: str) -> str:
    """Return the IRI of a source."""
    return iri(PREFIXES["src"] + identifier)


@lru_cache(maxsize=1 << 12)
def reference(identifier: str) -> str:
    """Return the IRI of a reference."""
    return iri(PREFIXES["ref"] + identifier)


def explanation(identifier: str) -> str:
    """Return the IRI of an explanation."""
    return iri(PREFIXES["ex"] + identifier)


def step(explanation_id: str, position: int) -> str:
    """Return the IRI of a step of an explanation."""
    return iri(f"{PREFIXES['ex']}{explanation_id}.{position}")
