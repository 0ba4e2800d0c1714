"""Descriptions to model values, one function for each class of thing that curators write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.errors import Rule
from iatrograph.model import (
    Claim,
    Entity,
    Explanation,
    Reference,
    Source,
    Stance,
    StatementKey,
    Step,
)
from iatrograph.model.conformance import MANDATORY, MANDATORY_WHEN_CURATED
from iatrograph.rdf.documents import RDF_TYPE
from iatrograph.rdf.terms import BIOLINK, IG
from iatrograph.vocabulary import PREFIXES, compact, contract, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iatrograph.rdf.fields import Fields
    from iatrograph.vocabulary import Ontology, Qualifier

_RDF: Final = PREFIXES["rdf"]
_RDFS: Final = PREFIXES["rdfs"]
_SKOS: Final = PREFIXES["skos"]
_DCTERMS: Final = PREFIXES["dcterms"]

RECORD_CLASSES: Final = (
    "Statement",
    "Claim",
    "Source",
    "Reference",
    "Explanation",
    "ExplanationStep",
)
"""The classes that are not entities."""


def _own_id(fields: Fields, prefix: str) -> str:
    iri = fields.description.iri
    if not iri.startswith(PREFIXES[prefix]):
        fields.note(Rule.IRI, f"its IRI has to begin with {prefix}: ({PREFIXES[prefix]})")
    return iri.removeprefix(PREFIXES[prefix])


def read_entity(fields: Fields) -> Entity | None:
    """Read an entity; its classes are held against the ontology elsewhere."""
    names = [compact(iri).removeprefix("ig:") for iri in fields.description.types]
    order = {cls.name: n for n, cls in enumerate(fields.ontology.concrete_classes)}
    label = fields.text(_RDFS + "label", required=True)
    entity = Entity(
        id=contract(fields.description.iri),
        label=label or "",
        kinds=tuple(sorted(names, key=lambda name: order.get(name, len(order)))),
        synonyms=fields.texts(_SKOS + "altLabel"),
        definition=fields.text(_SKOS + "definition", language="en"),
        identifiers=tuple(sorted(map(contract, fields.iris(_SKOS + "exactMatch")))),
        broader=fields.entities(_SKOS + "broader"),
    )
    fields.finish()
    return entity if label is not None else None


def _licence(fields: Fields) -> str | None:
    """Read a licence: an address as an IRI, a name as text."""
    prop = _DCTERMS + "license"
    if any(str(value).startswith("<") for value in fields.description.all(prop)):
        return next(iter(fields.iris(prop, most=1)), None)
    text = fields.text(prop)
    if text is not None and text.startswith(("http://", "https://")):
        fields.note(
            Rule.FORM, "dcterms:license is an address; write it as an IRI, in angle brackets", prop
        )
    return text


def read_source(fields: Fields) -> Source | None:
    """Read a source."""
    title = fields.text(_DCTERMS + "title", required=True)
    kinds = fields.concepts(IG + "sourceKind", "SourceKindScheme", least=1, most=1)
    identifier = fields.text(_DCTERMS + "identifier")
    description = fields.text(_DCTERMS + "description")
    licence = _licence(fields)
    origins = fields.named(IG + "origin", "ref", most=1)
    fields.finish()
    name = _own_id(fields, "src")
    if title is None or not kinds:
        return None
    return Source(name, title, kinds[0], identifier, description, licence, *origins)


def read_reference(fields: Fields) -> Reference | None:
    """Read a reference."""
    title = fields.text(_DCTERMS + "title", required=True)
    citation = fields.text(_DCTERMS + "bibliographicCitation")
    identifiers = fields.texts(_DCTERMS + "identifier")
    fields.finish()
    name = _own_id(fields, "ref")
    return None if title is None else Reference(name, title, citation, identifiers)


def read_statement(fields: Fields) -> StatementKey | None:
    """Read a statement; its IRI has to be built from its three parts."""
    subjects = fields.entities(_RDF + "subject", least=1, most=1)
    relations = fields.iris(_RDF + "predicate", least=1, most=1)
    objects = fields.entities(_RDF + "object", least=1, most=1)
    fields.finish()
    if not (subjects and relations and objects):
        return None
    relation = compact(relations[0]).removeprefix("ig:")
    key = StatementKey(subjects[0], relation, objects[0])
    if fields.description.iri != PREFIXES["st"] + key.id:
        fields.note(Rule.IRI, f"its IRI is not built from its parts; they give st:{key.id}")
    return key


def _statements(
    fields: Fields, prop: str, known: Mapping[str, StatementKey], least: int = 0
) -> tuple[StatementKey, ...]:
    found: list[StatementKey] = []
    for iri in fields.iris(prop, least=least):
        if iri in known:
            found.append(known[iri])
        else:
            names = [iri.removeprefix(PREFIXES["st"]) for iri in known]
            hint = did_you_mean(iri.removeprefix(PREFIXES["st"]), names)
            fields.note(
                Rule.DESCRIBED,
                f"nobody describes the statement {compact(iri)}{hint or '; describe it'}",
                iri,
            )
    return tuple(sorted(found))


def _qualifier_values(fields: Fields, qualifier: Qualifier) -> tuple[str, ...]:
    most = None if qualifier.is_many else 1
    if qualifier.scheme is not None:
        return fields.concepts(qualifier.iri, qualifier.scheme, most=most)
    if qualifier.kind == "text":
        return fields.texts(qualifier.iri, most=most)
    if qualifier.kind == "number":
        return fields.decimals(qualifier.iri, most=most)
    if qualifier.kind == "reference":
        return fields.named(qualifier.iri, "ref", most=most)
    return fields.entities(qualifier.iri, most=most)


def _stance(
    fields: Fields, known: Mapping[str, StatementKey]
) -> tuple[Stance, StatementKey] | None:
    described = [s for s in Stance if fields.description.all(IG + s.value)]
    taken = [(s, key) for s in Stance for key in _statements(fields, IG + s.value, known)]
    if not described:
        fields.note(
            Rule.STANCE, "no stance; write ig:affirms, ig:denies or ig:mixedOn and the statement"
        )
    if len(described) > 1 or len(taken) > 1:
        names = " and ".join(f"ig:{stance.value}" for stance in described)
        fields.note(
            Rule.STANCE, f"more than one stance ({names}); a claim takes one: make two claims"
        )
        return None
    return taken[0] if taken else None


def read_claim(fields: Fields, statements: Mapping[str, StatementKey]) -> Claim | None:
    """Read a claim, given the statements by IRI."""
    stance = _stance(fields, statements)
    sources = fields.named(_DCTERMS + "source", "src", least=1, most=1)
    qualifiers = {
        name: values
        for name, qualifier in fields.ontology.qualifiers.items()
        if (values := _qualifier_values(fields, qualifier))
    }
    mandatory = [fields.ontology.qualifiers[name] for name in (*MANDATORY, *MANDATORY_WHEN_CURATED)]
    level = fields.text(BIOLINK + "knowledge_level", required=True)
    agent = fields.text(BIOLINK + "agent_type", required=True)
    fields.finish()
    name = _own_id(fields, "cl")
    unread = any(q.iri in fields.description.values and q.name not in qualifiers for q in mandatory)
    if stance is None or not sources or level is None or agent is None or unread:
        return None
    return Claim(name, stance[1], stance[0], sources[0], qualifiers, level, agent)


def _step(fields: Fields, statements: Mapping[str, StatementKey]) -> Step | None:
    position = fields.number(IG + "position")
    keys = _statements(fields, IG + "stepStatement", statements, least=1)
    directions = fields.concepts(IG + "direction", "DirectionScheme", least=1, most=1)
    certainties = fields.concepts(IG + "stepCertainty", "CertaintyScheme", least=1, most=1)
    fields.finish()
    if len(keys) > 1:
        fields.note(
            Rule.CARDINALITY, "more than one ig:stepStatement; a step has one: make two steps"
        )
    if position is None or len(keys) != 1:
        return None
    return Step(position, keys[0], *directions, *certainties)


def _check_step_name(fields: Fields, explanation: str, position: int) -> None:
    right = f"{explanation}.{position}"
    if fields.description.iri != PREFIXES["ex"] + right:
        fields.note(
            Rule.IRI, f"its IRI is not built from explanation and position; they give ex:{right}"
        )


def _steps(
    fields: Fields, steps: Mapping[str, Fields], statements: Mapping[str, StatementKey]
) -> tuple[Step, ...]:
    found: list[Step] = []
    for iri in fields.iris(IG + "step"):
        if iri not in steps:
            hint = did_you_mean(compact(iri), map(compact, steps)) or "; describe it"
            fields.note(Rule.DESCRIBED, f"nobody describes the step {compact(iri)}{hint}", iri)
        elif step := _step(steps[iri], statements):
            name = fields.description.iri.removeprefix(PREFIXES["ex"])
            _check_step_name(steps[iri], name, step.position)
            found.append(step)
    return tuple(sorted(found, key=lambda step: step.position))


def read_explanation(
    fields: Fields, steps: Mapping[str, Fields], statements: Mapping[str, StatementKey]
) -> Explanation | None:
    """Read an explanation, given the steps and the statements by IRI."""
    label = fields.text(_RDFS + "label", required=True)
    sources = fields.named(_DCTERMS + "source", "src", least=1, most=1)
    certainty = fields.concepts(IG + "explanationCertainty", "CertaintyScheme", least=1, most=1)
    explains = _statements(fields, IG + "explains", statements, least=1)
    hedge = fields.text(IG + "explanationHedge")
    paraphrase = fields.text(IG + "explanationParaphrase", required=True)
    locator = fields.text(IG + "explanationLocator", required=True)
    found = _steps(fields, steps, statements)
    fields.finish()
    name = _own_id(fields, "ex")
    if label is None or not sources or not certainty:
        return None
    source, certain = sources[0], certainty[0]
    return Explanation(name, label, explains, source, certain, hedge, paraphrase, locator, found)


def class_of(types: Iterable[str]) -> str:
    """Return the record class that the types name, or ``Entity``."""
    names = {iri.removeprefix(IG) for iri in types}
    return next((name for name in RECORD_CLASSES if name in names), "Entity")


def check_types(fields: Fields, ontology: Ontology) -> None:
    """Note classes that nobody knows or may write, and a record that is something else as well."""
    concrete = {cls.name for cls in ontology.concrete_classes}
    writable = sorted(f"ig:{name}" for name in {*concrete, *RECORD_CLASSES})
    types = fields.description.all(RDF_TYPE)
    if not types:
        fields.note(Rule.CLASS, "no class; write a and one of " + ", ".join(writable))
    for value in types:
        name = compact(value.value) if hasattr(value, "value") else str(value)
        if name not in writable:
            hint = did_you_mean(name, writable) or f"; write one of {', '.join(writable)}"
            role = " (a role: inferred from use, never written)" if _is_role(name, ontology) else ""
            fields.note(
                Rule.CLASS, f"unknown class {name}{role}{hint}", f"{getattr(value, 'value', '')}"
            )
    if len(types) > 1 and class_of(fields.description.types) != "Entity":
        fields.note(Rule.CLASS, "a record has one class; take the others away", RDF_TYPE)


def _is_role(name: str, ontology: Ontology) -> bool:
    found = ontology.classes.get(name.removeprefix("ig:"))
    return found is not None and found.is_role
