"""The public data sets of the benchmarks, in the folder that IATROGRAPH_SHARED names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iatrograph.identity.mappings import read_mappings
from iatrograph.importers.assembling import Input, assemble
from iatrograph.rdf.curated import read_curated
from iatrograph.vocabulary import ontology, resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iatrograph.model import Contribution

SETS: Final = {
    "sider": "sider4",
    "hetionet": "hetionet",
    "pharmacotherapydb": "indications",
    "drugcentral": "drugs",
    "drugmechdb": "mechanisms",
    "kgx": "kgx/monarch-eds-marfan",
}
"""Where the data set of each importer is."""


def data_folder() -> Path:
    """Return the folder of the data sets; it may be missing."""
    return Path(os.environ.get("IATROGRAPH_SHARED", "../shared")) / "data"


def has_shared_data() -> bool:
    """Whether the data sets are there."""
    return data_folder().is_dir()


def contributions(names: Iterable[str]) -> tuple[Contribution, ...]:
    """Return what the curated graph and some data sets bring, joined by all mappings."""
    folder, words = data_folder(), ontology()
    curated = read_curated(resource("graph"), words).contribution
    inputs = [Input(name, folder / SETS[name]) for name in names]
    mappings = [same for file in read_mappings(folder / "terms") for same in file.mappings]
    return assemble(curated, inputs, mappings, words).contributions
