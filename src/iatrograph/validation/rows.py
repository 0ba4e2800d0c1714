"""Checks of a contribution row by row, for imports too large for SHACL."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from iatrograph.errors import InvalidGraph, Problem, Rule
from iatrograph.model.conformance import (
    Known,
    claim_faults,
    entity_faults,
    explanation_faults,
    source_faults,
    statement_faults,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iatrograph.model import Claim, Contribution, Entity
    from iatrograph.model.conformance import Fault
    from iatrograph.vocabulary import Ontology

MOST_PROBLEMS: Final = 100
"""How many problems of an import are told before it is given up."""


def _known(contribution: Contribution, entities: Iterable[Entity]) -> Known:
    return Known(
        kinds={entity.id: entity.kinds for entity in entities},
        sources={source.id for source in contribution.sources},
        references={reference.id for reference in contribution.references},
    )


def _problems(path: str, row: int, term: str, faults: Iterable[Fault]) -> Iterator[Problem]:
    return (Problem(path, row, term, fault.message, fault.rule) for fault in faults)


def _entity_problems(
    entities: Iterable[Entity], known: Known, ontology: Ontology
) -> Iterator[Problem]:
    seen: set[str] = set()
    for row, entity in enumerate(entities, start=1):
        yield from _problems("entities", row, entity.id, entity_faults(entity, ontology))
        if entity.id in seen:
            yield Problem(
                "entities", row, entity.id, "the id stands twice; join the two rows", Rule.ONE_PLACE
            )
        seen.add(entity.id)
        for broader in entity.broader:
            if broader not in known.kinds:
                message = f"nobody describes {broader}, which is said to be broader; add it"
                yield Problem("entities", row, entity.id, message, Rule.DESCRIBED)


def _claim_problems(row: int, claim: Claim, known: Known, ontology: Ontology) -> Iterator[Problem]:
    path = claim.source
    sound = all(
        kind in ontology.classes for end in claim.statement for kind in known.kinds.get(end, ())
    )
    if not sound:
        return  # a class that nobody knows has been told with the entity
    yield from _problems(path, row, claim.id, statement_faults(claim.statement, known, ontology))
    yield from _problems(path, row, claim.id, claim_faults(claim, known, ontology))


def check_rows(contribution: Contribution, ontology: Ontology) -> Iterator[Problem]:
    """Yield what is wrong with a contribution; its claims are read once, to the end.

    A problem's ``path`` is ``entities``, ``sources``, ``explanations`` or the id of the claim's
    source, its ``line`` the number of the row there, from 1 (of the claim among all claims).
    """
    entities = tuple(contribution.entities)
    known = _known(contribution, entities)
    yield from _entity_problems(entities, known, ontology)
    for row, source in enumerate(contribution.sources, start=1):
        yield from _problems("sources", row, source.id, source_faults(source, known))
    claimed = set()
    for row, claim in enumerate(contribution.claims, start=1):
        claimed.add(claim.statement)
        yield from _claim_problems(row, claim, known, ontology)
    for row, found in enumerate(contribution.explanations, start=1):
        faults = explanation_faults(found, claimed, known)
        yield from _problems("explanations", row, found.id, faults)


def checked(contribution: Contribution, ontology: Ontology) -> Contribution:
    """Return the contribution with claims that are checked as they are read.

    Entities are checked at once. Raises InvalidGraph, at once or while the claims are read, with
    the first ``MOST_PROBLEMS`` problems; nothing wrong is passed on.
    """
    entities = tuple(contribution.entities)
    known = _known(contribution, entities)
    _raise(_entity_problems(entities, known, ontology))

    def sound() -> Iterator[Claim]:
        rows = enumerate(contribution.claims, start=1)
        for row, claim in rows:
            problems = [*_claim_problems(row, claim, known, ontology)]
            if problems:
                later = (p for n, c in rows for p in _claim_problems(n, c, known, ontology))
                _raise([*problems, *islice(later, MOST_PROBLEMS)])
            yield claim

    return replace(contribution, entities=entities, claims=sound())


def _raise(problems: Iterable[Problem]) -> None:
    """Raise InvalidGraph if there is any problem."""
    if found := tuple(islice(problems, MOST_PROBLEMS)):
        raise InvalidGraph(found)
