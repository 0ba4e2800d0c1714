"""What the columns of a table hold, as it is written on a command line.

``subject,predicate,,object`` names the columns of a table without a header, in their order; what
stands under an empty name is passed over. ``subject=drug_id,object=x:{disease}`` says of a table
with a header which columns hold what, the others being KGX already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iatrograph.errors import InvalidSetting
from iatrograph.importers.kgx import edges, nodes
from iatrograph.importers.kgx.header import property_name, property_names
from iatrograph.importers.kgx.layout import Table
from iatrograph.vocabulary.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACELESS: Final = frozenset(
    {"category", "provided_by", "aggregator_knowledge_source", "in_taxon", "in_taxon_label"}
)
"""Properties of KGX that the model has no place for, though tables have them."""
_EDGES: Final = edges.USED | _PLACELESS
_NODES: Final = nodes.USED | _PLACELESS
_PATTERN: Final = re.compile(r"[^{}]*|(?:[^{}]*\{[^{}]+\})+[^{}]*")


def read_columns(text: str, *, is_edges: bool) -> Table:
    """Return what the columns hold.

    Raises InvalidSetting for a property that nobody knows, one that stands twice, and for a list in
    which some columns are named by their place and others by their name.
    """
    parts = [part.strip() for part in text.split(",")]
    if not any(parts):
        raise _invalid(text, "name columns in their order, or say PROPERTY=COLUMN")
    known = _EDGES if is_edges else _NODES
    if not any("=" in part for part in parts):
        _check(text, property_names(parts), known, "leave its place empty to pass it over")
        return Table(header=tuple(parts))
    pairs = [part.partition("=") for part in parts]
    if wrong := next((p for p in pairs if not (p[0].strip() and p[2].strip())), None):
        raise _invalid(text, f"{''.join(wrong)!r} is not PROPERTY=COLUMN, as the others are")
    if wrong := next((p for p in pairs if not _PATTERN.fullmatch(p[2])), None):
        raise _invalid(text, f"{wrong[2]!r} has braces that do not close, or nothing in them")
    names = [property_name(name) for name, _, _ in pairs]
    _check(text, names, known, "PROPERTY=COLUMN gives first what KGX calls it")
    columns = (c.strip() if "{" in c else property_name(c) for _, _, c in pairs)
    return Table(dict(zip(names, columns, strict=True)))


def _check(text: str, names: Sequence[str], known: frozenset[str], remedy: str) -> None:
    given = [name for name in names if name]
    if twice := next((name for name in given if given.count(name) > 1), None):
        raise _invalid(text, f"{twice!r} stands twice; keep one")
    if unknown := next((name for name in given if name not in known), None):
        near = did_you_mean(unknown, known)
        raise _invalid(text, f"no property of KGX is called {unknown!r}{near or '; ' + remedy}")


def _invalid(text: str, remedy: str) -> InvalidSetting:
    return InvalidSetting("--columns", text, remedy)
