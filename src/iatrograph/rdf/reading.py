"""One pass over descriptions: each goes to its class and becomes a model value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iatrograph.errors import Rule
from iatrograph.rdf import records
from iatrograph.rdf.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iatrograph.errors import Problem
    from iatrograph.model import Claim, Entity, Explanation, Reference, Source, StatementKey
    from iatrograph.rdf.documents import Description
    from iatrograph.vocabulary import Ontology

FieldsByClass = dict[str, dict[str, Fields]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and of what: ``fields`` are the descriptions by class name and by IRI."""

    fields: Mapping[str, Mapping[str, Fields]]
    entities: list[Entity] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    statements: dict[str, StatementKey] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    explanations: list[Explanation] = field(default_factory=list)


def _content(description: Description) -> dict[str, frozenset[object]]:
    return {prop: frozenset(values) for prop, values in description.values.items()}


def _sorted_out(
    descriptions: Iterable[Description], ontology: Ontology, problems: list[Problem]
) -> FieldsByClass:
    """Put each description to its class; none may stand in two files, statements excepted."""
    by_class: FieldsByClass = defaultdict(dict)
    seen: dict[str, Description] = {}
    for description in descriptions:
        fields = Fields(description, ontology, problems)
        cls = records.class_of(description.types)
        first = seen.setdefault(description.iri, description)
        if first is description:
            records.check_types(fields, ontology)
            by_class[cls][description.iri] = fields
        elif cls != "Statement" or _content(first) != _content(description):
            fields.note(
                Rule.ONE_PLACE, f"also described in {first.document.path}; keep it in one file"
            )
    return by_class


def read(
    descriptions: Iterable[Description], ontology: Ontology, problems: list[Problem]
) -> Reading:
    """Read all values, those that others refer to first; what cannot be read is a problem."""
    of = _sorted_out(descriptions, ontology, problems)
    reading = Reading(of)
    reading.entities.extend(filter(None, map(records.read_entity, of["Entity"].values())))
    reading.sources.extend(filter(None, map(records.read_source, of["Source"].values())))
    reading.references.extend(filter(None, map(records.read_reference, of["Reference"].values())))
    for iri, fields in of["Statement"].items():
        if key := records.read_statement(fields):
            reading.statements[iri] = key
    for fields in of["Claim"].values():
        if claim := records.read_claim(fields, reading.statements):
            reading.claims.append(claim)
    for fields in of["Explanation"].values():
        steps = of["ExplanationStep"]
        if found := records.read_explanation(fields, steps, reading.statements):
            reading.explanations.append(found)
    return reading
