"""Releases to export: the graph that ships, and small ones made for one fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iatrograph.release import build_bundled, build_release, open_current

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.model import Contribution
    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology


@pytest.fixture(scope="session")
def curated_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return a release of the graph that ships."""
    data_dir = tmp_path_factory.mktemp("curated")
    build_bundled(data_dir)
    return open_current(data_dir)


@pytest.fixture(scope="session")
def release_of(
    tmp_path_factory: pytest.TempPathFactory, ontology: Ontology
) -> Callable[[Contribution], Release]:
    """Build a release of a contribution and open it."""

    def build(contribution: Contribution) -> Release:
        data_dir = tmp_path_factory.mktemp("release")
        build_release([contribution], data_dir, ontology)
        return open_current(data_dir)

    return build
