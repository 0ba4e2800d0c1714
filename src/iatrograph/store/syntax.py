"""Turns what the engine says of a query that does not parse into one line for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_TOKEN: Final = re.compile(r'"([^"]+)"|([A-Z]{2,})(?=,|$)|((?:[A-Z][a-z]+|The) [^\[\]"]+?)(?=,|$)')
_NEAR: Final = re.compile(r"\s*(\S{1,30})")
_SAYINGS: Final = {
    "Prefix not found": "the prefix is not declared",
    "IRI parsing failed": "the IRI is not absolute or not well formed",
}
_MAX_TOKENS: Final = 8


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
        return f"{sayings[0]}, before {near}", line, column
    return f"{near} is not expected here{_wanted(t[1] or t[2] for t in tokens)}", line, column


def _lower(saying: str) -> str:
    return saying[:1].lower() + saying[1:]


def _near(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    rest = "\n".join([lines[line - 1][column - 1 :], *lines[line : line + 5]])
    found = _NEAR.match(rest)
    return f"'{found[1]}'" if found else "the end of the query"


def _wanted(tokens: Iterable[str]) -> str:
    known = sorted(set(tokens))[:_MAX_TOKENS]
    return f"; {', '.join(known)} would be" if known else ""
