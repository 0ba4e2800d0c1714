"""Catalogs over real tables, without the store that paths have no use for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iatrograph.catalog import Catalog
from iatrograph.rdf.curated import read_curated
from iatrograph.release.derivation import derive
from iatrograph.tables import Tables
from iatrograph.tables.intake import take_in
from iatrograph.tables.writer import write_tables
from iatrograph.vocabulary import ontology, resource

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iatrograph.model import Contribution


def _silent(stage: str, done: int, total: int | None) -> None:
    del stage, done, total


@pytest.fixture(scope="session")
def catalog_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Contribution], Catalog]:
    """Write a contribution as tables and return the catalog over them."""

    def build(contribution: Contribution) -> Catalog:
        folder = tmp_path_factory.mktemp("tables")
        intake = take_in([contribution], ontology(), _silent)
        write_tables(folder, intake, *derive(intake, ontology()), ontology(), _silent)
        return Catalog(Tables.open(folder), ontology())

    return build


@pytest.fixture(scope="session")
def curated_catalog(catalog_of: Callable[[Contribution], Catalog]) -> Catalog:
    """Return the graph that ships."""
    return catalog_of(read_curated(resource("graph"), ontology()).contribution)


@pytest.fixture(scope="session")
def mini_catalog(
    catalog_of: Callable[[Contribution], Catalog], pytestconfig: pytest.Config
) -> Catalog:
    """Return the small invented graph."""
    folder: Path = pytestconfig.rootpath / "tests" / "data" / "mini"
    return catalog_of(read_curated(folder, ontology()).contribution)
