"""Exports: one function a format, from sorted streams of entities and statements to bytes.

KGX is a folder of files, written by ``exporters.kgx``. ``exporters.networkx`` and
``exporters.rdflib`` give the graph to programs in Python; they are not imported here, since their
libraries start slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iatrograph.exporters.claims import claim_rows
from iatrograph.exporters.content import Content, part_of_release, whole_release
from iatrograph.exporters.entities import entity_rows
from iatrograph.exporters.gexf import gexf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology

__all__ = [
    "EXPORTERS",
    "Content",
    "Exporter",
    "export_release",
    "part_of_release",
    "whole_release",
]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, media type, suffix, and the function that writes it.

    ``takes_unasserted`` says whether statements that are not asserted belong in it unasked.
    """

    name: str
    media_type: str
    suffix: str
    write: Callable[[Content], Iterator[bytes]]
    takes_unasserted: bool


EXPORTERS: Final = {
    exporter.name: exporter
    for exporter in (
        Exporter("gexf", "application/gexf+xml", ".gexf", gexf, takes_unasserted=False),
        Exporter("claims", "text/csv; charset=utf-8", ".csv", claim_rows, takes_unasserted=True),
        Exporter("entities", "text/csv; charset=utf-8", ".csv", entity_rows, takes_unasserted=True),
    )
}
"""The formats by name."""


def export_release(
    name: str, release: Release, ontology: Ontology, *, unasserted: bool = False
) -> Iterator[bytes]:
    """Return a whole release in a format of EXPORTERS, in pieces; two runs give equal bytes.

    ``unasserted`` adds statements that are denied, mixed or conditional where the format leaves
    them out. Raises KeyError for a name that is not in EXPORTERS.
    """
    exporter = EXPORTERS[name]
    every = unasserted or exporter.takes_unasserted
    return exporter.write(whole_release(release, ontology, unasserted=every))
