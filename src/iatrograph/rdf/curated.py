"""Reading a folder of curated Turtle into one contribution, with the place of every subject.

Every triple of the files becomes part of a model value, or is a problem; none is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iatrograph.errors import InvalidGraph
from iatrograph.model import Contribution
from iatrograph.model.conformance import (
    Known,
    claim_faults,
    entity_faults,
    explanation_faults,
    statement_faults,
)
from iatrograph.rdf import records
from iatrograph.rdf.documents import Place, read_descriptions
from iatrograph.rdf.fields import Fields
from iatrograph.rdf.terms import IG
from iatrograph.vocabulary import PREFIXES, contract, did_you_mean, iri_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from iatrograph.errors import Problem
    from iatrograph.model import Claim, Entity, Explanation, Reference, Source, StatementKey
    from iatrograph.model.conformance import Fault
    from iatrograph.rdf.documents import Description
    from iatrograph.vocabulary import Ontology

__all__ = ["Curated", "Place", "read_curated"]


@dataclass(frozen=True, slots=True)
class Curated:
    """What the curated files hold; ``places`` says where each subject is described, by IRI.

    All values are in tuples, sorted by id, so the contribution can be read more than once.
    """

    contribution: Contribution
    places: Mapping[str, Place]


class _Reading:
    """One pass over the descriptions of a folder: values read so far, and problems."""

    def __init__(self, ontology: Ontology, problems: list[Problem]) -> None:
        self.ontology, self.problems = ontology, problems
        self.fields: dict[str, dict[str, Fields]] = defaultdict(dict)
        self.entities: list[Entity] = []
        self.sources: list[Source] = []
        self.references: list[Reference] = []
        self.statements: dict[str, StatementKey] = {}
        self.claims: list[Claim] = []
        self.explanations: list[Explanation] = []

    def sort(self, descriptions: Iterable[Description]) -> None:
        """Put each description to its class; none may stand in two files, statements excepted."""
        seen: dict[str, Description] = {}
        for description in descriptions:
            fields = Fields(description, self.ontology, self.problems)
            cls = records.class_of(description.types)
            first = seen.setdefault(description.iri, description)
            if first is description:
                records.check_types(fields, self.ontology)
                self.fields[cls][description.iri] = fields
            elif cls != "Statement" or _content(first) != _content(description):
                fields.note(f"also described in {first.document.path}; keep it in one file")

    def read(self) -> None:
        """Read all values, those that others refer to first."""
        of = self.fields
        self.entities += filter(None, map(records.read_entity, of["Entity"].values()))
        self.sources += filter(None, map(records.read_source, of["Source"].values()))
        self.references += filter(None, map(records.read_reference, of["Reference"].values()))
        for iri, fields in of["Statement"].items():
            if key := records.read_statement(fields):
                self.statements[iri] = key
        for fields in of["Claim"].values():
            if claim := records.read_claim(fields, self.statements):
                self.claims.append(claim)
        steps = of["ExplanationStep"]
        for fields in of["Explanation"].values():
            if found := records.read_explanation(fields, steps, self.statements):
                self.explanations.append(found)

    def known(self) -> Known:
        """Return what may be referred to; what is described badly counts, its fault is told."""
        return Known(
            kinds={
                contract(iri): tuple(
                    name
                    for cls in fields.description.types
                    if (name := cls.removeprefix(IG)) in self.ontology.classes
                )
                for iri, fields in self.fields["Entity"].items()
            },
            sources={iri.removeprefix(PREFIXES["src"]) for iri in self.fields["Source"]},
            references={iri.removeprefix(PREFIXES["ref"]) for iri in self.fields["Reference"]},
        )

    def check(self) -> None:
        """Hold the values against the ontology and against each other."""
        known = self.known()
        for entity in self.entities:
            self._note("Entity", iri_of(entity.id), _named_kinds(entity, self.ontology))
        for iri, key in self.statements.items():
            self._note("Statement", iri, statement_faults(key, known, self.ontology))
        for claim in self.claims:
            faults = claim_faults(claim, known, self.ontology, is_curated=True)
            self._note("Claim", PREFIXES["cl"] + claim.id, faults)
        claimed = {claim.statement for claim in self.claims}
        for found in self.explanations:
            faults = explanation_faults(found, claimed, known)
            self._note("Explanation", PREFIXES["ex"] + found.id, faults)
        self._check_names()
        self._check_broader(known)
        self._check_used()

    def _note(self, cls: str, iri: str, faults: Iterable[Fault]) -> None:
        fields = self.fields[cls].get(iri)
        if fields is not None:
            for fault in faults:
                fields.note(fault.message, iri_of(fault.name), IG + fault.name, fault.name)

    def _check_names(self) -> None:
        first: dict[str, str] = {}
        for entity in sorted(self.entities, key=lambda entity: entity.id):
            other = first.setdefault(entity.label.casefold(), entity.id)
            if other != entity.id:
                self.fields["Entity"][iri_of(entity.id)].note(
                    f"its label {entity.label!r} is also that of {other}; tell them apart",
                    PREFIXES["rdfs"] + "label",
                )

    def _check_broader(self, known: Known) -> None:
        above = {entity.id: entity.broader for entity in self.entities}
        for entity in self.entities:
            fields = self.fields["Entity"][iri_of(entity.id)]
            for broader in entity.broader:
                if broader not in known.kinds:
                    hint = did_you_mean(broader, known.kinds) or "; describe it"
                    fields.note(f"skos:broader: nobody describes {broader}{hint}", iri_of(broader))
            reached = list(entity.broader)
            for near in reached:
                reached += [far for far in above.get(near, ()) if far not in reached]
            if entity.id in reached:
                fields.note(
                    "is broader than itself; break the circle", PREFIXES["skos"] + "broader"
                )

    def _check_used(self) -> None:
        """Note statements without a claim and steps without an explanation: they would be lost."""
        claimed = {
            value.value
            for fields in self.fields["Claim"].values()
            for prop in ("affirms", "denies", "mixedOn")
            for value in fields.description.all(IG + prop)
            if hasattr(value, "value")
        }
        for iri in self.statements.keys() - claimed:
            self.fields["Statement"][iri].note("no claim is about it; add one or take it away")
        used = {
            str(value)
            for fields in self.fields["Explanation"].values()
            for value in fields.description.all(IG + "step")
        }
        for iri, fields in self.fields["ExplanationStep"].items():
            if f"<{iri}>" not in used:
                fields.note("no explanation has this step; add ig:step there or take it away")

    def contribution(self) -> Contribution:
        """Return the values, sorted by id."""
        return Contribution(
            sources=tuple(sorted(self.sources, key=lambda source: source.id)),
            entities=tuple(sorted(self.entities, key=lambda entity: entity.id)),
            claims=tuple(sorted(self.claims, key=lambda claim: claim.id)),
            references=tuple(sorted(self.references, key=lambda reference: reference.id)),
            explanations=tuple(sorted(self.explanations, key=lambda found: found.id)),
        )


def _content(description: Description) -> dict[str, frozenset[object]]:
    return {prop: frozenset(values) for prop, values in description.values.items()}


def _named_kinds(entity: Entity, ontology: Ontology) -> Iterable[Fault]:
    """Find the faults of an entity, except classes, which the reader has told already."""
    told = {*entity.kinds} - {cls.name for cls in ontology.concrete_classes}
    return (fault for fault in entity_faults(entity, ontology) if fault.name not in told)


def read_curated(folder: Path, ontology: Ontology) -> Curated:
    """Read all Turtle files below a folder.

    Raises UnreadableFile where a file is not well-formed Turtle (file, line), and InvalidGraph with
    all problems at once (file, line, term, remedy) where the files break the ontology.
    """
    descriptions, problems = read_descriptions(folder)
    reading = _Reading(ontology, problems)
    reading.sort(descriptions)
    reading.read()
    reading.check()
    if problems:
        raise InvalidGraph(tuple(sorted(set(problems))))
    places = {description.iri: description.place for description in descriptions}
    return Curated(reading.contribution(), places)
