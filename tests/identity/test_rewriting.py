from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.identity.things import CURIES, SLUGS, effect, entity_lists, mapping_lists, same

from iatrograph.identity import Identity, Mapping, join, rewrite
from iatrograph.identity.rewriting import FALLEN_TOGETHER, SAID_TWICE, UNEXPLAINED
from iatrograph.model import (
    Claim,
    Contribution,
    Entity,
    Explanation,
    Source,
    Stance,
    StatementKey,
    Step,
    claim_id,
)
from iatrograph.validation.rows import check_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hypothesis.strategies import DrawFn

    from iatrograph.vocabulary import Ontology

SOURCE = Source("set", "A set", "database")
SAID = {"certainty": ("not-stated",), "evidenceLevel": ("label",)}


def drug(identifier: str, *identifiers: str) -> Entity:
    """Return a drug that states these identifiers."""
    return Entity(identifier, identifier, ("Drug",), identifiers=identifiers)


def claim(
    subject: str, relation: str, value: str, number: int = 1, **qualifiers: tuple[str, ...]
) -> Claim:
    """Return an affirming claim of the one source."""
    key = StatementKey(subject, relation, value)
    name = claim_id(key, SOURCE.id, number)
    return Claim(name, key, Stance.AFFIRMS, SOURCE.id, {**SAID, **qualifiers})


def rewritten(
    entities: Iterable[Entity], claims: Iterable[Claim], identity: Identity
) -> tuple[list[Claim], Counter[str]]:
    """Return the claims of a contribution rewritten, and what was dropped."""
    dropped: Counter[str] = Counter()
    found = rewrite(Contribution((SOURCE,), entities, claims), identity, dropped)
    return list(found.claims), dropped


CURATED = (drug("gabapentin", "drugbank:DB00996"), effect("myoclonus", "umls:C1"))
HETIONET = (drug("drugbank:DB00996"), effect("umls:C1"))


def test_claims_are_about_the_things() -> None:
    """Subject, object and id of a claim change; its number, stance and qualifiers stay."""
    identity = join([*CURATED, *HETIONET], [])
    given_ = claim("drugbank:DB00996", "hasSideEffect", "umls:C1", 2, frequency=("rare",))
    expected = claim("gabapentin", "hasSideEffect", "myoclonus", 2, frequency=("rare",))

    assert rewritten(HETIONET, [given_], identity) == ([expected], Counter())


def test_what_needs_no_change_is_the_same_object() -> None:
    """A claim whose things have their ids already passes through."""
    identity = join([*CURATED, *HETIONET], [])
    given_ = claim("gabapentin", "hasSideEffect", "myoclonus")

    assert rewritten(CURATED, [given_], identity)[0][0] is given_


def test_things_in_qualifiers_are_rewritten() -> None:
    """Values that are entities go by the ids of their things, each once; words stay."""
    identity = join([*CURATED, *HETIONET, effect("HP:1")], [same("HP:1", "umls:C1")])
    given_ = claim(
        "gabapentin",
        "hasSideEffect",
        "x:1",
        onlyIf=("umls:C1", "HP:1", "x:2"),
        hedge=("umls:C1",),
    )
    (found,), _ = rewritten([*CURATED, effect("x:1")], [given_], identity)

    assert found.qualifiers == {**given_.qualifiers, "onlyIf": ("myoclonus", "x:2")}
    assert found.id == given_.id


def test_symmetric_relations_are_reordered() -> None:
    """The ends stand in the order of their new ids; those of other relations stay."""
    identity = join([drug("zolpidem", "drugbank:DB00425"), drug("drugbank:DB00425")], [])
    entities = [drug("drugbank:DB00425"), drug("gabapentin")]
    given_ = [
        claim("drugbank:DB00425", "interactsWith", "gabapentin"),
        claim("drugbank:DB00425", "alternativeTo", "gabapentin"),
    ]
    expected = [
        claim("gabapentin", "interactsWith", "zolpidem"),
        claim("zolpidem", "alternativeTo", "gabapentin"),
    ]

    assert rewritten(entities, given_, identity)[0] == expected


def test_a_claim_whose_ends_are_one_thing_is_dropped_and_counted() -> None:
    """Nothing is related to itself."""
    entities = [effect("umls:C1"), effect("HP:1")]
    identity = join(entities, [same("umls:C1", "HP:1")])
    given_ = [claim("HP:1", "associatedWith", "umls:C1")]

    assert rewritten(entities, given_, identity) == ([], Counter({FALLEN_TOGETHER: 1}))


def test_claims_that_meet_are_numbered_and_the_same_is_said_once() -> None:
    """Two ids of one drug in one data set: different claims are numbered, equal ones are one."""
    entities = [drug("pubchem.compound:1"), drug("pubchem.compound:2"), effect("umls:C1")]
    curated = drug("escitalopram", "pubchem.compound:1", "pubchem.compound:2")
    identity = join([*entities, curated], [])
    given_ = [
        claim("pubchem.compound:1", "hasSideEffect", "umls:C1", frequency=("rare",)),
        claim("pubchem.compound:2", "hasSideEffect", "umls:C1", frequency=("common",)),
        claim("pubchem.compound:1", "hasSideEffect", "umls:C1", 2, frequency=("common",)),
        replace(claim("pubchem.compound:2", "hasSideEffect", "umls:C1", 2), stance=Stance.DENIES),
    ]
    found, dropped = rewritten(entities, given_, identity)

    assert found == [
        claim("escitalopram", "hasSideEffect", "umls:C1", frequency=("rare",)),
        claim("escitalopram", "hasSideEffect", "umls:C1", 2, frequency=("common",)),
        replace(claim("escitalopram", "hasSideEffect", "umls:C1", 3), stance=Stance.DENIES),
    ]
    assert dropped == {SAID_TWICE: 1}


def test_claims_are_read_lazily() -> None:
    """Rewriting reads no claim before it is asked for one, and then one at a time."""
    read: list[str] = []

    def claims() -> Iterator[Claim]:
        for given_ in (claim("drugbank:DB00996", "hasSideEffect", "umls:C1", n) for n in (1, 2)):
            read.append(given_.id)
            yield given_

    identity = join([*CURATED, *HETIONET], [])
    stream = iter(rewrite(Contribution((SOURCE,), HETIONET, claims()), identity).claims)

    assert read == []
    next(stream)
    assert len(read) == 1


def test_explanations_are_about_the_things() -> None:
    """Steps whose ends fall together go and the others are numbered anew."""
    identity = join([*CURATED, *HETIONET, effect("HP:1")], [same("HP:1", "umls:C1")])
    why = StatementKey("drugbank:DB00996", "hasSideEffect", "umls:C1")
    nothing = StatementKey("HP:1", "associatedWith", "umls:C1")
    given_ = (
        Explanation(
            "why", "Why", (why, nothing), "set", "possible", steps=(Step(1, nothing), Step(2, why))
        ),
        Explanation("none", "None", (nothing,), "set", "possible"),
    )
    dropped: Counter[str] = Counter()
    contribution = Contribution((SOURCE,), HETIONET, (), explanations=given_)
    (found,) = rewrite(contribution, identity, dropped).explanations
    new = StatementKey("gabapentin", "hasSideEffect", "myoclonus")

    assert (found.explains, found.steps) == ((new,), (Step(1, new),))
    assert dropped == {UNEXPLAINED: 1}


def test_what_was_right_is_right_after_rewriting(ontology: Ontology) -> None:
    """Rewritten contributions hold against the ontology: ids are built, nothing is undescribed."""
    entities = [*HETIONET, replace(effect("HP:1"), broader=("umls:C1",))]
    claims = [
        claim("drugbank:DB00996", "hasSideEffect", "umls:C1", onlyIf=("HP:1",)),
        claim("HP:1", "associatedWith", "umls:C1"),
    ]
    contribution = Contribution((SOURCE,), entities, claims)
    identity = join([*CURATED, *entities], [])

    assert list(check_rows(contribution, ontology)) == []
    assert list(check_rows(rewrite(contribution, identity), ontology)) == []


@st.composite
def claim_lists(draw: DrawFn) -> list[Claim]:
    """Draw claims between any two things, numbered as they come."""
    things = st.sampled_from(CURIES + SLUGS)
    numbers: Counter[StatementKey] = Counter()
    found = []
    for _ in range(draw(st.integers(0, 8))):
        relation = draw(st.sampled_from(["hasSideEffect", "associatedWith"]))
        ends = draw(st.tuples(things, things))
        subject, value = sorted(ends) if relation == "associatedWith" else ends
        key = StatementKey(subject, relation, value)
        numbers[key] += 1
        hedge, context = draw(st.sampled_from("ab")), draw(things)
        found.append(claim(*key, numbers[key], hedge=(hedge,), onlyIf=(context,)))
    return found


@given(entity_lists(), mapping_lists(), claim_lists())
def test_rewriting_twice_is_rewriting_once(
    entities: list[Entity], mappings: list[Mapping], claims: list[Claim]
) -> None:
    """What is rewritten has nothing left to rewrite, and every claim its own id."""
    identity = join(entities, mappings)
    once = rewrite(Contribution((SOURCE,), entities, claims), identity)
    once = replace(once, claims=tuple(once.claims))
    twice = rewrite(once, identity)

    assert replace(twice, claims=tuple(twice.claims)) == once
    assert len({one.id for one in once.claims}) == len(tuple(once.claims))


@given(entity_lists(), mapping_lists(), claim_lists())
def test_every_claim_is_kept_or_counted(
    entities: list[Entity], mappings: list[Mapping], claims: list[Claim]
) -> None:
    """No claim is lost silently, and each keeps what it says."""
    identity = join(entities, mappings)
    found, dropped = rewritten(entities, claims, identity)

    assert len(found) + dropped.total() == len(claims)
    for one in found:
        assert one.id.startswith(claim_id(one.statement, one.source))
        assert {*one.statement[::2]} == {identity.canonical(i) for i in one.statement[::2]}
