"""How a table that is not quite KGX is to be read: which of its columns stand for what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FIELD: Final = re.compile(r"\{([^{}]+)\}")


class Meaning(NamedTuple):
    """What a value in the place of a predicate says in Biolink's words, and on what it rests."""

    predicate: str
    is_negated: bool = False
    knowledge_level: str = ""
    agent_type: str = ""
    evidence_level: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What the columns of a table hold.

    ``columns`` gives for a property of KGX the column that holds it, or a pattern with columns in
    braces: ``{"subject": "{x_source}:{x_id}"}``. ``header`` names the columns of a table that has
    no header, in their order; what stands under an empty name is passed over.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    header: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns of the table that the patterns take."""
        found = (_fields(pattern) for pattern in self.columns.values())
        return tuple(dict.fromkeys(name for names in found for name in names))

    def mapped(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return the values of a row with those of KGX added; a pattern needs all its columns.

        A property that has a column of its own here has its value from there or none.
        """
        found = {name: value for name, value in values.items() if name not in self.columns}
        for name, pattern in self.columns.items():
            fields = _fields(pattern)
            if not all(column in values for column in fields):
                continue
            if "{" not in pattern:
                found[name] = values[pattern]
                continue
            text = pattern
            for column in fields:
                text = text.replace(f"{{{column}}}", str(values[column]))
            found[name] = text
        return found


_AS_NAMED: Final = Table()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of tables of edges and nodes, and what their own words mean.

    ``edges`` is how tables of edges are written, ``files`` how single files are; others are KGX.
    ``prefixes``, ``categories`` and ``predicates`` translate words of the table; ``kinds`` gives
    the class of things by their prefix. Where edges are written in either direction
    (``is_undirected``), they are turned so that the relation holds. ``source`` is the title of the
    source of edges that name none, ``identifier`` where it is known by, ``licence`` its licence.
    """

    edges: Table = _AS_NAMED
    files: Mapping[Path, Table] = field(default_factory=lambda: MappingProxyType({}))
    prefixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    categories: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    predicates: Mapping[str, Meaning] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_undirected: bool = False
    source: str = ""
    identifier: str | None = None
    licence: str | None = None

    def table(self, path: Path, *, is_edges: bool) -> Table:
        """Return how a file is written."""
        return self.files.get(path) or (self.edges if is_edges else _AS_NAMED)


def _fields(pattern: str) -> tuple[str, ...]:
    return tuple(_FIELD.findall(pattern)) or (pattern,)


KGX: Final = Layout()
"""Files that are KGX already."""
