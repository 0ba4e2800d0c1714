"""A small store, and pools of workers over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iatrograph.store.loading import load_store
from iatrograph.vocabulary import resource

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory, mini: Path) -> Path:
    """Return a store with the tiny graph and the ontology."""
    folder = tmp_path_factory.mktemp("small") / "store"
    ontology = resource("ontology")
    load_store(folder, [mini / "mini.ttl", ontology / "iatrograph.ttl", ontology / "schemes.ttl"])
    return folder
