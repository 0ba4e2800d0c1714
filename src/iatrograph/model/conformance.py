"""What the ontology demands of entities, claims and explanations, as faults in words.

Curated files and imports are held against the same rules: the reader of Turtle adds file and line
to a fault, the row check adds the number of the row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.errors import Rule
from iatrograph.model.claim import Stance, claim_id
from iatrograph.vocabulary import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from iatrograph.model.claim import Claim
    from iatrograph.model.entity import Entity
    from iatrograph.model.explanation import Explanation
    from iatrograph.model.source import Source
    from iatrograph.model.statement import StatementKey
    from iatrograph.vocabulary import Ontology, Qualifier, Relation

KNOWLEDGE_LEVELS: Final = (
    "knowledge_assertion",
    "logical_entailment",
    "prediction",
    "statistical_association",
    "text_co_occurrence",
    "observation",
    "not_provided",
)
AGENT_TYPES: Final = (
    "manual_agent",
    "automated_agent",
    "data_analysis_pipeline",
    "computational_model",
    "text_mining_agent",
    "image_processing_agent",
    "manual_validation_of_automated_agent",
    "not_provided",
)
"""Both as Biolink 4.4.4 lists them."""

MANDATORY: Final = ("certainty", "evidenceLevel")
MANDATORY_WHEN_CURATED: Final = ("paraphrase", "locator")

_DECIMAL: Final = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
"""As SPARQL gives decimals back: no exponent, no zero that says nothing."""
_NUMBER: Final = re.compile(r"\.([2-9]|[1-9]\d+)")
_IDENTIFIER: Final = re.compile(r'[^\s<>"{}|^`\\]+')


class Fault(NamedTuple):
    """A rule that is broken, the name at fault, and a sentence with the remedy."""

    rule: Rule
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Known:
    """What claims may refer to: entities with their kinds, sources and references by id."""

    kinds: Mapping[str, tuple[str, ...]]
    sources: Collection[str]
    references: Collection[str] = field(default_factory=frozenset)

    def is_a(self, identifier: str, class_name: str, ontology: Ontology) -> bool:
        """Whether an entity is of a class, its kinds' superclasses counted."""
        kinds = self.kinds.get(identifier, ())
        return any(class_name in ontology.classes[kind].ancestors for kind in kinds)


def _own(name: str) -> str:
    """Write a term of the ontology with its prefix; one that has another prefix stays."""
    return name if ":" in name else f"ig:{name}"


def _text_faults(name: str, text: str) -> Iterator[Fault]:
    if not text.strip():
        yield Fault(Rule.FORM, name, f"{name} is empty; write it or leave it out")
    elif text != text.strip():
        yield Fault(Rule.FORM, name, f"{name} {text!r} begins or ends with a space; take it away")


def entity_faults(
    entity: Entity, ontology: Ontology, *, is_curated: bool = False
) -> Iterator[Fault]:
    """Find what is wrong with an entity by itself.

    What curators write has only identifiers of vocabularies that the ontology knows.
    """
    if not _IDENTIFIER.fullmatch(entity.id):
        message = f"{entity.id!r} cannot be part of an IRI; percent-encode it"
        yield Fault(Rule.IRI, entity.id, message)
    yield from _class_faults(entity, ontology)
    for text in (entity.label, *entity.synonyms):
        yield from _text_faults("label" if text == entity.label else "synonym", text)
    for identifier in entity.identifiers:
        if is_curated or identifier.partition(":")[0] in ontology.identifier_patterns:
            yield from identifier_faults(identifier, ontology)


def _class_faults(entity: Entity, ontology: Ontology) -> Iterator[Fault]:
    concrete = [cls.name for cls in ontology.concrete_classes]
    for kind in entity.kinds:
        if kind not in concrete:
            hint = did_you_mean(kind, concrete) or f"; write one of {', '.join(concrete)}"
            message = f"{kind} is no class that an entity can be given{hint}"
            yield Fault(Rule.CLASS, kind, message)
    if not entity.kinds:
        yield Fault(Rule.CLASS, entity.id, f"no class; write one of {', '.join(concrete)}")
    above = {a for k in entity.kinds if k in concrete for a in ontology.classes[k].ancestors}
    for group in ontology.disjoint_classes:
        if len(both := group & above) > 1:
            message = f"cannot be {' and '.join(sorted(both))} at once; keep one"
            yield Fault(Rule.DISJOINT, entity.id, message)


def identifier_faults(identifier: str, ontology: Ontology) -> Iterator[Fault]:
    """Find what is wrong with an identifier of a vocabulary, a CURIE."""
    prefix, colon, local = identifier.partition(":")
    pattern = ontology.identifier_patterns.get(prefix) if colon else None
    if pattern is None:
        prefixes = ", ".join(ontology.identifier_patterns)
        message = f"{identifier} has no prefix of the ontology; write it with one of {prefixes}"
        yield Fault(Rule.IDENTIFIER, identifier, message)
    elif not re.fullmatch(pattern, local):
        message = f"{identifier} is no identifier of {prefix}: what follows has to match {pattern}"
        yield Fault(Rule.IDENTIFIER, identifier, message)


def _end_faults(
    end: str, key: StatementKey, relation: Relation, known: Known, ontology: Ontology
) -> Iterator[Fault]:
    identifier = key.subject if end == "subject" else key.object
    kinds = _kinds_at(end, relation, ontology)
    if identifier not in known.kinds:
        hint = did_you_mean(identifier, known.kinds) or "; describe it as an entity"
        yield Fault(Rule.DESCRIBED, identifier, f"nobody describes the {end} {identifier}{hint}")
    elif not any(known.is_a(identifier, kind, ontology) for kind in kinds):
        given = ", ".join(known.kinds[identifier])
        yield Fault(
            Rule.DOMAIN if end == "subject" else Rule.RANGE,
            identifier,
            f"the {end} of {relation.name} has to be {' or '.join(kinds)}, {identifier} is {given}"
            f"{_fitting(key, known, ontology)}",
        )


def _kinds_at(end: str, relation: Relation, ontology: Ontology) -> tuple[str, ...]:
    """Return the classes of which an end of a relation has to be one."""
    wanted = relation.domain if end == "subject" else relation.range
    kinds = relation.object_kinds if end == "object" else ()
    return kinds or (ontology.kind_of_role(wanted),)


def _fitting(key: StatementKey, known: Known, ontology: Ontology) -> str:
    """Return the relations that hold between things of these classes, as the end of a sentence."""
    ends = (("subject", key.subject), ("object", key.object))
    if not known.kinds.keys() >= {key.subject, key.object}:
        return ""
    names = sorted(
        relation.name
        for relation in ontology.relations.values()
        if not relation.is_derived
        and all(
            any(known.is_a(name, kind, ontology) for kind in _kinds_at(end, relation, ontology))
            for end, name in ends
        )
    )
    return f"; between the two there can be: {', '.join(names)}"


def statement_faults(key: StatementKey, known: Known, ontology: Ontology) -> Iterator[Fault]:
    """Find what is wrong with a subject, relation and object."""
    claimable = [r.name for r in ontology.relations.values() if not r.is_derived]
    relation = ontology.relations.get(key.relation)
    if relation is None:
        name = _own(key.relation)
        hint = did_you_mean(name, map(_own, claimable)) or "; the ontology lists the relations"
        yield Fault(Rule.RELATION, key.relation, f"unknown relation {name}{hint}")
        return
    if relation.is_derived:
        yield Fault(
            Rule.RELATION,
            key.relation,
            f"{key.relation} is derived and never claimed; leave it out",
        )
    yield from _end_faults("subject", key, relation, known, ontology)
    yield from _end_faults("object", key, relation, known, ontology)
    if key.subject == key.object:
        yield Fault(
            Rule.SELF, key.subject, "subject and object are the same entity; one of them is wrong"
        )
    if relation.is_symmetric and key.subject > key.object:
        yield Fault(
            Rule.SYMMETRY,
            key.relation,
            f"{key.relation} reads both ways, so its ends stand in the order of their ids: "
            f"write {key.object} {key.relation} {key.subject}",
        )


def _number_faults(name: str, text: str) -> Iterator[Fault]:
    if not _DECIMAL.fullmatch(text):
        yield Fault(Rule.FORM, text, f"{name} {text!r} is no decimal number; write it as 0.05")


def _concept_faults(qualifier: Qualifier, value: str, ontology: Ontology) -> Iterator[Fault]:
    keys = ontology.schemes[qualifier.scheme or ""].by_key
    if value not in keys:
        hint = did_you_mean(value, keys) or f"; write one of {', '.join(keys)}"
        yield Fault(
            Rule.VALUE, value, f"{qualifier.name}: no value {value} in {qualifier.scheme}{hint}"
        )


def _entity_value_faults(
    qualifier: Qualifier, value: str, known: Known, ontology: Ontology
) -> Iterator[Fault]:
    if value not in known.kinds:
        hint = did_you_mean(value, known.kinds) or "; describe it as an entity"
        yield Fault(Rule.DESCRIBED, value, f"{qualifier.name}: nobody describes {value}{hint}")
    elif not known.is_a(value, qualifier.range, ontology):
        given = ", ".join(known.kinds[value])
        yield Fault(
            Rule.RANGE, value, f"{qualifier.name} has to be {qualifier.range}, {value} is {given}"
        )


def _value_faults(
    qualifier: Qualifier, value: str, known: Known, ontology: Ontology
) -> Iterator[Fault]:
    if qualifier.kind == "concept":
        yield from _concept_faults(qualifier, value, ontology)
    elif qualifier.kind == "text":
        yield from _text_faults(qualifier.name, value)
    elif qualifier.kind == "number":
        yield from _number_faults(qualifier.name, value)
    elif qualifier.kind == "entity":
        yield from _entity_value_faults(qualifier, value, known, ontology)
    elif value not in known.references:
        hint = did_you_mean(value, known.references) or "; describe it as a reference"
        yield Fault(
            Rule.DESCRIBED, value, f"{qualifier.name}: nobody describes the reference {value}{hint}"
        )


def source_faults(source: Source, known: Known) -> Iterator[Fault]:
    """Find the faults of a source: its origin has to be described."""
    if source.origin is not None and source.origin not in known.references:
        hint = did_you_mean(source.origin, known.references) or "; describe it as a reference"
        message = f"origin: nobody describes the reference {source.origin}{hint}"
        yield Fault(Rule.DESCRIBED, source.origin, message)


def _qualifier_faults(claim: Claim, known: Known, ontology: Ontology) -> Iterator[Fault]:
    for name, values in claim.qualifiers.items():
        qualifier = ontology.qualifiers.get(name)
        if qualifier is None:
            hint = did_you_mean(_own(name), map(_own, ontology.qualifiers))
            yield Fault(
                Rule.PROPERTY, name, f"unknown qualifier {_own(name)}{hint or '; see the ontology'}"
            )
            continue
        if len(values) > 1 and not qualifier.is_many:
            yield Fault(
                Rule.CARDINALITY,
                name,
                f"{name} has {len(values)} values; keep one, or make two claims",
            )
        for value in values:
            yield from _value_faults(qualifier, value, known, ontology)


def _listed(name: str, value: str, allowed: Collection[str]) -> Iterator[Fault]:
    if value not in allowed:
        hint = did_you_mean(value, allowed) or f"; write one of {', '.join(allowed)}"
        yield Fault(Rule.VALUE, value, f"{name}: no value {value!r}{hint}")


def _is_numbered(identifier: str, first: str) -> bool:
    """Whether it is the first id with a number from 2 on."""
    return identifier.startswith(first) and bool(_NUMBER.fullmatch(identifier, len(first)))


def _identity_faults(claim: Claim, known: Known) -> Iterator[Fault]:
    first = claim_id(claim.statement, claim.source)
    if claim.id != first and not _is_numbered(claim.id, first):
        yield Fault(
            Rule.IRI, claim.id, f"the id is not built from statement and source; write {first}"
        )
    if claim.source not in known.sources:
        hint = did_you_mean(claim.source, known.sources) or "; describe it as a source"
        yield Fault(
            Rule.DESCRIBED, claim.source, f"nobody describes the source {claim.source}{hint}"
        )


def claim_faults(
    claim: Claim, known: Known, ontology: Ontology, *, is_curated: bool = False
) -> Iterator[Fault]:
    """Find what is wrong with a claim, its statement apart.

    A curated claim also needs a paraphrase and a locator.
    """
    yield from _identity_faults(claim, known)
    for name in (*MANDATORY, *(MANDATORY_WHEN_CURATED if is_curated else ())):
        if not claim.many(name):
            yield Fault(Rule.PRESENCE, claim.id, f"{name} is missing; every claim has one")
    yield from _qualifier_faults(claim, known, ontology)
    yield from _listed("knowledge_level", claim.knowledge_level, KNOWLEDGE_LEVELS)
    yield from _listed("agent_type", claim.agent_type, AGENT_TYPES)
    if claim.stance is Stance.DENIES and claim.many("frequency"):
        yield Fault(
            Rule.DENIED_FREQUENCY, "frequency", "a denied claim has no frequency; take it away"
        )


def explanation_faults(
    explanation: Explanation, claimed: Collection[StatementKey], known: Known
) -> Iterator[Fault]:
    """Find what is wrong with an explanation, given the statements that have a claim."""
    if explanation.source not in known.sources:
        hint = did_you_mean(explanation.source, known.sources) or "; describe it as a source"
        yield Fault(
            Rule.DESCRIBED,
            explanation.source,
            f"nobody describes the source {explanation.source}{hint}",
        )
    for key in (*explanation.explains, *(step.statement for step in explanation.steps)):
        if key not in claimed:
            yield Fault(Rule.STEPS, key.id, f"nobody claims {' '.join(key)}; add the claim")
    positions = [step.position for step in explanation.steps]
    if positions != list(range(1, len(positions) + 1)):
        got = ", ".join(map(str, positions))
        yield Fault(
            Rule.STEPS, explanation.id, f"steps are numbered from 1 without gaps, these are {got}"
        )
