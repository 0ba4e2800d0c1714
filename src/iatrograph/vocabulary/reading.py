"""Reads the ontology from its Turtle files."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from iatrograph.errors import UnreadableFile
from iatrograph.vocabulary.ontology import (
    ROOT,
    Concept,
    EntityClass,
    Ontology,
    Qualifier,
    Relation,
    Scheme,
)
from iatrograph.vocabulary.prefixes import PREFIXES
from iatrograph.vocabulary.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from iatrograph.vocabulary.ontology import QualifierKind

FILES: Final = ("iatrograph.ttl", "schemes.ttl")
IG: Final = PREFIXES["ig"]
_QUALIFIERS: Final = frozenset(
    IG + name for name in ("qualifier", "textQualifier", "numberQualifier")
)
_NON_ENTITIES: Final = frozenset(
    {
        "Statement",
        "ContestedStatement",
        "Claim",
        "Source",
        "Reference",
        "Explanation",
        "ExplanationStep",
    }
)

_RDF = PREFIXES["rdf"]
_RDFS = PREFIXES["rdfs"]
_OWL = PREFIXES["owl"]
_SKOS = PREFIXES["skos"]


class _Triples:
    """The triples of the ontology files, by subject and property."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                self.values[subject.value][triple.predicate.value].append(value.value)

    def all(self, subject: str, prop: str) -> tuple[str, ...]:
        return tuple(self.values[subject][prop])

    def one(self, subject: str, prop: str, default: str = "") -> str:
        return next(iter(self.values[subject][prop]), default)

    def typed(self, cls: str) -> list[str]:
        return [s for s, props in self.values.items() if cls in props[_RDF + "type"]]

    def label(self, subject: str) -> str:
        return self.one(subject, _RDFS + "label")

    def definition(self, subject: str) -> str:
        return self.one(subject, _SKOS + "definition")

    def closure(self, subject: str, prop: str) -> list[str]:
        """Return the subject and all it reaches over the property, nearest first."""
        reached = [subject]
        for term in reached:
            reached += [t for t in self.all(term, prop) if t not in reached]
        return reached


def _name(iri: str) -> str:
    return iri.removeprefix(IG)


def _scheme(triples: _Triples, iri: str, members: list[str]) -> Scheme:
    concepts = tuple(
        Concept(
            key=triples.one(member, _SKOS + "notation"),
            iri=member,
            label=triples.label(member),
            definition=triples.definition(member),
            weight=int(weight) if (weight := triples.one(member, IG + "weight")) else None,
            position=position,
        )
        for position, member in enumerate(members)
    )
    return Scheme(_name(iri), iri, triples.label(iri), triples.definition(iri), concepts)


def _entity_class(triples: _Triples, iri: str) -> EntityClass:
    order = triples.one(iri, IG + "displayOrder")
    return EntityClass(
        name=_name(iri),
        iri=iri,
        label=triples.label(iri),
        definition=triples.definition(iri),
        ancestors=tuple(_name(c) for c in triples.closure(iri, _RDFS + "subClassOf")),
        display_order=int(order) if order else None,
        is_role=triples.one(iri, IG + "role") == "true",
    )


def _relation(triples: _Triples, iri: str) -> Relation:
    line = triples.closure(iri, _RDFS + "subPropertyOf")

    def inherited(prop: str) -> str:
        return next((_name(v) for p in line for v in triples.all(p, prop)), "Entity")

    return Relation(
        name=_name(iri),
        iri=iri,
        label=triples.label(iri),
        inverse_label=triples.one(iri, IG + "inverseLabel"),
        definition=triples.definition(iri),
        ancestors=tuple(_name(p) for p in line if _name(p) != ROOT),
        domain=inherited(_RDFS + "domain"),
        range=inherited(_RDFS + "range"),
        is_symmetric=_OWL + "SymmetricProperty" in triples.all(iri, _RDF + "type"),
        is_derived=triples.one(iri, IG + "derived") == "true",
        conflicts_with=tuple(_name(p) for p in triples.all(iri, IG + "conflictsWith")),
        object_kinds=tuple(_name(c) for p in line for c in triples.all(p, IG + "objectKind")),
    )


def _qualifier_kind(range_iri: str, *, is_concept: bool) -> QualifierKind:
    if is_concept:
        return "concept"
    if range_iri == PREFIXES["xsd"] + "string":
        return "text"
    if range_iri == PREFIXES["xsd"] + "decimal":
        return "number"
    return "reference" if range_iri == IG + "Reference" else "entity"


def _qualifier(triples: _Triples, iri: str) -> Qualifier:
    scheme, range_iri = triples.one(iri, IG + "inScheme"), triples.one(iri, _RDFS + "range")
    return Qualifier(
        name=_name(iri),
        iri=iri,
        label=triples.label(iri),
        definition=triples.definition(iri),
        kind=_qualifier_kind(range_iri, is_concept=bool(scheme)),
        is_many=_OWL + "FunctionalProperty" not in triples.all(iri, _RDF + "type"),
        scheme=_name(scheme) if scheme else None,
        range=_name(range_iri),
    )


def _disjoint_classes(parsed: Iterable[ox.Triple], classes: Iterable[str]) -> list[frozenset[str]]:
    """Read the lists of classes that exclude each other, as far as they are classes of entities."""
    links: dict[tuple[object, str], object] = {
        (triple.subject, triple.predicate.value): triple.object for triple in parsed
    }
    entity_classes = frozenset(classes)
    groups: list[frozenset[str]] = []
    for (_, prop), item in links.items():
        if prop != _OWL + "members":
            continue
        members: set[str] = set()
        node = item
        while isinstance(member := links.get((node, _RDF + "first")), ox.NamedNode):
            members.add(_name(member.value))
            node = links[node, _RDF + "rest"]
        groups.append(frozenset(members & entity_classes))
    return [group for group in groups if len(group) > 1]


def _identifier_patterns(parsed: Iterable[ox.Triple]) -> dict[str, str]:
    """Read the pattern beside each declared prefix that has one."""
    nodes: dict[object, dict[str, str]] = defaultdict(dict)
    for triple in parsed:
        if isinstance(triple.object, ox.Literal):
            nodes[triple.subject][triple.predicate.value] = triple.object.value
    prefix, pattern = PREFIXES["sh"] + "prefix", IG + "identifierPattern"
    return {
        node[prefix]: node[pattern] for node in nodes.values() if node.keys() >= {prefix, pattern}
    }


def load_ontology(folder: Path) -> Ontology:
    """Read the ontology files of a folder.

    Raises UnreadableFile where one is missing or not well-formed Turtle.
    """
    parsed: list[ox.Triple] = []
    for name in FILES:
        path = folder / name
        try:
            parsed += [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise UnreadableFile(path, error.lineno, error.msg) from error
        except OSError as error:
            raise UnreadableFile(path, None, error.strerror or str(error)) from error
    triples = _Triples(parsed)
    classes = [c for c in triples.typed(_OWL + "Class") if _name(c) not in _NON_ENTITIES]
    relations = [
        p
        for p in triples.typed(_OWL + "ObjectProperty")
        if p != IG + ROOT and IG + ROOT in triples.closure(p, _RDFS + "subPropertyOf")
    ]
    qualifiers = [
        p for p in triples.values if _QUALIFIERS & {*triples.all(p, _RDFS + "subPropertyOf")}
    ]
    members: dict[str, list[str]] = defaultdict(list)
    for concept in triples.typed(_SKOS + "Concept"):
        members[triples.one(concept, _SKOS + "inScheme")].append(concept)
    return Ontology(
        version=triples.one(IG.rstrip("#"), _OWL + "versionInfo"),
        classes={_name(c): _entity_class(triples, c) for c in classes},
        relations={_name(p): _relation(triples, p) for p in relations},
        qualifiers={_name(p): _qualifier(triples, p) for p in qualifiers},
        schemes={_name(s): _scheme(triples, s, m) for s, m in members.items()},
        disjoint_classes=tuple(_disjoint_classes(parsed, (_name(c) for c in classes))),
        identifier_patterns=_identifier_patterns(parsed),
    )


@lru_cache(maxsize=1)
def ontology() -> Ontology:
    """Return the ontology that ships with the package."""
    return load_ontology(resource("ontology"))
