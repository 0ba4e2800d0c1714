"""Writes the search index: every label, synonym and identifier under its folded spelling."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from iatrograph.tables.folding import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from iatrograph.model import Entity
    from iatrograph.tables.ragged import Ints

LABEL, SYNONYM, IDENTIFIER = range(3)
"""What a name is; lower comes first."""

_SCHEMA: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE kind (place INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    kinds INTEGER NOT NULL,
    degree INTEGER NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE VIRTUAL TABLE word USING fts5 (words, content = '', tokenize = 'unicode61');
CREATE VIRTUAL TABLE part USING fts5 (key, content = '', tokenize = 'trigram');
"""


def write_search(path: Path, entities: Sequence[Entity], degrees: Ints) -> None:
    """Write the index into a new file; ``degrees`` are how many statements each entity has."""
    kinds = sorted({name for entity in entities for name in (*entity.kinds, *entity.roles)})
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_SCHEMA)
        base.executemany("INSERT INTO kind VALUES (?, ?)", enumerate(kinds))
        base.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(entities, degrees, kinds)
        )
        base.execute("CREATE INDEX name_key ON name (key)")
        base.execute("INSERT INTO part (rowid, key) SELECT id, key FROM name")
        base.executemany(
            "INSERT INTO word (rowid, words) VALUES (?, ?)",
            [
                (number, " ".join(words(text)))
                for number, text in base.execute("SELECT id, text FROM name")
            ],
        )
        base.execute("INSERT INTO word (word) VALUES ('optimize')")
        base.execute("INSERT INTO part (part) VALUES ('optimize')")
        base.commit()


def _rows(
    entities: Sequence[Entity], degrees: Ints, kinds: list[str]
) -> Iterator[tuple[int, int, int, int, int, str, str]]:
    bits = {name: 1 << place for place, name in enumerate(kinds)}
    number = 0
    for row, entity in enumerate(entities):
        mask = sum(bits[name] for name in {*entity.kinds, *entity.roles})
        for sort, text in _names(entity):
            number += 1
            yield number, row, sort, mask, int(degrees[row]), fold(text), text


def _names(entity: Entity) -> Iterator[tuple[int, str]]:
    yield LABEL, entity.label
    for synonym in entity.synonyms:
        yield SYNONYM, synonym
    for identifier in (entity.id, *entity.identifiers):
        yield IDENTIFIER, identifier
