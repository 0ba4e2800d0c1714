"""The files of a release's tables, their columns and the version of their format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.model import Stance

if TYPE_CHECKING:
    from iatrograph.tables.ragged import Ints, Rows

FORMAT_VERSION: Final = 3
"""Raised whenever a file or the meaning of a column changes: older releases are then built anew."""

FOLDER: Final = "tables"
SEARCH: Final = "search.sqlite"

ENTITIES: Final = "entities.arrow"
STATEMENTS: Final = "statements.arrow"
CLAIMS: Final = "claims.arrow"
SOURCES: Final = "sources.arrow"
REFERENCES: Final = "references.arrow"
EXPLANATIONS: Final = "explanations.arrow"

STATEMENT_KEYS: Final = "statement_keys.npy"
"""One number for subject, relation and object of each statement, ascending."""

OUT: Final = "out"
IN: Final = "in"
STATEMENT_CLAIMS: Final = "statement_claims"
"""Names of ragged arrays: ``<name>_offsets.npy`` and ``<name>_rows.npy``."""

STANCES: Final = tuple(Stance)
"""A stance is stored as its place here; a set of stances as the bits ``1 << place``."""

NONE: Final = -1
"""A support or an opposition that does not exist."""


def pack_key(subject: int, relation: int, value: int, relations: int, entities: int) -> int:
    """Return the number that orders statements by subject, relation and object."""
    return (subject * relations + relation) * entities + value


def pack_keys(subject: Rows, relation: Rows, value: Rows, relations: int, entities: int) -> Ints:
    """Return the numbers of many statements."""
    return (subject.astype(np.int64) * relations + relation) * entities + value
