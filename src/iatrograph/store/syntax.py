"""Turns what the engine says of a query that does not parse into one line for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_TOKEN: Final = re.compile(r'"([^"]+)"|([A-Z]{2,})(?=,|$)|([A-Z][A-Za-z]* [^\[\]"]+?)(?=,|$)')
_WORD_BEFORE: Final = re.compile(r"\S*\s*\Z")
_WORD_AFTER: Final = re.compile(r"\S*")
_SAYINGS: Final = {
    "Prefix not found": "the prefix is not declared",
    "IRI parsing failed": "the IRI is not absolute or not well formed",
}
_MAX_TOKENS: Final = 8
_MAX_NEAR: Final = 30


def describe(message: str, text: str) -> tuple[str, int, int]:
    """Return one line about the fault, its 1-based line and column (0 where unknown)."""
    found = _PLACE.search(message)
    if found is None:
        return "not a SPARQL query", 0, 0
    line, column = int(found[1]), int(found[2])
    tokens = list(_TOKEN.finditer(" ".join(found[3].split())))
    sayings = [_SAYINGS.get(t[3], _lower(t[3])) for t in tokens if t[3]]
    near = _near(text, line, column)
    if sayings:
        return f"{sayings[0]}, near {near}", line, column
    return f"not expected near {near}{_wanted(t[1] or t[2] for t in tokens)}", line, column


def _lower(saying: str) -> str:
    return saying[:1].lower() + saying[1:]


def _near(text: str, line: int, column: int) -> str:
    """Return the word at the place the parser could not get past, mostly just before it."""
    lines = text.split("\n")
    place = sum(len(part) + 1 for part in lines[: line - 1]) + column - 1
    before = _WORD_BEFORE.search(text[max(0, place - _MAX_NEAR) : place])
    after = _WORD_AFTER.match(text[place : place + _MAX_NEAR])
    word = (before[0] if before else "") + (after[0] if after else "")
    ending = "" if text[place:].strip() else " at the end of the query"
    return f"'{word.strip()}'{ending}" if word.strip() else "the end of the query"


def _wanted(tokens: Iterable[str]) -> str:
    known = sorted(t for t in set(tokens) if "\\" not in t and "'" not in t)[:_MAX_TOKENS]
    return f"; there might follow {' '.join(known)}" if known else ""
