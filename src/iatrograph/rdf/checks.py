"""Holding what was read against the ontology and against itself; faults go to their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from iatrograph.errors import Rule
from iatrograph.model.conformance import (
    Known,
    claim_faults,
    entity_faults,
    explanation_faults,
    identifier_faults,
    source_faults,
    statement_faults,
)
from iatrograph.rdf.terms import IG
from iatrograph.vocabulary import PREFIXES, contract, did_you_mean, iri_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iatrograph.model import Entity
    from iatrograph.model.conformance import Fault
    from iatrograph.rdf.fields import Fields
    from iatrograph.rdf.reading import Reading
    from iatrograph.vocabulary import Ontology


def check(reading: Reading, ontology: Ontology) -> None:
    """Note everything that is wrong with values that could be read by themselves."""
    known = _known(reading, ontology)
    for entity in reading.entities:
        _note(reading, "Entity", iri_of(entity.id), _entity_faults(entity, ontology))
    for work in reading.references:
        for name in work.identifiers:
            iri = PREFIXES["ref"] + work.id
            _note(reading, "Reference", iri, identifier_faults(name, ontology))
    for source in reading.sources:
        _note(reading, "Source", PREFIXES["src"] + source.id, source_faults(source, known))
    for iri, key in reading.statements.items():
        _note(reading, "Statement", iri, statement_faults(key, known, ontology))
    for claim in reading.claims:
        faults = claim_faults(claim, known, ontology, is_curated=True)
        _note(reading, "Claim", PREFIXES["cl"] + claim.id, faults)
    claimed = _referred_to(reading, "Claim", "affirms", "denies", "mixedOn")
    claimed_keys = {reading.statements[iri] for iri in claimed & reading.statements.keys()}
    for found in reading.explanations:
        faults = explanation_faults(found, claimed_keys, known)
        _note(reading, "Explanation", PREFIXES["ex"] + found.id, faults)
    _check_labels(reading)
    _check_broader(reading, known)
    _check_lost(reading, claimed)


def _known(reading: Reading, ontology: Ontology) -> Known:
    """Return what may be referred to; what is described badly counts, its own fault is told."""
    return Known(
        kinds={
            contract(iri): tuple(
                name
                for cls in fields.description.types
                if (name := cls.removeprefix(IG)) in ontology.classes
            )
            for iri, fields in reading.fields["Entity"].items()
        },
        sources={iri.removeprefix(PREFIXES["src"]) for iri in reading.fields["Source"]},
        references={iri.removeprefix(PREFIXES["ref"]) for iri in reading.fields["Reference"]},
    )


def _entity_faults(entity: Entity, ontology: Ontology) -> Iterable[Fault]:
    """Find the faults of an entity, except classes, which the reader has told already."""
    told = {*entity.kinds} - {cls.name for cls in ontology.concrete_classes}
    is_told = not entity.kinds
    faults = entity_faults(entity, ontology, is_curated=True)
    return (f for f in faults if f.name not in told and not (is_told and f.name == entity.id))


def _note(reading: Reading, cls: str, iri: str, faults: Iterable[Fault]) -> None:
    """Note faults at the line where the name at fault stands, as whichever term it is."""
    fields = reading.fields[cls].get(iri)
    if fields is None:
        return
    for fault in faults:
        terms = [PREFIXES[prefix] + fault.name for prefix in ("ig", "src", "ref")]
        is_itself = iri.rpartition("/")[2] == fault.name
        at = () if is_itself else (iri_of(fault.name), *terms, fault.name)
        fields.note(fault.rule, fault.message, *at)


def _referred_to(reading: Reading, cls: str, *names: str) -> set[str]:
    """Return the IRIs that descriptions of a class refer to by any of the properties."""
    return {
        value.value
        for fields in reading.fields[cls].values()
        for name in names
        for value in fields.description.all(IG + name)
        if isinstance(value, ox.NamedNode)
    }


def _check_labels(reading: Reading) -> None:
    first: dict[str, str] = {}
    for entity in sorted(reading.entities, key=lambda entity: entity.id):
        other = first.setdefault(entity.label.casefold(), entity.id)
        if other != entity.id:
            message = f"its label {entity.label!r} is also that of {other}; tell them apart"
            _fields(reading, entity).note(Rule.LABEL, message, PREFIXES["rdfs"] + "label")


def _check_broader(reading: Reading, known: Known) -> None:
    above = {entity.id: entity.broader for entity in reading.entities}
    for entity in reading.entities:
        fields = _fields(reading, entity)
        for broader in entity.broader:
            if broader not in known.kinds:
                hint = did_you_mean(broader, known.kinds) or "; describe it"
                fields.note(
                    Rule.DESCRIBED,
                    f"skos:broader: nobody describes {broader}{hint}",
                    iri_of(broader),
                )
        reached = list(entity.broader)
        for near in reached:
            reached += [far for far in above.get(near, ()) if far not in reached]
        if entity.id in reached:
            fields.note(
                Rule.BROADER,
                "is broader than itself; break the circle",
                PREFIXES["skos"] + "broader",
            )


def _fields(reading: Reading, entity: Entity) -> Fields:
    return reading.fields["Entity"][iri_of(entity.id)]


def _check_lost(reading: Reading, claimed: set[str]) -> None:
    """Note statements without a claim and steps without an explanation: no value holds them."""
    for iri in reading.statements.keys() - claimed:
        fields = reading.fields["Statement"][iri]
        fields.note(Rule.USE, "no claim is about it; add one or take it away")
    steps = reading.fields["ExplanationStep"]
    for iri in steps.keys() - _referred_to(reading, "Explanation", "step"):
        steps[iri].note(Rule.USE, "no explanation has this step; add ig:step there or take it away")
