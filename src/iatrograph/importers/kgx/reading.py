"""The nodes or edges of a file in any of the forms of KGX, as records."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Final

import orjson

from iatrograph.archives import plain_suffix
from iatrograph.errors import UnreadableFile
from iatrograph.importers.kgx.document import entries
from iatrograph.importers.kgx.files import DOCUMENTS, JSON_LINES
from iatrograph.importers.kgx.header import check_header, property_name, property_names
from iatrograph.importers.kgx.reasons import NO_JSON
from iatrograph.importers.kgx.record import Record, is_nothing
from iatrograph.importers.lines import NO_UTF8, TOO_LONG, lines
from iatrograph.importers.tables import NAMES, OPEN_QUOTES, RAGGED, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from iatrograph.importers.kgx.layout import Layout, Table
    from iatrograph.importers.rejects import Rejects

NODES: Final = "nodes"
EDGES: Final = "edges"

_NEEDED: Final = {NODES: ("id",), EDGES: ("subject", "predicate", "object")}


def records(path: Path, what: str, rejects: Rejects, layout: Layout) -> Iterator[Record]:
    """Yield the nodes or the edges of a file, with their 1-based lines.

    Rows that are not well formed are rejected. The rows of a table of nodes may end before the last
    columns, since all but the id may be absent; of edges they may not, since a cut row could lose
    that it is negated. Raises UnreadableFile where the file is something else.
    """
    suffix = plain_suffix(path)
    table = layout.table(path, is_edges=what == EDGES)
    if suffix in DOCUMENTS | JSON_LINES and table.header:
        raise UnreadableFile(path, None, "is JSON, whose values have names; name no columns for it")
    if suffix in DOCUMENTS:
        found: Iterable[Record] = _from_document(path, what, rejects)
    elif suffix in JSON_LINES:
        found = _from_json_lines(path, rejects)
    else:
        found = _from_table(path, what, rejects, table)
    # What is said of a document that holds both is said of its edges.
    if table.columns and (what == EDGES or suffix not in DOCUMENTS):
        return (record._replace(values=table.mapped(record.values)) for record in found)
    return iter(found)


def _from_document(path: Path, what: str, rejects: Rejects) -> Iterator[Record]:
    for entry in entries(path, what, rejects.heard):
        if isinstance(entry.value, dict):
            yield Record(path, entry.line, entry.text, _properties(entry.value))
        else:
            rejects.add(path, entry.line, NO_JSON, entry.text)


def _from_json_lines(path: Path, rejects: Rejects) -> Iterator[Record]:
    is_empty = True
    for number, line in lines(path, rejects):
        if not line.strip():
            continue
        is_empty = False
        value = _parsed(line)
        if isinstance(value, dict):
            yield Record(path, number, line, _properties(value))
        elif number == 1 and not line.lstrip().startswith(("{", "[")):
            raise UnreadableFile(path, 1, "is no JSON; expected one JSON object a line")
        else:
            rejects.add(path, number, NO_JSON, line)
    if is_empty:
        raise UnreadableFile(path, None, "is empty; expected one JSON object a line")


def _parsed(line: str) -> object:
    """Return the value of a line; numbers that are none, as Python writes them, are no value."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(line, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def _properties(value: dict[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, held in value.items():
        kept = held.strip() if isinstance(held, str) else held
        if kept is None or kept in ([], {}) or (isinstance(kept, str) and is_nothing(kept)):
            continue
        found.setdefault(property_name(key), kept)
    return found


def _from_table(path: Path, what: str, rejects: Rejects, table: Table) -> Iterator[Record]:
    delimiter = "," if plain_suffix(path) == ".csv" else "\t"
    numbered = lines(path, rejects)
    needed = (*(name for name in _NEEDED[what] if name not in table.columns), *table.needed)
    if table.header:
        names = property_names(table.header)
        check_header(path, 1, names, needed)
        numbered = _without_header(path, numbered, delimiter, names, what)
    else:
        names = _header(path, numbered, delimiter, needed)
    for number, text in numbered:
        if not text:
            continue
        cells = _cells(text, delimiter)
        if cells is None:
            rejects.add(path, number, OPEN_QUOTES, text)
        elif len(cells) != len(names) and (what == EDGES or len(cells) > len(names)):
            rejects.add(path, number, RAGGED, text)
        else:
            values = {
                name: kept
                for name, cell in zip(names, cells, strict=False)
                if cell and name and not is_nothing(kept := cell.strip())
            }
            yield Record(path, number, text, values)


def _without_header(
    path: Path, numbered: Iterator[tuple[int, str]], delimiter: str, names: list[str], what: str
) -> Iterator[tuple[int, str]]:
    """Return the lines of a table whose columns have these names, after a look at the first."""
    first = next(((number, text) for number, text in numbered if text), None)
    if first is None:
        raise UnreadableFile(path, None, f"is empty; expected {len(names)} columns")
    number, text = first
    cells = _cells(text, delimiter) or [text]
    if set(_NEEDED[what]) <= {*property_names(cells)}:
        reason = "is a header; name no columns, or say which one holds what (PROPERTY=COLUMN)"
        raise UnreadableFile(path, number, reason)
    if len(cells) > len(names) or (what == EDGES and len(cells) < len(names)):
        looks = f"has {len(cells)} column{'s' if len(cells) > 1 else ''} with {NAMES[delimiter]}"
        raise UnreadableFile(path, number, f"{looks}; {len(names)} were named: {', '.join(names)}")
    return chain([first], numbered)


def _header(
    path: Path, numbered: Iterator[tuple[int, str]], delimiter: str, needed: Sequence[str]
) -> list[str]:
    expected = f"the columns {', '.join(needed)} among others, with {NAMES[delimiter]}"
    first = next(numbered, None)
    if first is None:
        raise UnreadableFile(path, None, f"is empty; expected {expected}")
    number, text = first
    if number > 1:
        raise UnreadableFile(path, 1, f"the header is {NO_UTF8}, or {TOO_LONG}")
    names = property_names(_cells(text, delimiter) or [text])
    if len(names) == 1 and len(needed) > 1:
        other = max(NAMES, key=text.count)
        looks = f"has {NAMES[other]}" if text.count(other) else "has one column"
        raise UnreadableFile(path, 1, f"{looks}; expected {expected}, as its name says")
    if len(names) == 1 and (other := max(NAMES, key=text.count)) in text:
        looks = f"has {NAMES[other]}"
        raise UnreadableFile(path, 1, f"{looks}; expected {expected}, as its name says")
    check_header(path, number, names, needed)
    return names


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Cut a line; in tables with tabs, quotes around a whole cell are taken off."""
    if delimiter == ",":
        return cut(text, delimiter, is_quoted=True)
    cells = text.split(delimiter)
    if '"' not in text:
        return cells
    return [
        cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
        for cell in cells
    ]
