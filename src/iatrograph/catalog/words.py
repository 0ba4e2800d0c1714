"""The words users say for a relation and a direction, as one table for every interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.model import Direction

if TYPE_CHECKING:
    from iatrograph.vocabulary import Ontology


class Word(NamedTuple):
    """A word that entities of a class have for what they are related to.

    ``subject_class`` is the class of the entity that is asked; the answers stand at the other end
    of ``relation`` (or of a narrower one) in the given direction.
    """

    name: str
    subject_class: str
    relation: str
    direction: Direction
    definition: str


WORDS: Final = (
    Word(
        "treatments",
        "Finding",
        "treats",
        Direction.IN,
        "What is an established use against it.",
    ),
    Word(
        "mitigations",
        "Finding",
        "addresses",
        Direction.IN,
        "What is used against it, with whatever strength of proof.",
    ),
    Word(
        "riskFactors",
        "Finding",
        "increasesRiskOf",
        Direction.IN,
        "What raises its likelihood, whatever the drug.",
    ),
    Word(
        "sideEffects",
        "Intervention",
        "hasSideEffect",
        Direction.OUT,
        "What it may cause at ordinary doses while taken.",
    ),
    Word(
        "effects",
        "Intervention",
        "mayCause",
        Direction.OUT,
        "All that it may cause: side effects, effects of stopping, toxic effects.",
    ),
    Word(
        "mechanisms",
        "Intervention",
        "actsOn",
        Direction.OUT,
        "The targets and processes it acts on.",
    ),
    Word(
        "riskFactors",
        "Intervention",
        "modifiesRiskOf",
        Direction.IN,
        "What makes some adverse effect of it likelier or worse.",
    ),
)
"""Every word of every class; a word may mean different relations for different classes."""


def words_of(kind: str, ontology: Ontology) -> tuple[Word, ...]:
    """Return the words that entities of a class have, in table order."""
    classes = ontology.classes[kind].ancestors
    return tuple(word for word in WORDS if word.subject_class in classes)
