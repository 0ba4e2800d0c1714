"""What the tests of releases share: the tiny graph, and variants of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from iatrograph.rdf.curated import read_curated
from iatrograph.release import build_folder
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from iatrograph.model import Contribution
    from iatrograph.release import Release

MINI = Path(__file__).parents[1] / "data" / "mini"
WORDS = ontology()


def mini() -> Contribution:
    """Return the tiny invented graph."""
    return read_curated(MINI, WORDS).contribution


def variant(folder: Path, number: int) -> Path:
    """Write the tiny graph with a number in a label, and return its folder."""
    made = folder / f"variant-{number}"
    made.mkdir(exist_ok=True)
    text = (MINI / "mini.ttl").read_text("utf-8")
    (made / "mini.ttl").write_text(text.replace('"fever"', f'"fever {number}"'), "utf-8")
    return made


def build(folder: Path, data_dir: Path) -> None:
    """Build in a process of its own."""
    build_folder(folder, data_dir)


def assert_whole(release: Release) -> None:
    """Check that every part of a release is there and that the parts agree."""
    counts = release.info.counts
    store = ox.Store.read_only(str(release.store_path))
    assert len(store) == counts["triples"]
    assert len(list(release.tables.all_statements())) == counts["statements"]
    assert len(list(release.tables.all_claims())) == counts["claims"]
    for entity in release.tables.all_entities():
        assert release.tables.search(entity.label, None, 1)[0].entity == entity.id
    solutions = store.query(
        "SELECT ?label { ?e a <https://w3id.org/iatrograph/ns#Entity> ;"
        " <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    )
    assert isinstance(solutions, ox.QuerySolutions)
    labels = sorted(solution["label"].value for solution in solutions)
    assert labels == sorted(entity.label for entity in release.tables.all_entities())
