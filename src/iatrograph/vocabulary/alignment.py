"""How the words of the ontology and those of the Biolink model translate, both ways.

All of it is read from ``alignment-biolink.ttl``, which says at its top what each kind of match
means. Biolink's predicates and slots are written here as in KGX without the prefix
(``has_side_effect``), its categories too (``PhenotypicFeature``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from iatrograph.errors import UnreadableFile
from iatrograph.vocabulary.ontology import ROOT
from iatrograph.vocabulary.prefixes import PREFIXES, contract
from iatrograph.vocabulary.reading import ontology
from iatrograph.vocabulary.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from iatrograph.vocabulary.ontology import Ontology

FILE: Final = "alignment-biolink.ttl"

_BIOLINK: Final = PREFIXES["biolink"]
_IG: Final = PREFIXES["ig"]
_OWL: Final = PREFIXES["owl"]
_RDF: Final = PREFIXES["rdf"]
_MATCHES: Final = {
    PREFIXES["skos"] + name: rank
    for rank, name in enumerate(("exactMatch", "closeMatch", "narrowMatch", "broadMatch"))
}
_EXACT, _CLOSE, _NARROW, _BROAD = range(4)


@dataclass(frozen=True, slots=True)
class QualifiedMatch:
    """What a relation is in Biolink: one of some predicates, with one of some values of each slot.

    Any of the predicates and values is read; the first of each is written.
    """

    relation: str
    predicates: tuple[str, ...]
    qualifiers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The translation, in both directions.

    ``relations``, ``kinds``, ``qualifiers`` and ``concepts`` lead from Biolink to the ontology:
    the relations that a predicate can be read as (best match first), the class of a category, the
    qualifier of a slot, the IRI of the concept of a value. ``predicates``, ``categories`` and
    ``slots`` lead from a relation, a class and a qualifier to what they are written as; ``vague``
    are the relations whose predicate, even with qualifiers, says less than they do.
    ``values`` leads from the IRI of a concept to the value that it is written as, where there is
    one. ``inverses`` has the predicates that read backwards, with those they are the inverses of;
    ``symmetric`` those that read both ways. ``prefixes`` has prefixes as Biolink spells them by
    their spelling in small letters, ``prefix_categories`` the category of all that has a prefix.
    """

    relations: Mapping[str, tuple[str, ...]]
    predicates: Mapping[str, str]
    vague: frozenset[str]
    qualified: tuple[QualifiedMatch, ...]
    kinds: Mapping[str, str]
    categories: Mapping[str, str]
    qualifiers: Mapping[str, str]
    slots: Mapping[str, str]
    concepts: Mapping[str, str]
    values: Mapping[str, str]
    inverses: Mapping[str, str]
    symmetric: frozenset[str]
    prefixes: Mapping[str, str]
    prefix_categories: Mapping[str, str]

    def qualified_match(self, relation: str) -> QualifiedMatch | None:
        """Return the qualifiers that a relation is written with, if its predicate needs any."""
        predicate = self.predicates.get(relation)
        matches = (match for match in self.qualified if match.relation == relation)
        return next((match for match in matches if match.predicates[0] == predicate), None)


@dataclass(frozen=True, slots=True)
class _Match:
    """One line of the file: a term of the ontology, its rank and the other term."""

    term: str
    rank: int
    other: str


class _Nodes:
    """The triples of the file by subject, in its order."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.values: dict[object, list[tuple[str, object]]] = defaultdict(list)
        for triple in triples:
            self.values[triple.subject].append((triple.predicate.value, triple.object))

    def one(self, node: object, prop: str) -> object:
        return next((value for name, value in self.values[node] if name == prop), None)

    def listed(self, node: object) -> tuple[str, ...]:
        """Return the values of a list, in order."""
        found: list[str] = []
        while isinstance(value := self.one(node, _RDF + "first"), ox.NamedNode | ox.Literal):
            found.append(value.value.removeprefix(_BIOLINK))
            node = self.one(node, _RDF + "rest")
        return tuple(found)

    def matches(self) -> list[_Match]:
        """Return what is matched with words of Biolink, or with values of its slots."""
        return [
            _Match(subject.value.removeprefix(_IG), _MATCHES[prop], value.value)
            for subject, pairs in self.values.items()
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(_IG)
            for prop, value in pairs
            if prop in _MATCHES and isinstance(value, ox.NamedNode)
        ]

    def facts(self, prop: str) -> dict[str, str]:
        """Return what is said of words of Biolink with a property."""
        return {
            subject.value.removeprefix(_BIOLINK): value.value.removeprefix(_BIOLINK)
            for subject, pairs in self.values.items()
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(_BIOLINK)
            for name, value in pairs
            if name == prop and isinstance(value, ox.NamedNode)
        }

    def texts(self, prop: str) -> list[tuple[str, str]]:
        """Return what is said in words with a property: who it is said of, and the words."""
        return [
            (subject.value.removeprefix(_BIOLINK), value.value)
            for subject, pairs in self.values.items()
            if isinstance(subject, ox.NamedNode)
            for name, value in pairs
            if name == prop and isinstance(value, ox.Literal)
        ]

    def qualified(self) -> tuple[QualifiedMatch, ...]:
        return tuple(
            self._qualified(subject.value.removeprefix(_IG), value)
            for subject, pairs in [*self.values.items()]
            if isinstance(subject, ox.NamedNode)
            for prop, value in pairs
            if prop == _IG + "qualifiedMatch"
        )

    def _qualified(self, relation: str, node: object) -> QualifiedMatch:
        lists = {
            name.removeprefix(_BIOLINK): self.listed(value) for name, value in [*self.values[node]]
        }
        return QualifiedMatch(relation, lists.pop("predicate"), lists)


def _words(matches: Iterable[_Match], terms: Iterable[str]) -> list[_Match]:
    """Return the matches of some terms with words of Biolink itself, best match first."""
    known = frozenset(terms)
    found = [
        _Match(match.term, match.rank, match.other.removeprefix(_BIOLINK))
        for match in matches
        if match.term in known and match.other.startswith(_BIOLINK)
    ]
    return sorted(found, key=_rank)


def _inwards(matches: Iterable[_Match]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for match in matches:
        if match.rank != _BROAD:
            found[match.other] += (match.term,)
    return dict(found)


def _outwards(matches: Iterable[_Match]) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in matches:
        if match.rank != _NARROW:
            found.setdefault(match.term, match.other)
    return found


def _values(matches: Iterable[_Match], ontology: Ontology) -> list[_Match]:
    """Return the matches of concepts with values: keys of enumerations, or CURIEs."""
    known = {iri for scheme in ontology.schemes.values() for iri in scheme.by_iri}
    found = (match for match in matches if _IG + match.term in known)
    return sorted((_Match(_IG + m.term, m.rank, _value(m.other)) for m in found), key=_rank)


def _rank(match: _Match) -> int:
    return match.rank


def _value(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else contract(iri)


def load_alignment(folder: Path, ontology: Ontology) -> Alignment:
    """Read the alignment of a folder.

    Raises UnreadableFile where it is missing or not well-formed Turtle.
    """
    path = folder / FILE
    try:
        parsed = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise UnreadableFile(path, error.lineno, error.msg) from error
    except OSError as error:
        raise UnreadableFile(path, None, error.strerror or str(error)) from error
    nodes = _Nodes(parsed)
    matches = nodes.matches()
    claimable = [r.name for r in ontology.relations.values() if not r.is_derived]
    relations = _words(matches, [ROOT, *ontology.relations])
    qualified = nodes.qualified()
    classes = _words(matches, ontology.classes)
    concrete = _words(matches, (cls.name for cls in ontology.concrete_classes))
    slots = _words(matches, ontology.qualifiers)
    values = _values(matches, ontology)
    return Alignment(
        relations=_inwards(_words(matches, claimable)),
        predicates=_outwards(relations),
        vague=frozenset(_outwards(relations))
        - {match.term for match in relations if match.rank < _NARROW}
        - {match.relation for match in qualified},
        qualified=qualified,
        kinds={category: names[0] for category, names in _inwards(concrete).items()},
        categories=_outwards(classes),
        qualifiers={slot: names[0] for slot, names in _inwards(slots).items()},
        slots=_outwards(slots),
        concepts={value: names[0] for value, names in _inwards(values).items()},
        values=_outwards(values),
        inverses=nodes.facts(_OWL + "inverseOf"),
        symmetric=frozenset(
            name
            for name, kind in nodes.facts(_RDF + "type").items()
            if kind == _OWL + "SymmetricProperty"
        ),
        prefixes={text.casefold(): text for _, text in nodes.texts(_IG + "biolinkPrefix")},
        prefix_categories={text: name for name, text in nodes.texts(_IG + "prefixOf")},
    )


@lru_cache(maxsize=1)
def alignment() -> Alignment:
    """Return the alignment that ships with the package."""
    return load_alignment(resource("ontology"), ontology())
