"""The ontology as frozen values: classes, relations, qualifiers and concept schemes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

QualifierKind = Literal["concept", "entity", "reference", "text", "number"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A value of a scheme; ``key`` is its notation, ``weight`` its order where it has one."""

    key: str
    iri: str
    label: str
    definition: str
    weight: int | None
    position: int


@dataclass(frozen=True)
class Scheme:
    """A closed list of concepts, in the order of the ontology file."""

    name: str
    iri: str
    label: str
    definition: str
    concepts: tuple[Concept, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Concept]:
        """Concepts by notation."""
        return {concept.key: concept for concept in self.concepts}

    @cached_property
    def by_iri(self) -> Mapping[str, Concept]:
        """Concepts by IRI."""
        return {concept.iri: concept for concept in self.concepts}


@dataclass(frozen=True, slots=True)
class EntityClass:
    """A class of entities; ``ancestors`` are its superclasses and itself, nearest first."""

    name: str
    iri: str
    label: str
    definition: str
    ancestors: tuple[str, ...]
    display_order: int | None
    is_role: bool

    @property
    def is_concrete(self) -> bool:
        """Whether curators may write it: neither a role nor an interface of others."""
        return self.display_order is not None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between entities.

    ``ancestors`` are its super-relations below the root, itself first; ``domain`` and ``range`` are
    class names, inherited where the relation states none of its own. ``object_kinds`` are the
    classes of which an object has to have one, where the range alone says too little.
    """

    name: str
    iri: str
    label: str
    inverse_label: str
    definition: str
    ancestors: tuple[str, ...]
    domain: str
    range: str
    is_symmetric: bool
    is_derived: bool
    conflicts_with: tuple[str, ...]
    object_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One dimension of a claim: its column, its GraphQL field, its property."""

    name: str
    iri: str
    label: str
    definition: str
    kind: QualifierKind
    is_many: bool
    scheme: str | None
    range: str

    @property
    def column(self) -> str:
        """Its name in tables and CSV: ``onlyIf`` is ``only_if``."""
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in self.name)


@dataclass(frozen=True)
class Ontology:
    """Everything the code needs to know of ``ontology/``.

    ``disjoint_classes`` are groups of entity classes of which no entity has two;
    ``identifier_patterns`` are regular expressions of what follows the prefix, by prefix.
    """

    version: str
    classes: Mapping[str, EntityClass]
    relations: Mapping[str, Relation]
    qualifiers: Mapping[str, Qualifier]
    schemes: Mapping[str, Scheme]
    disjoint_classes: tuple[frozenset[str], ...] = ()
    identifier_patterns: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def descendants(self) -> Mapping[str, frozenset[str]]:
        """For each relation, itself and the narrower ones. The root has all."""
        found: dict[str, set[str]] = defaultdict(set)
        for relation in self.relations.values():
            found[ROOT].add(relation.name)
            for ancestor in relation.ancestors:
                found[ancestor].add(relation.name)
        return {name: frozenset(names) for name, names in found.items()}

    @cached_property
    def concrete_classes(self) -> tuple[EntityClass, ...]:
        """The classes that entities are written with, in display order."""
        concrete = [c for c in self.classes.values() if c.display_order is not None]
        return tuple(sorted(concrete, key=lambda c: c.display_order or 0))

    def kind_of_role(self, name: str) -> str:
        """Return the class that curators must write where a relation names a role."""
        return _ROLE_KINDS.get(name, name)


ROOT: Final = "relatedTo"
_ROLE_KINDS: Final = {
    "AdverseEffect": "Finding",
    "Mitigation": "Intervention",
    "RiskFactor": "Entity",
}
