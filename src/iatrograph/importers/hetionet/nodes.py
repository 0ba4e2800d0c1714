"""The nodes of Hetionet, each at its place in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iatrograph.importers.hetionet.metagraph import KINDS
from iatrograph.importers.tables import rows
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iatrograph.importers.rejects import Rejects

COLUMNS: Final = ("id", "name", "kind")

NO_KIND: Final = "unknown kind of node"
NO_IDENTIFIER: Final = "no identifier of its kind"
NODE_TWICE: Final = "node stands twice"

OWN_PATHWAYS: Final = "https://github.com/dhimmel/pathways#"
"""Before ``PC7_`` and a number, which Hetionet's makers gave to the pathways that they found by
name in Pathway Commons 7: they are identifiers of no register."""
_OWN_PATHWAY: Final = re.compile(r"PC7_\d+")


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes, each at its place: what Hetionet calls it, its id here, its name and kind."""

    originals: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def add(self, original: str, identifier: str, name: str, kind: str) -> None:
        """Take a node, which gets the next place."""
        self.places[original] = len(self.ids)
        self.originals.append(original)
        self.ids.append(identifier)
        self.names.append(name)
        self.kinds.append(kind)


def read_nodes(path: Path, rejects: Rejects) -> Nodes:
    """Read the table of nodes; what cannot be used is rejected.

    Raises UnreadableFile where it is another table.
    """
    nodes = Nodes()
    identifier_of = _identifiers()
    for line, (original, name, kind) in rows(path, COLUMNS, rejects):
        text = f"{original}\t{name}\t{kind}"
        if kind not in KINDS:
            rejects.add(path, line, NO_KIND, text)
        elif original in nodes.places:
            rejects.add(path, line, NODE_TWICE, text)
        elif (identifier := identifier_of(original, kind)) is None:
            rejects.add(path, line, NO_IDENTIFIER, text)
        else:
            nodes.add(original, identifier, " ".join(name.split()) or identifier, kind)
    return nodes


def _identifiers() -> Callable[[str, str], str | None]:
    """Return what gives the id here of a node, None where it has not the form of its kind."""
    patterns = ontology().identifier_patterns
    forms = {
        name: (f"{name}::{kind.lead}", f"{kind.prefix}:", re.compile(patterns[kind.prefix]))
        for name, kind in KINDS.items()
    }

    def identifier_of(original: str, kind: str) -> str | None:
        lead, prefix, pattern = forms[kind]
        code = original.removeprefix(lead)
        if len(code) == len(original):
            return None
        if pattern.fullmatch(code):
            return prefix + code
        is_own = kind == "Pathway" and _OWN_PATHWAY.fullmatch(code)
        return OWN_PATHWAYS + code if is_own else None

    return identifier_of
