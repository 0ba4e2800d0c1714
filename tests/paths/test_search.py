"""The search against a brute force over networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.paths.oracle import WEIGHTS, Oracle, summary

from iatrograph.model import (
    Claim,
    Contribution,
    Direction,
    Entity,
    Source,
    Stance,
    StatementKey,
    claim_id,
)
from iatrograph.paths import CARE, Hop, Pattern, find_paths, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from iatrograph.catalog import Catalog

    Keys = SearchStrategy[StatementKey]

ALL = 1_000_000


ENTITIES = (
    Entity("d1", "drug one", ("Drug",)),
    Entity("d2", "drug two", ("Drug",)),
    Entity("t1", "same name", ("Therapy",)),
    Entity("t2", "same name", ("Therapy",)),
    Entity("c1", "condition one", ("Condition",)),
    Entity("e1", "effect one", ("Effect",)),
    Entity("e2", "effect two", ("Condition", "Effect")),
)
IDS = tuple(entity.id for entity in ENTITIES)
RELATIONS = (
    "treats",
    "usedFor",
    "mitigates",
    "addresses",
    "mayCause",
    "hasSideEffect",
    "hasWithdrawalEffect",
    "associatedWith",
)


def keys_of(subjects: list[str], relations: list[str], objects: list[str]) -> Keys:
    """Draw keys whose ends differ."""
    keys = st.builds(StatementKey, *map(st.sampled_from, (subjects, relations, objects)))
    return keys.filter(lambda key: key.subject != key.object)


# Mostly what care paths are made of: otherwise hardly any graph would hold several of them.
DRUGS, MEASURES, FINDINGS = ["d1", "d2"], ["d2", "t1", "t2"], ["e1", "e2"]
likely_keys = st.one_of(
    keys_of(DRUGS, ["treats", "usedFor"], ["c1"]),
    keys_of(DRUGS, ["hasSideEffect", "hasWithdrawalEffect", "mayCause"], FINDINGS),
    keys_of(MEASURES, ["mitigates", "treats", "addresses"], FINDINGS),
    keys_of([*IDS], [*RELATIONS], [*IDS]),
)


@st.composite
def contributions(draw: st.DrawFn) -> Contribution:
    """Draw claims of every stance and weight, some conditional, some withdrawn."""
    claims: dict[str, Claim] = {}
    for number, key in enumerate(draw(st.lists(likely_keys, min_size=8, max_size=30))):
        qualifiers: dict[str, tuple[str, ...]] = {
            "evidenceLevel": (draw(st.sampled_from(sorted(WEIGHTS))),)
        }
        needs = draw(st.one_of(st.just(set[str]()), st.sets(st.sampled_from(IDS), max_size=2)))
        if needs:
            qualifiers["onlyIf"] = tuple(sorted(needs))
        if not draw(st.integers(0, 9)):
            qualifiers["rank"] = ("deprecated",)
        stance = draw(st.sampled_from([*[Stance.AFFIRMS] * 4, *Stance]))
        identifier = claim_id(key, "one", number + 1)
        claims[identifier] = Claim(identifier, key, stance, "one", qualifiers)
    return Contribution((Source("one", "One", "article"),), ENTITIES, tuple(claims.values()))


hops = st.builds(
    Hop,
    st.sampled_from([*RELATIONS, "relatedTo"]),
    st.sampled_from(Direction),
    st.sampled_from([None, None, "Finding", "Intervention", "Mitigation", "Effect"]),
)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """Draw chains of one to three hops."""
    chain = tuple(draw(st.lists(hops, min_size=1, max_size=3)))
    return Pattern(tuple(f"p{place}" for place in range(len(chain) + 1)), chain)


many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def agree(catalog: Catalog, pattern: Pattern, fixed: dict[str, str]) -> None:
    """Hold the search against the oracle: all paths, their order, where a limit cuts, in parts."""
    expected = Oracle(catalog).paths(pattern, fixed)
    whole = find_paths(catalog, pattern, fixed, ALL)
    cut = find_paths(catalog, pattern, fixed, 2)

    assert len(expected) == whole.total == cut.total
    assert [found._replace(labels=()) for found in expected] == [summary(p) for p in whole.paths]
    assert whole.paths[:2] == cut.paths
    assert (whole.is_cut, cut.is_cut) == (False, len(expected) > 2)
    with patch.object(prefixes, "AT_ONCE", 2):
        assert find_paths(catalog, pattern, fixed, 2) == cut


@many
@given(
    contribution=contributions(),
    fixed=st.dictionaries(
        st.sampled_from(CARE.positions), st.sampled_from(IDS), min_size=1, max_size=2
    ),
)
def test_care_paths_are_those_of_the_definition(
    catalog_of: Callable[[Contribution], Catalog],
    contribution: Contribution,
    fixed: dict[str, str],
) -> None:
    """On any graph and from any fixed entities the search finds what the brute force finds."""
    agree(catalog_of(contribution), CARE, fixed)


@many
@given(contribution=contributions(), pattern=patterns(), data=st.data())
def test_any_pattern_is_searched_alike(
    catalog_of: Callable[[Contribution], Catalog],
    contribution: Contribution,
    pattern: Pattern,
    data: st.DataObject,
) -> None:
    """Chains of any relations, both ways, symmetric ones and kinds included, agree as well."""
    fixed = data.draw(
        st.dictionaries(
            st.sampled_from(pattern.positions), st.sampled_from(IDS), min_size=1, max_size=2
        )
    )
    agree(catalog_of(contribution), pattern, fixed)


def test_mini_graph_agrees(mini_catalog: Catalog) -> None:
    """The small graph gives the paths that a brute force finds in it."""
    agree(mini_catalog, CARE, {"condition": "fever"})


@pytest.mark.parametrize(
    "fixed", [{"condition": "epilepsy"}, {"effect": "seizure"}, {"mitigation": "gradual-taper"}]
)
def test_curated_graph_agrees(curated_catalog: Catalog, fixed: dict[str, str]) -> None:
    """The graph that ships gives the paths that a brute force finds in it."""
    agree(curated_catalog, CARE, fixed)
