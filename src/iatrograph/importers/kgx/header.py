"""The properties that the columns of a table hold, however they are headed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_TYPED: Final = re.compile(
    r"(.+):(?:string|char|int|integer|long|short|byte|float|double|number|bool|boolean|date)"
    r"(?:\[\])?",
    re.IGNORECASE,
)
_ROLES: Final = {
    "ID": "id",
    "LABEL": "category",
    "TYPE": "predicate",
    "START_ID": "subject",
    "END_ID": "object",
}
_ROLE: Final = re.compile(rf"[^:]*:({'|'.join(_ROLES)})(?:\(.*\))?")
_FORMER: Final = {
    "qualified_object_aspect": "object_aspect_qualifier",
    "qualified_object_direction": "object_direction_qualifier",
    "qualified_subject_aspect": "subject_aspect_qualifier",
    "qualified_subject_direction": "subject_direction_qualifier",
    "edge_label": "predicate",
}
"""What slots were called before, with the names of Biolink 4."""


@lru_cache(maxsize=1 << 12)
def property_name(column: str) -> str:
    """Return the property that a column or a key holds: ``publications:string[]`` is publications.

    Types as Neo4j writes them and the prefix ``biolink:`` are taken off; former names of slots are
    replaced.
    """
    name = column.strip().strip('"').removeprefix("biolink:")
    if typed := _TYPED.fullmatch(name):
        name = typed[1]
    return _FORMER.get(name, name)


def property_names(columns: Sequence[str]) -> list[str]:
    """Return the property of each column.

    Columns that Neo4j needs (``:START_ID``) stand for the property of KGX where it is missing.
    """
    names = [property_name(column) for column in columns]
    for place, name in enumerate(names):
        if (role := _ROLE.fullmatch(name)) and _ROLES[role[1]] not in names:
            names[place] = _ROLES[role[1]]
    return names


def check_header(path: Path, line: int, names: Sequence[str], needed: Iterable[str]) -> None:
    """Raise UnreadableFile where a property stands twice or one that is needed is missing."""
    twice = [name for place, name in enumerate(names) if name and name in names[:place]]
    if twice:
        raise UnreadableFile(path, line, f"the column {twice[0]!r} stands twice; keep one")
    if missing := [name for name in needed if name not in names]:
        has = ", ".join(names[:20])
        reason = f"no column {', '.join(missing)}; it has {has}"
        raise UnreadableFile(path, line, f"{reason}; --columns says what other columns hold")
