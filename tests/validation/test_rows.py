from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.curated_graphs import WORDS, curated

from iatrograph.errors import InvalidGraph
from iatrograph.model import (
    Claim,
    Contribution,
    Entity,
    Explanation,
    Reference,
    Source,
    Stance,
    StatementKey,
    Step,
)
from iatrograph.validation.rows import MOST_PROBLEMS, check_rows, checked

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = StatementKey("CHEBI:1", "treats", "fever")
RIGHT = {"certainty": ("not-stated",), "evidenceLevel": ("label",)}
CLAIM = Claim("CHEBI%3A1.treats.fever.set", KEY, Stance.AFFIRMS, "set", RIGHT)
ENTITIES = (
    Entity("CHEBI:1", "one", ("Drug",)),
    Entity("fever", "fever", ("Condition",)),
    Entity("age", "age", ("Context",)),
)
BASE = Contribution(
    sources=(Source("set", "A set", "database"),),
    entities=ENTITIES,
    claims=(CLAIM,),
    references=(Reference("work", "Work"),),
)


def with_qualifier(name: str, *values: str) -> Claim:
    """Return the right claim with one more qualifier."""
    return replace(CLAIM, qualifiers={**RIGHT, name: values})


@settings(max_examples=20, deadline=None)
@given(curated())
def test_what_is_right_passes(contribution: Contribution) -> None:
    """Contributions that keep to the rules have no problem, and come through as they are."""
    assert list(check_rows(contribution, WORDS)) == []
    assert tuple(checked(contribution, WORDS).claims) == contribution.claims


WRONG_CLAIMS = [
    (replace(CLAIM, id="x"), "the id is not built from statement and source"),
    (replace(CLAIM, id=CLAIM.id + ".1"), "the id is not built from statement and source"),
    (replace(CLAIM, source="sett"), "nobody describes the source sett; did you mean set?"),
    (replace(CLAIM, knowledge_level="guess"), "knowledge_level: no value 'guess'"),
    (replace(CLAIM, agent_type="manual"), "agent_type: no value 'manual'"),
    (replace(CLAIM, qualifiers={"certainty": ("definite",)}), "evidenceLevel is missing"),
    (replace(CLAIM, qualifiers={"evidenceLevel": ("label",)}), "certainty is missing"),
    (with_qualifier("certanty", "definite"), "unknown qualifier ig:certanty; did you mean ig:cert"),
    (
        with_qualifier("severity", "mildd"),
        "severity: no value mildd in SeverityScheme; did you mean",
    ),
    (with_qualifier("severity", "mild", "fatal"), "severity has 2 values; keep one"),
    (with_qualifier("onlyIf", "agee"), "onlyIf: nobody describes agee; did you mean age?"),
    (with_qualifier("route", "age"), "route has to be Route, age is Context"),
    (
        with_qualifier("citedReference", "wrk"),
        "nobody describes the reference wrk; did you mean wor",
    ),
    (with_qualifier("hedge", " "), "hedge is empty"),
    (with_qualifier("hedge", "may "), "begins or ends with a space"),
    (
        replace(with_qualifier("frequency", "rare"), stance=Stance.DENIES),
        "a denied claim has no frequency",
    ),
]
WRONG_KEYS = [
    (("CHEBI:1", "treat", "fever"), "unknown relation ig:treat; did you mean ig:treats?"),
    (("CHEBI:1", "modifiesRiskOf", "fever"), "modifiesRiskOf is derived and never claimed"),
    (("CHEBI:1", "relatedTo", "fever"), "unknown relation ig:relatedTo"),
    (("CHEBI:2", "treats", "fever"), "nobody describes the subject CHEBI:2; did you mean CHEBI:1?"),
    (("CHEBI:1", "treats", "fevr"), "nobody describes the object fevr; did you mean fever?"),
    (("age", "treats", "fever"), "the subject of treats has to be Intervention, age is Context"),
    (("CHEBI:1", "treats", "age"), "the object of treats has to be Finding, age is Context"),
    (("CHEBI:1", "callsFor", "fever"), "has to be Intervention or Care or Diagnostic or Context"),
    (("fever", "equatedWith", "age"), "write age equatedWith fever"),
    (("fever", "kindOf", "fever"), "subject and object are the same entity"),
]


@pytest.mark.parametrize(("claim", "message"), WRONG_CLAIMS)
def test_a_wrong_claim_is_told(claim: Claim, message: str) -> None:
    """A problem names source, row and claim, and says what would be right."""
    problems = list(check_rows(replace(BASE, claims=(CLAIM, claim)), WORDS))

    assert [p for p in problems if message in p.message], problems
    assert {(p.path, p.line, p.term) for p in problems} == {(claim.source, 2, claim.id)}


@pytest.mark.parametrize(("parts", "message"), WRONG_KEYS)
def test_a_wrong_statement_is_told(parts: tuple[str, str, str], message: str) -> None:
    """Relation, ends, and their classes are held against the ontology."""
    key = StatementKey(*parts)
    claim = replace(CLAIM, statement=key, id=f"{key.id}.set")
    problems = list(check_rows(replace(BASE, claims=(claim,)), WORDS))

    assert [p for p in problems if message in p.message], problems


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        (Entity("a b", "x", ("Drug",)), "cannot be part of an IRI; percent-encode it"),
        (Entity("x", "", ("Drug",)), "label is empty"),
        (Entity("x", "x", ("Drug",), synonyms=(" y",)), "begins or ends with a space"),
        (Entity("x", "x", ()), "no class; write one of Drug, DrugClass"),
        (Entity("x", "x", ("Drugg",)), "did you mean Drug?"),
        (Entity("x", "x", ("Finding",)), "Finding is no class that an entity can be given"),
        (Entity("x", "x", ("Mitigation",)), "Mitigation is no class that an entity can be given"),
        (Entity("x", "x", ("Drug", "Therapy")), "cannot be Drug and Therapy at once"),
        (Entity("x", "x", ("Drug", "Effect")), "cannot be Finding and Intervention at once"),
        (Entity("x", "x", ("Drug",), broader=("y",)), "nobody describes y"),
        (Entity("age", "x", ("Context",)), "the id stands twice"),
    ],
)
def test_a_wrong_entity_is_told(entity: Entity, message: str) -> None:
    """Entities are checked by themselves and against each other."""
    contribution = replace(BASE, entities=(*ENTITIES, entity))
    problems = list(check_rows(contribution, WORDS))

    assert [p for p in problems if message in p.message], problems
    assert {(p.path, p.line) for p in problems} == {("entities", 4)}
    with pytest.raises(InvalidGraph):
        checked(contribution, WORDS)


def test_a_claim_of_an_entity_of_unknown_class_is_not_told_again() -> None:
    """The class is the fault, not each claim that meets it."""
    entities = (replace(ENTITIES[0], kinds=("Drugg",)), *ENTITIES[1:])
    problems = list(check_rows(replace(BASE, entities=entities), WORDS))

    assert [problem.path for problem in problems] == ["entities"]


@pytest.mark.parametrize(
    ("explanation", "message"),
    [
        (Explanation("how", "how", (KEY,), "sett", "unknown"), "nobody describes the source sett"),
        (
            Explanation("how", "how", (KEY._replace(object="age"),), "set", "unknown"),
            "nobody claims",
        ),
        (
            Explanation("how", "how", (KEY,), "set", "unknown", steps=(Step(2, KEY),)),
            "steps are numbered from 1 without gaps, these are 2",
        ),
    ],
)
def test_a_wrong_explanation_is_told(explanation: Explanation, message: str) -> None:
    """Explanations rest on claims and number their steps."""
    problems = list(check_rows(replace(BASE, explanations=(explanation,)), WORDS))

    assert len(problems) == 1
    assert message in problems[0].message


def test_claims_are_checked_as_they_stream() -> None:
    """Right claims come through before a wrong one is met; then reading stops with all problems."""
    wrong = with_qualifier("severity", "nope")
    read: list[str] = []

    def rows() -> Iterator[Claim]:
        for claim in (CLAIM, wrong, CLAIM, *[wrong] * 200):
            read.append(claim.id)
            yield claim

    claims = iter(checked(replace(BASE, claims=rows()), WORDS).claims)
    assert next(claims) is CLAIM
    assert len(read) == 1
    with pytest.raises(InvalidGraph) as caught:
        next(claims)
    assert len(caught.value.problems) == MOST_PROBLEMS
