"""The search against a brute force over networkx that tries every tuple of entities."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iatrograph.catalog import Catalog
from iatrograph.errors import InvalidRequest, NotFound
from iatrograph.exporters.networkx import to_networkx
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
from iatrograph.paths import CARE, Hop, Pattern, care_paths, find_paths
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import networkx as nx
    from hypothesis.strategies import SearchStrategy

    from iatrograph.model import Path

    Keys = SearchStrategy[StatementKey]

ALL = 1_000_000
WEIGHTS = {c.key: c.weight or 0 for c in ontology().schemes["EvidenceScheme"].concepts}


class Found(NamedTuple):
    """What the two searches must agree on, in the order that ranks it."""

    negated_weight: int
    negated_degree_weight: float
    labels: tuple[str, ...]
    entities: tuple[str, ...]
    conditional: tuple[bool, ...]


class Oracle:
    """The definition of a path, read off a networkx graph as it is written."""

    def __init__(self, catalog: Catalog) -> None:
        self.graph: nx.MultiDiGraph[str] = to_networkx(catalog)

    def paths(self, pattern: Pattern, fixed: dict[str, str]) -> list[Found]:
        """Return all paths, best first."""
        places = {pattern.positions.index(name): entity for name, entity in fixed.items()}
        found: list[Found] = []
        for entities in self.chains(len(pattern.positions)):
            if all(entities[place] == entity for place, entity in places.items()):
                found += self.path(pattern, entities)
        return sorted(found)

    def chains(self, length: int) -> Iterator[tuple[str, ...]]:
        """Yield all tuples of different entities of which any two neighbours share a statement."""
        chains: list[tuple[str, ...]] = [(entity,) for entity in self.graph]
        for _ in range(length - 1):
            chains = [
                (*chain, other)
                for chain in chains
                for other in {*self.graph.succ[chain[-1]], *self.graph.pred[chain[-1]]}
                if other not in chain
            ]
        yield from chains

    def path(self, pattern: Pattern, entities: tuple[str, ...]) -> Iterator[Found]:
        """Yield the path of the entities, unless one of its steps fails."""
        weights: list[int] = []
        conditional: list[bool] = []
        product = 1
        for hop, (start, end) in zip(pattern.hops, pairwise(entities), strict=True):
            step = self.step(hop, start, end, set(entities))
            if step is None:
                return
            weights.append(step[0])
            conditional.append(step[1])
            product *= self.degree(hop, start, at_start=True)
            product *= self.degree(hop, end, at_start=False)
        labels = tuple(self.graph.nodes[entity]["label"] for entity in entities)
        yield Found(-min(weights), -(product**-0.4), labels, entities, tuple(conditional))

    def step(self, hop: Hop, start: str, end: str, path: set[str]) -> tuple[int, bool] | None:
        """Return the weight and whether it is conditional, None where the step fails."""
        if hop.kind and not self.is_a(end, hop.kind):
            return None
        subject, target = (start, end) if hop.direction is Direction.OUT else (end, start)
        edges = list(self.edges(hop.relation, subject, target))
        direct = [edge["support"] for edge in edges if edge["is_asserted"]]
        if direct:
            return max(direct), False
        offers = [
            WEIGHTS[claim.one("evidenceLevel") or ""]
            for edge in edges
            for claim in edge["claims"]
            if claim.stance is Stance.AFFIRMS
            and not claim.is_deprecated
            and set(claim.many("onlyIf")) <= path
            and WEIGHTS[claim.one("evidenceLevel") or ""] >= (edge["opposition"] or 0)
        ]
        return (max(offers), True) if offers else None

    def edges(self, relation: str, subject: str, target: str) -> Iterator[dict[str, Any]]:
        """Yield the edges of the relation and narrower ones from subject to object."""
        for name in ontology().descendants[relation]:
            for ends in [(subject, target), (target, subject)][: 1 + is_symmetric(name)]:
                if self.graph.has_edge(*ends, name):
                    yield self.graph.edges[*ends, name]

    def degree(self, hop: Hop, entity: str, *, at_start: bool) -> int:
        """Count the asserted edges of the hop that the entity has on its side of it."""
        outwards = (hop.direction is Direction.OUT) is at_start
        found = 0
        for subject, target, name in self.graph.edges(keys=True):
            asserted = self.graph.edges[subject, target, name]["is_asserted"]
            if asserted and name in ontology().descendants[hop.relation]:
                ends = (
                    {subject, target} if is_symmetric(name) else {subject if outwards else target}
                )
                found += entity in ends
        return max(1, found)

    def is_a(self, entity: str, kind: str) -> bool:
        """Tell whether an entity is of a class."""
        node = self.graph.nodes[entity]
        classes = ontology().classes
        return any(kind in classes[name].ancestors for name in (*node["kinds"], *node["roles"]))


def is_symmetric(relation: str) -> bool:
    """Tell whether a relation holds both ways."""
    return ontology().relations[relation].is_symmetric


def summary(path: Path) -> Found:
    """Return what the oracle knows of a path."""
    return Found(
        -path.score.weakest_evidence,
        -path.score.degree_weight,
        (),
        path.entities,
        tuple(step.is_conditional for step in path.steps),
    )


# ---------- random graphs

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
    """Hold the search against the oracle: all paths, their order, and where a limit cuts."""
    expected = Oracle(catalog).paths(pattern, fixed)
    whole = find_paths(catalog, pattern, fixed, ALL)
    cut = find_paths(catalog, pattern, fixed, 2)

    assert len(expected) == whole.total == cut.total
    assert [found._replace(labels=()) for found in expected] == [summary(p) for p in whole.paths]
    assert whole.paths[:2] == cut.paths
    assert (whole.is_cut, cut.is_cut) == (False, len(expected) > 2)


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


# ---------- the graphs that are written by hand


def test_mini_graph_agrees(mini: Catalog) -> None:
    """The small graph has a path that holds outright and one that holds for its drug only."""
    agree(mini, CARE, {"condition": "fever"})
    page = care_paths(mini, "fever")

    assert [(p.entities[3], p.steps[2].is_conditional) for p in page.paths] == [
        ("slow-start", True),
        ("soothing-cream", False),
    ]


@pytest.mark.parametrize(
    "fixed", [{"condition": "epilepsy"}, {"effect": "seizure"}, {"mitigation": "gradual-taper"}]
)
def test_curated_graph_agrees(curated: Catalog, fixed: dict[str, str]) -> None:
    """The graph that ships gives the paths that a brute force finds in it."""
    agree(curated, CARE, fixed)


def test_names_are_resolved(curated: Catalog) -> None:
    """A label, a synonym or an identifier is as good as an id."""
    assert care_paths(curated, "Epilepsy") == care_paths(curated, "epilepsy")
    assert care_paths(curated, drug="Neurontin") == care_paths(curated, drug="gabapentin")


def test_a_name_of_another_kind_is_not_found(curated: Catalog) -> None:
    """A drug is no condition; the error says what was looked for."""
    with pytest.raises(NotFound) as refused:
        care_paths(curated, condition="gabapentin")

    assert (refused.value.kind, refused.value.identifier) == ("Finding", "gabapentin")


def test_something_must_be_fixed(curated: Catalog) -> None:
    """Without any entity the question is the whole graph, and is refused."""
    with pytest.raises(InvalidRequest, match="condition, drug, effect or mitigation"):
        care_paths(curated)


def test_each_step_is_explained(curated: Catalog) -> None:
    """Steps carry the statements between their ends, best first, and the claims of the best."""
    (path,) = care_paths(curated, "spasticity", effect="hallucination").paths
    treats, causes, prevents = path.steps

    assert [s.statements[0].key.relation for s in path.steps] == [
        "treats",
        "hasWithdrawalEffect",
        "prevents",
    ]
    assert (causes.subject, causes.relation, causes.object) == (
        "baclofen",
        "mayCause",
        "hallucination",
    )
    assert [list(step.claims) for step in path.steps] == [
        list(curated.claims([step.statements[0].key])[0]) for step in path.steps
    ]
    assert (treats.is_conditional, prevents.is_conditional) == (False, True)


def test_the_sentence_tells_the_path(curated: Catalog) -> None:
    """It names what holds, how many say so, and for whom alone a step holds."""
    (path,) = care_paths(curated, "spasticity", effect="hallucination").paths

    assert path.sentence == (
        "Baclofen treats spasticity (said by 1 independent source); "
        "baclofen has withdrawal effect hallucination (said by 1 independent source); "
        "gradual taper prevents hallucination (said by 1 independent source, only for baclofen)."
    )


def test_the_sentence_tells_who_denies(mini: Catalog) -> None:
    """A step that somebody denies is not told as if all agreed."""
    sentence = care_paths(mini, "fever").paths[0].sentence

    assert "rash (said by 1 independent source, denied by 1 independent source)" in sentence


def test_work_is_asked_in_batches(mini: Catalog, curated: Catalog) -> None:
    """The number of calls depends on the pattern, never on the size of the graph."""
    assert count_calls(mini, "fever") == count_calls(curated, "epilepsy")


def count_calls(catalog: Catalog, condition: str) -> dict[str, int]:
    """Return how often each primitive is called for the care paths of a condition."""
    tables, calls = Counter[str](), catalog.tables

    class Counting:
        def __getattr__(self, name: str) -> object:
            tables[name] += 1
            return getattr(calls, name)

    care_paths(Catalog(Counting(), catalog.ontology), condition)  # type: ignore[arg-type]
    return dict(tables)
