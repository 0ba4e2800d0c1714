"""Finds names: the same spelling first, then beginnings, words, parts, and near misses.

Only folded letters and digits reach a query, so no text of a client is ever an expression.
"""

from __future__ import annotations

import sqlite3
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz

from iatrograph.tables.folding import fold, words
from iatrograph.tables.search_index import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MIN_NEAR: Final = 70.0
"""Of 100: what is less alike is no near miss."""

_TRIGRAM: Final = 3
_MAX_KEY: Final = 120

_EXACT: Final = """
SELECT entity, sort, key, text FROM name
WHERE key = ?1 AND kinds & ?2 != 0
ORDER BY sort, degree DESC, text, entity
"""
_PREFIX: Final = """
SELECT entity, sort, key, text FROM name
WHERE key > ?1 AND key < ?1 || char(1114111) AND kinds & ?2 != 0
ORDER BY length(key), sort, degree DESC, text, entity
"""
_WORDS: Final = """
SELECT entity, sort, name.key, text FROM word JOIN name ON name.id = word.rowid
WHERE word MATCH ?1 AND kinds & ?2 != 0
ORDER BY length(name.key), sort, degree DESC, text, entity
"""
_PART: Final = """
SELECT entity, sort, name.key, text FROM part JOIN name ON name.id = part.rowid
WHERE part MATCH ?1 AND kinds & ?2 != 0
ORDER BY length(name.key), sort, degree DESC, text, entity
"""
_NEAR: Final = """
SELECT entity, sort, name.key, text FROM part JOIN name ON name.id = part.rowid
WHERE part MATCH ?1 AND kinds & ?2 != 0
ORDER BY part.rank, name.id LIMIT 300
"""
# Names of the same initial and about the same length: a swap leaves a short name no trigram.
_SIBLINGS: Final = """
SELECT entity, sort, key, text FROM name
WHERE key >= substr(?1, 1, 1) AND key < substr(?1, 1, 1) || char(1114111)
AND abs(length(key) - length(?1)) <= 2 AND kinds & ?2 != 0
LIMIT 20000
"""


class Match(NamedTuple):
    """An entity's row, the name that matched, and how well (1 to 0)."""

    entity: int
    text: str
    score: float


class _Name(NamedTuple):
    entity: int
    sort: int
    key: str
    text: str


class SearchIndex:
    """The search index of a release, read only; may be asked from several threads."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        kinds = self._base.execute("SELECT name, place FROM kind")
        self._bits = {str(name): 1 << int(place) for name, place in kinds}

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def exact(self, text: str) -> list[Match]:
        """Return entities with a name of the same spelling, labels first, each once."""
        return list(_distinct(self._exact(fold(text), -1)))

    def find(self, text: str, kinds: frozenset[str] | None, limit: int) -> list[Match]:
        """Return the best matches, each entity once. Without a letter or digit there is none."""
        key = fold(text)[:_MAX_KEY]
        mask = -1 if kinds is None else sum(self._bits.get(kind, 0) for kind in kinds)
        if not key or not mask or limit < 1:
            return []
        sure = chain(
            self._exact(key, mask),
            self._scored(_PREFIX, key, key, mask, 0.7),
            self._scored(_WORDS, _all_words(text), key, mask, 0.5),
            self._scored(_PART, f'"{key}"', key, mask, 0.3) if len(key) >= _TRIGRAM else (),
        )
        found = _first(_distinct(sure), limit)
        return found or _first(_distinct(self._near(key, mask)), limit)

    def _ask(self, query: str, match: str, mask: int) -> Iterator[_Name]:
        return map(_Name._make, self._base.execute(query, (match, mask)))

    def _exact(self, key: str, mask: int) -> Iterator[Match]:
        for name in self._ask(_EXACT, key, mask):
            yield Match(name.entity, name.text, 1.0 if name.sort == LABEL else 0.95)

    def _scored(self, query: str, match: str, key: str, mask: int, base: float) -> Iterator[Match]:
        """Yield names that hold the whole key; the less else they hold, the better."""
        for name in self._ask(query, match, mask):
            share = min(1.0, len(key) / len(name.key))
            yield Match(name.entity, name.text, round(base + 0.2 * share, 4))

    def _near(self, key: str, mask: int) -> list[Match]:
        trigrams = {key[at : at + _TRIGRAM] for at in range(len(key) - _TRIGRAM + 1)}
        if not trigrams:
            return []
        query = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
        names = {*self._ask(_NEAR, query, mask), *self._ask(_SIBLINGS, key, mask)}
        likeness = {name: _likeness(key, name.key) for name in names}
        near = [name for name in names if likeness[name] >= MIN_NEAR]
        near.sort(key=lambda n: (-likeness[n], len(n.key), n.sort, n.text, n.entity))
        return [Match(n.entity, n.text, round(0.3 * likeness[n] / 100, 4)) for n in near]


def _likeness(key: str, other: str) -> float:
    """Return how alike two keys are, 0 to 100; being like a part of a name counts a little less."""
    whole = fuzz.ratio(key, other)
    return max(whole, 0.9 * fuzz.partial_ratio(key, other)) if len(other) > len(key) else whole


def _all_words(text: str) -> str:
    """Return the query for names that hold all words, the last one perhaps unfinished."""
    return " ".join(f'"{word}"' for word in words(text)[:32]) + "*"


def _distinct(matches: Iterable[Match]) -> Iterator[Match]:
    seen: set[int] = set()
    for match in matches:
        if match.entity not in seen:
            seen.add(match.entity)
            yield match


def _first(matches: Iterator[Match], limit: int) -> list[Match]:
    return [match for match, _ in zip(matches, range(limit), strict=False)]
