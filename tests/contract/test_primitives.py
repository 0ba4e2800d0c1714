from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.oracle import Oracle
from tests.random_graphs import contributions

from iatrograph.model import (
    Contribution,
    Direction,
    Stance,
    StatementFilter,
    StatementKey,
)
from iatrograph.release.derivation import derive
from iatrograph.tables import Tables
from iatrograph.tables.intake import take_in
from iatrograph.tables.writer import write_tables
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Opened = Callable[[Contribution], AbstractContextManager[Tables]]

WORDS = ontology()
RELATIONS = st.sampled_from(sorted(WORDS.descendants)).map(WORDS.descendants.__getitem__)
FILTERS = st.builds(
    StatementFilter,
    min_support=st.none() | st.integers(0, 8),
    is_asserted=st.none() | st.booleans(),
    is_contested=st.none() | st.booleans(),
    stances=st.frozensets(st.sampled_from(Stance)),
)


def silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


@contextmanager
def opened_tables(contribution: Contribution) -> Iterator[Tables]:
    """Write the tables of a contribution and open them."""
    with tempfile.TemporaryDirectory() as name:
        intake = take_in([contribution], WORDS, silent)
        write_tables(Path(name), intake, *derive(intake, WORDS), WORDS, silent)
        tables = Tables.open(Path(name))
        try:
            yield tables
        finally:
            tables.close()


@pytest.fixture(scope="session", params=[opened_tables], ids=["tables"])
def opened(request: pytest.FixtureRequest) -> Opened:
    """Every implementation of the primitives."""
    implementation: Opened = request.param
    return implementation


relaxed = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


class TestPrimitives:
    """What every implementation of the primitives does."""

    @given(contributions())
    @relaxed
    def test_everything_comes_back(self, opened: Opened, contribution: Contribution) -> None:
        """What was contributed comes back, with the summaries that the rules demand."""
        oracle = Oracle(contribution)
        with opened(contribution) as tables:
            assert tables.counts["claims"] == len(oracle.claims)
            assert {s.key: s for s in tables.all_statements()} == oracle.statements
            assert sorted(tables.all_claims(), key=lambda c: c.id) == oracle.claims
            keys = [*oracle.statements, StatementKey("nobody", "treats", "nothing")]
            assert tables.statement(keys) == [oracle.statements.get(key) for key in keys]
            assert tables.claims(keys) == [oracle.claims_of(key) for key in keys]
            assert tuple(tables.sources.values()) == contribution.sources
            assert tuple(tables.references.values()) == contribution.references
            assert tuple(tables.all_explanations.values()) == contribution.explanations

    @given(contributions())
    @relaxed
    def test_entities(self, opened: Opened, contribution: Contribution) -> None:
        """Entities keep what was written of them, and gain roles from use."""
        oracle = Oracle(contribution)
        asserted = [s.key for s in oracle.statements.values() if s.is_asserted]
        relieving = WORDS.descendants["mitigates"] | WORDS.descendants["prevents"]
        mitigations = {key.subject for key in asserted if key.relation in relieving}
        with opened(contribution) as tables:
            ids = [entity.id for entity in contribution.entities]
            found = tables.entities([*ids, "nobody"])
            assert found[-1] is None
            for given_entity, entity in zip(contribution.entities, found, strict=False):
                assert entity is not None
                assert (entity.id, entity.label, entity.synonyms) == (
                    given_entity.id,
                    given_entity.label,
                    given_entity.synonyms,
                )
                assert entity.identifiers == given_entity.identifiers
                assert entity.broader == given_entity.broader
                assert {*entity.kinds} - {"Effect"} == {*given_entity.kinds} - {"Effect"}
                assert ("Mitigation" in entity.roles) == (entity.id in mitigations)
                assert tables.label(entity.id) == entity.label
            assert {*tables.by_role("Mitigation")} == mitigations
            assert [e.id for e in tables.all_entities()] == sorted(ids)

    @given(contributions(), st.data())
    @relaxed
    def test_statements(
        self, opened: Opened, contribution: Contribution, data: st.DataObject
    ) -> None:
        """A page holds what the filters let through, in order, whatever else is asked with it."""
        oracle = Oracle(contribution)
        relations, filters = data.draw(RELATIONS), data.draw(FILTERS)
        direction = data.draw(st.sampled_from(Direction))
        first = data.draw(st.none() | st.integers(0, 4))
        after = data.draw(st.integers(0, 4))
        names = [*oracle.entities, "nobody"]
        ids = data.draw(st.lists(st.sampled_from(names), max_size=5))
        with opened(contribution) as tables:
            pages = tables.statements(ids, relations, direction, filters, first, after)
        assert pages == [
            oracle.page(name, relations, direction, filters, first, after) for name in ids
        ]

    @given(contributions(), st.integers(1, 3), st.sampled_from(Direction))
    @relaxed
    def test_pages(
        self, opened: Opened, contribution: Contribution, size: int, direction: Direction
    ) -> None:
        """Pages behind one another are the whole, and none holds a statement twice."""
        ids = [entity.id for entity in contribution.entities]
        relations = frozenset(WORDS.relations)
        with opened(contribution) as tables:
            whole = tables.statements(ids, relations, direction)
            for name, expected in zip(ids, whole, strict=True):
                parts = [
                    tables.statements([name], relations, direction, first=size, after=after)[0]
                    for after in range(0, expected.total + size, size)
                ]
                joined = tuple(s for part in parts for s in part.statements)
                assert joined == expected.statements
                assert {part.total for part in parts} == {expected.total}
                assert len({s.key for s in joined}) == len(joined)

    @given(contributions())
    @relaxed
    def test_search(self, opened: Opened, contribution: Contribution) -> None:
        """Every label with a letter or digit finds its entity, and a kind filter keeps kinds."""
        with opened(contribution) as tables:
            for entity in tables.all_entities():
                hits = tables.search(entity.label, None, 20)
                found = [hit.entity for hit in hits]
                if any(character.isalnum() for character in entity.label):
                    assert entity.id in found
                assert len(set(found)) == len(found)
                assert entity.id in tables.lookup(entity.id)
                kinds = frozenset({"Drug"})
                for hit in tables.search(entity.label, kinds, 20):
                    assert "Drug" in hit.kinds
