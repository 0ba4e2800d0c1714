"""The ways from an entity to others: every relation in both directions, and the users' words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iatrograph.catalog.words import WORDS
from iatrograph.model import Direction
from iatrograph.vocabulary.ontology import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.vocabulary import Ontology, Relation


@dataclass(frozen=True, slots=True)
class Way:
    """A field of entities: which statements it follows, from which class to which.

    ``start`` is the class whose entities have the field, ``end`` the class of those it leads to.
    """

    name: str
    relation: str
    direction: Direction
    start: str
    end: str
    description: str


def ways(ontology: Ontology) -> tuple[Way, ...]:
    """Return all ways, in the order of the ontology, the users' words first."""
    return (*_words(ontology), *_root(), *_relations(ontology))


def camel_case(words: str) -> str:
    """Return words as one name: ``side effect of`` is ``sideEffectOf``."""
    first, *rest = words.split()
    return first + "".join(word.capitalize() for word in rest)


def _words(ontology: Ontology) -> Iterator[Way]:
    for word in WORDS:
        domain, range_ = _ends(ontology, ontology.relations[word.relation])
        forwards = word.direction is Direction.OUT
        reading = word.relation if forwards else f"{word.relation} backwards"
        yield Way(
            word.name,
            word.relation,
            word.direction,
            word.subject_class,
            range_ if forwards else domain,
            f"{word.definition} It is {reading}, narrower relations included.",
        )


def _root() -> Iterator[Way]:
    text = "Statements of every relation with the entity as {}. Narrow them by `relation`."
    yield Way("relatedTo", ROOT, Direction.OUT, "Entity", "Entity", text.format("subject"))
    yield Way("relatedFrom", ROOT, Direction.IN, "Entity", "Entity", text.format("object"))


def _relations(ontology: Ontology) -> Iterator[Way]:
    for relation in ontology.relations.values():
        start, end = _ends(ontology, relation)
        yield Way(relation.name, relation.name, Direction.OUT, start, end, relation.definition)
        if not relation.is_symmetric:
            yield Way(
                camel_case(relation.inverse_label),
                relation.name,
                Direction.IN,
                end,
                start,
                f"{relation.name} backwards: {relation.definition}",
            )


def _ends(ontology: Ontology, relation: Relation) -> tuple[str, str]:
    return ontology.kind_of_role(relation.domain), ontology.kind_of_role(relation.range)
