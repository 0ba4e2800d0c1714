"""Claims as edges."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iatrograph.exporters.kgx.names import biolink_spelling, infores
from iatrograph.exporters.kgx.nodes import PROVIDER
from iatrograph.identity.spelling import is_slug
from iatrograph.vocabulary.alignment import alignment
from iatrograph.vocabulary.kgx import RELATION, SOURCE, STANCE, own_property, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iatrograph.exporters.kgx.names import Names
    from iatrograph.model import Claim, Reference, Source
    from iatrograph.vocabulary import Ontology, Qualifier

    Edge = dict[str, object]

LISTS: Final = frozenset({"anatomical_context_qualifier", "has_evidence_of_type", "publications"})
"""Slots that Biolink lets have several values; in others they stand in one text, with bars."""

_SAID_ELSEWHERE: Final = frozenset({"publication", "originalId", "originalPredicate"})
_WORKS: Final = frozenset({"PMID", "PMC", "doi"})
_FITS: Final = "fits"


class Edges:
    """Makes an edge of each claim."""

    def __init__(
        self,
        ontology: Ontology,
        names: Names,
        sources: Mapping[str, Source],
        references: Mapping[str, Reference],
    ) -> None:
        """Take the words and the names that edges are written with."""
        words = alignment()
        self._names = names
        self._own = {q.name: (own_property(q.column), q.is_many) for q in qualifiers(ontology)}
        self._slots = {
            q.name: (words.slots[q.name], q.kind, _values(q, ontology))
            for q in qualifiers(ontology)
            if q.name in words.slots and q.name not in _SAID_ELSEWHERE
        }
        self._resources = {source.id: infores(source) for source in sources.values()}
        self._texts = {source.id: _works(source.identifier) for source in sources.values()}
        self._cited = {work.id: _works(*work.identifiers) for work in references.values()}

    def edge(self, claim: Claim) -> Edge:
        """Return a claim as an edge.

        Raises KeyError for a relation that the ontology does not have.
        """
        subject, relation, target = claim.statement
        said = written(relation, claim.stance.value, is_withdrawn=claim.is_deprecated)
        if said is None:
            raise KeyError(relation)
        found: Edge = {
            "id": claim.id,
            "subject": self._names.node(subject),
            "predicate": said.predicate,
            "object": self._names.node(target),
            **said.qualifiers,
            "negated": said.is_negated,
            "primary_knowledge_source": self._resources[claim.source],
            "aggregator_knowledge_source": (PROVIDER,),
            "knowledge_level": claim.knowledge_level,
            "agent_type": claim.agent_type,
            "original_predicate": claim.one("originalPredicate") or f"ig:{relation}",
            RELATION: relation,
            STANCE: claim.stance.value,
            SOURCE: claim.source,
        }
        for slot, end in (("original_subject", subject), ("original_object", target)):
            if is_slug(end):
                found[slot] = biolink_spelling(end)
        if publications := self._publications(claim):
            found["publications"] = publications
        self._qualify(claim, found)
        return found

    def _publications(self, claim: Claim) -> tuple[str, ...]:
        """Return what the claim rests on: cited works only if they carry it."""
        found = [biolink_spelling(text) for text in claim.many("publication")]
        if claim.one("referenceFit") == _FITS:
            found += (text for work in claim.many("citedReference") for text in self._cited[work])
        return tuple(dict.fromkeys((*found, *self._texts[claim.source])))

    def _qualify(self, claim: Claim, found: Edge) -> None:
        for name, values in claim.qualifiers.items():
            own, is_many = self._own[name]
            found[own] = values if is_many else values[0]
            if name in self._slots:
                slot, kind, written = self._slots[name]
                if kind == "entity":
                    values = tuple(map(self._names.node, values))
                elif kind == "concept":
                    values = tuple(written[value] for value in values if value in written)
                if values:
                    found.setdefault(slot, values if slot in LISTS else "|".join(values))
        low, high = claim.one("frequencyLow"), claim.one("frequencyHigh")
        if low is not None and low == high:
            found["has_percentage"] = float(Decimal(low) * 100)


def qualifiers(ontology: Ontology) -> tuple[Qualifier, ...]:
    """Return the qualifiers by name."""
    return tuple(q for _, q in sorted(ontology.qualifiers.items()))


def _values(qualifier: Qualifier, ontology: Ontology) -> Mapping[str, str]:
    """Return what the concepts of a qualifier are written as.

    Where Biolink has a value for some of them the others are left out, else all stand as notations.
    """
    if qualifier.scheme is None:
        return {}
    concepts = ontology.schemes[qualifier.scheme].concepts
    known = alignment().values
    found = {c.key: known[c.iri] for c in concepts if c.iri in known}
    return found or {concept.key: concept.key for concept in concepts}


def _works(*identifiers: str | None) -> tuple[str, ...]:
    """Return those identifiers that are of works, as Biolink spells them."""
    spelt = (biolink_spelling(text) for text in identifiers if text)
    return tuple(text for text in spelt if text.partition(":")[0] in _WORKS)
