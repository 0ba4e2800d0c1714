"""One node or edge as it stands in a file: its properties by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NOTHING: Final = frozenset(
    {"", "nan", "NaN", "None", "null", "NULL", "\\N", "[]", "{}", "[null]", "NaT"}
)
"""What programs write for no value."""


class Record(NamedTuple):
    """A row: where it stands, its text, and its values, which are never empty.

    A cell of a table is a text that may hold several values; a value of JSON is what it is.
    """

    path: Path
    line: int
    text: str
    values: Mapping[str, object]

    def one(self, name: str) -> str:
        """Return the value of a property, the first of several, and nothing where there is none."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        return "" if value is None else next(_texts(value), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values: of a JSON list, or what stands between ``|`` or ``ǂ`` in a cell."""
        value = self.values.get(name)
        if value is None:
            return ()
        if isinstance(value, str):
            value = _list(value)
        return tuple(dict.fromkeys(_texts(value)))


def is_nothing(text: str) -> bool:
    """Whether a text stands for no value."""
    return text in _NOTHING


def _list(cell: str) -> object:
    if cell[0] == "[" and cell[-1] == "]":
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            pass
    return cell.split("ǂ" if "ǂ" in cell else "|")


def _texts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        text = _text(item)
        if text not in _NOTHING:
            yield text


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else shown(value)


def shown(value: object) -> str:
    """Return a value of JSON as text; what is nested too deeply to be written is an ellipsis."""
    try:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "…"
