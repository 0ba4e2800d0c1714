"""Whose word an edge of Hetionet is: its own, or that of the one resource it was taken from."""

from __future__ import annotations

from typing import Final

from iatrograph.importers import origins
from iatrograph.model import Source

HETIONET: Final = Source(
    id="hetionet",
    title="Hetionet v1.0",
    kind="database",
    identifier="doi:10.7554/eLife.26726",
    description="A network of biology and disease put together from 29 public resources in 2016. "
    "Its edges have no evidence of their own in this layout: what a claim rests on is told for all "
    "edges of a metaedge alike.",
    licence="mixed: CC0 1.0, and for parts the licences of its sources, some of them "
    "non-commercial: https://github.com/dhimmel/integrate/blob/master/licenses/README.md",
    origin=origins.HETIONET.id,
)
OF_SIDER: Final = Source(
    id="hetionet-sider",
    title="SIDER 4.1, as Hetionet v1.0 repeats it",
    kind="database",
    identifier="doi:10.7554/eLife.26726",
    description="The edges of Hetionet from compounds to side effects, all of which are in SIDER "
    "4.1: what labels list. They are no evidence beside SIDER.",
    licence="https://creativecommons.org/licenses/by-nc-sa/4.0/",
    origin=origins.SIDER.id,
)
OF_PHARMACOTHERAPYDB: Final = Source(
    id="hetionet-pharmacotherapydb",
    title="PharmacotherapyDB 1.0, as Hetionet v1.0 repeats it",
    kind="database",
    identifier="doi:10.7554/eLife.26726",
    description="The edges of Hetionet from compounds to the diseases that they treat or palliate: "
    "the disease-modifying and the symptomatic indications of PharmacotherapyDB 1.0. They are no "
    "evidence beside it.",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    origin=origins.PHARMACOTHERAPYDB.id,
)

REPEATED: Final = {
    "CcSE": OF_SIDER,
    "CpD": OF_PHARMACOTHERAPYDB,
    "CtD": OF_PHARMACOTHERAPYDB,
}
"""The source of an edge by its metaedge; the others are Hetionet's own, or of several resources."""
SOURCES: Final = (HETIONET, OF_PHARMACOTHERAPYDB, OF_SIDER)
REFERENCES: Final = (origins.HETIONET, origins.PHARMACOTHERAPYDB, origins.SIDER)
