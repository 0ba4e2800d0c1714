"""What is exported as KGX and imported again is what it was."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from tests.exporters.awkward import AWKWARD
from tests.random_graphs import contributions

from iatrograph.cli.importing import Wanted, build_with
from iatrograph.exporters.kgx import write_kgx
from iatrograph.importers.kgx import kgx
from iatrograph.importers.rejects import Rejects
from iatrograph.model import Claim, Contribution, Entity, Source, Stance, StatementKey, claim_id
from iatrograph.release import build_release, open_current
from iatrograph.vocabulary import ontology, resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.release import Release

WORDS = ontology()


def imported(folder: Path) -> Contribution:
    """Import a graph of which no row may be rejected."""
    rejects = Rejects("t")
    found = kgx(folder, rejects)
    found = replace(found, claims=tuple(found.claims))
    assert dict(rejects.counts) == {}
    return found


def assert_comes_back(release: Release, folder: Path) -> Contribution:
    """Check that all of a release comes back, and return it."""
    write_kgx(release, WORDS, folder / "graph")
    found, tables = imported(folder / "graph"), release.tables

    assert tuple(found.claims) == tuple(tables.all_claims())
    assert tuple(found.entities) == tuple(replace(e, roles=()) for e in tables.all_entities())
    assert {source.id: source for source in found.sources} == tables.sources
    assert {work.id: work for work in found.references} == tables.references
    assert {why.id: why for why in found.explanations} == tables.all_explanations
    return found


def test_the_graph_that_ships_comes_back(curated_release: Release, tmp_path: Path) -> None:
    """All 740 claims of the five articles, with every qualifier."""
    assert curated_release.tables.counts["claims"] == 740
    found = assert_comes_back(curated_release, tmp_path)

    build_release([found], tmp_path / "again", WORDS)
    tables, again = curated_release.tables, open_current(tmp_path / "again").tables
    assert tuple(again.all_entities()) == tuple(tables.all_entities())
    assert tuple(again.all_statements()) == tuple(tables.all_statements())


def test_what_breaks_files_comes_back(
    release_of: Callable[[Contribution], Release], tmp_path: Path
) -> None:
    """Capitals, bars, control characters, formulas and markup."""
    assert_comes_back(release_of(AWKWARD), tmp_path)


@pytest.mark.parametrize(
    "own", ["Vitamin_D", "vitamin-d.2", "ä", "x%2Fy", "a/b", "https://example.org/x#1", "MESH:d1"]
)
def test_ids_of_any_kind_come_back(
    release_of: Callable[[Contribution], Release], tmp_path: Path, own: str
) -> None:
    """Slugs that are not in small letters, addresses, and prefixes in another spelling."""
    key = StatementKey(own, "hasSideEffect", "umls:C1")
    given = {"certainty": ("possible",), "evidenceLevel": ("trial",), "onlyIf": (own,)}
    claims = tuple(
        Claim(claim_id(key, "told", number), key, stance, "told", given)
        for number, stance in enumerate((*Stance, *Stance, *Stance, *Stance), start=1)
    )
    things = (Entity(own, "a drug", ("Drug",)), Entity("umls:C1", "a sign", ("Effect",)))
    source = Source("told", "Told", "article")

    assert_comes_back(release_of(Contribution((source,), things, claims)), tmp_path)


def between_two(contribution: Contribution) -> Contribution:
    """Leave out what relates a thing to itself: the rules forbid it, and importers reject it."""

    def is_sound(*keys: StatementKey) -> bool:
        return all(key.subject != key.object for key in keys)

    return replace(
        contribution,
        claims=tuple(c for c in contribution.claims if is_sound(c.statement)),
        explanations=tuple(
            why
            for why in contribution.explanations
            if is_sound(*why.explains, *(step.statement for step in why.steps))
        ),
    )


@given(contributions().map(between_two))
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_graph_comes_back(contribution: Contribution) -> None:
    """Any stance, any qualifiers, explanations, shared identifiers, labels of any characters."""
    with tempfile.TemporaryDirectory() as name:
        build_release([contribution], Path(name), WORDS)
        assert_comes_back(open_current(Path(name)), Path(name))


def test_it_can_be_built_beside_the_graph_that_ships(
    curated_release: Release, tmp_path: Path
) -> None:
    """``build --with kgx=`` takes each claim once, though two inputs say it."""
    write_kgx(curated_release, WORDS, tmp_path / "graph")
    wanted = Wanted(
        folder=resource("graph"),
        given=[f"kgx={tmp_path / 'graph'}"],
        columns=(),
        mappings=(),
        open_only=False,
        is_strict=True,
    )
    build_with(wanted, tmp_path / "data")

    again = open_current(tmp_path / "data").tables
    assert tuple(again.all_claims()) == tuple(curated_release.tables.all_claims())
    assert again.counts == curated_release.tables.counts


def test_two_exports_are_equal(curated_release: Release, tmp_path: Path) -> None:
    """The bytes do not depend on the run."""
    for name in ("one", "two"):
        write_kgx(curated_release, WORDS, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
