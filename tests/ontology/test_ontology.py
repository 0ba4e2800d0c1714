from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

import owlrl  # type: ignore[import-untyped]
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from iatrograph.vocabulary import PREFIXES, compact, resource

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

    from iatrograph.vocabulary import Ontology

IG: Final = Namespace(PREFIXES["ig"])
FOLDER: Final = resource("ontology")
ROLE_KINDS: Final = {"AdverseEffect": "Finding", "Mitigation": "Intervention"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Return ontology and schemes as one graph."""
    return Graph().parse(FOLDER / "iatrograph.ttl").parse(FOLDER / "schemes.ttl")


def own(graph: Graph) -> list[URIRef]:
    """Return the project's own terms."""
    subjects = set(graph.subjects())
    return sorted(s for s in subjects if isinstance(s, URIRef) and s.startswith(IG))


def test_every_term_is_named_and_defined(graph: Graph) -> None:
    """Each term has one plain label and one English definition that ends as a sentence."""
    for term in own(graph):
        labels, definitions = (
            [*graph.objects(term, RDFS.label)],
            [*graph.objects(term, SKOS.definition)],
        )
        assert [type(x) for x in labels] == [Literal], compact(str(term))
        assert [getattr(x, "language", "") for x in labels] == [None], compact(str(term))
        assert [getattr(x, "language", "") for x in definitions] == ["en"], compact(str(term))
        assert str(definitions[0]).endswith("."), compact(str(term))


def test_every_relation_reads_backwards(graph: Graph, ontology: Ontology) -> None:
    """Each relation has an inverse label, a domain and a range."""
    for name in (*ontology.relations, "relatedTo"):
        for prop in (IG.inverseLabel, RDFS.domain, RDFS.range):
            assert len([*graph.objects(IG[name], prop)]) == 1, f"{name}: {compact(str(prop))}"


def _kind(graph: Graph, term: URIRef, ontology: Ontology) -> str:
    name = str(term).removeprefix(str(IG))
    if scheme := graph.value(term, SKOS.inScheme):
        return f"concept of {scheme}"
    for kind in ("classes", "relations", "qualifiers", "schemes"):
        if name in getattr(ontology, kind):
            return kind
    return str(graph.value(term, RDF.type))


def test_no_two_terms_of_a_kind_share_a_label(graph: Graph, ontology: Ontology) -> None:
    """A label names one class, one relation, one qualifier, one concept of a scheme."""
    named = Counter(
        (_kind(graph, term, ontology), str(graph.value(term, RDFS.label))) for term in own(graph)
    )

    assert [both for both, count in named.items() if count > 1] == []


def test_no_two_relations_read_alike(ontology: Ontology) -> None:
    """A relation's two readings are its own, except that a symmetric one reads the same twice."""
    readings = Counter(
        reading
        for relation in ontology.relations.values()
        for reading in {relation.label, relation.inverse_label}
    )

    assert [reading for reading, count in readings.items() if count > 1] == []


def test_concepts_are_keyed_within_their_scheme(graph: Graph, ontology: Ontology) -> None:
    """Each concept has one scheme that exists and a notation that is its own there."""
    for scheme in ontology.schemes.values():
        assert (URIRef(scheme.iri), RDF.type, SKOS.ConceptScheme) in graph
        assert len(scheme.by_key) == len(scheme.concepts), scheme.name
        assert all(concept.key for concept in scheme.concepts), scheme.name
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert len([*graph.objects(concept, SKOS.inScheme)]) == 1, compact(str(concept))


def test_every_evidence_level_has_a_weight(ontology: Ontology) -> None:
    """Evidence is weighed, so no level may lack a weight from 0 to 8."""
    weights = {c.key: c.weight for c in ontology.schemes["EvidenceScheme"].concepts}

    assert {
        key for key, weight in weights.items() if weight is None or not 0 <= weight <= 8
    } == set()


DIMENSIONS: Final = {
    "certainty": ("certainty",),
    "the hedge words themselves": ("hedge",),
    "a third participant the claim is limited to": ("onlyIf",),
    "what makes it likelier, less likely or worse": ("likelierWith", "lessLikelyWith", "worseWith"),
    "kind of evidence": ("evidenceLevel",),
    "frequency or share": (
        "frequency",
        "frequencyWords",
        "frequencyLow",
        "frequencyHigh",
        "comparatorFrequencyWords",
    ),
    "what a data set calls it": ("originalPredicate", "originalId", "publication"),
    "the reference as cited": ("citedReference",),
    "doubt about the reference": ("referenceFit", "referenceDoubt"),
    "attribution inside the source": ("attributedTo",),
    "population": ("population",),
    "degree of effect": ("degree",),
    "directive force, urgency and addressee of advice": ("force", "urgency", "addressee"),
    "severity or seriousness": ("severity", "severityWords"),
    "basis of benefit": ("basis",),
    "line of therapy": ("lineOfTherapy",),
    "scope": ("scope",),
    "timing, course, trigger": ("timing", "course", "trigger"),
    "dose in words": ("doseText",),
    "site": ("site",),
    "mode": ("mode",),
    "how a drug acts on a target": ("action",),
    "route or device": ("route",),
    "setting or goal": ("setting", "goal"),
    "comparator": ("comparator",),
    "dechallenge, confounder, expectedness": ("dechallenge", "confounder", "expectedness"),
    "independent lineages": ("lineage",),
    "the curator's verdict": ("rank",),
    "paraphrase and locator": ("paraphrase", "locator"),
}
"""Each dimension of what a source may say, and the qualifiers that hold it."""


def test_every_dimension_is_a_qualifier_and_every_qualifier_a_dimension(ontology: Ontology) -> None:
    """Nothing that the articles say goes into a catch-all, and no qualifier is without a use."""
    named = [name for names in DIMENSIONS.values() for name in names]

    assert sorted(named) == sorted(ontology.qualifiers)


def test_dimensions_that_are_not_qualifiers_have_terms(graph: Graph) -> None:
    """Polarity is a property of its own; the direction of a step stands on the step."""
    for name in ("affirms", "denies", "mixedOn", "direction", "stepCertainty"):
        assert (IG[name], RDF.type, OWL.ObjectProperty) in graph, name


@pytest.mark.parametrize(
    ("scheme", "keys"),
    [
        (
            "CertaintyScheme",
            {
                "definite",
                "probable",
                "possible",
                "reported",
                "recommended",
                "unknown",
                "not-stated",
            },
        ),
        (
            "EvidenceScheme",
            {
                *("guideline", "review", "trial", "observational", "case-report", "label"),
                *("unresolved", "anecdote", "editorial"),
            },
        ),
        ("AttributionScheme", {"member", "relative", "patients"}),
        ("BasisScheme", {"use", "efficacy", "approval"}),
        ("ReferenceFitScheme", {"fits", "other-subject", "unresolved"}),
    ],
)
def test_schemes_hold_what_the_articles_need(
    ontology: Ontology, scheme: str, keys: set[str]
) -> None:
    """Levels that are easily confused are each a value of their own."""
    assert keys <= set(ontology.schemes[scheme].by_key)


# ---------- OWL 2 RL: only what is listed here may stand in the ontology

CLASS_AXIOMS: Final = {RDFS.subClassOf}
PROPERTY_AXIOMS: Final = {RDFS.subPropertyOf, RDFS.domain, RDFS.range}
ANNOTATIONS: Final = {RDFS.label, RDFS.comment, SKOS.definition, SKOS.altLabel, SH.declare}
TYPES: Final = {
    OWL.Ontology,
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.FunctionalProperty,
    OWL.SymmetricProperty,
    OWL.AllDisjointClasses,
    SKOS.ConceptScheme,
    SKOS.Concept,
}
DATATYPES: Final = {XSD.string, XSD.integer, XSD.boolean, XSD.decimal}
"""Datatypes that OWL 2 RL has."""


def _strange(graph: Graph) -> list[str]:
    """Return triples that are none of the few constructs the profile check knows."""
    annotations = {*ANNOTATIONS, *graph.subjects(RDF.type, OWL.AnnotationProperty)}
    return [
        f"{compact(str(s))} {compact(str(p))} {o}"
        for s, p, o in graph
        if not _is_allowed(graph, s, p, o, annotations)
    ]


def _is_allowed(graph: Graph, s: Node, p: Node, o: Node, annotations: set[Node]) -> bool:
    types = set(graph.objects(s, RDF.type))
    if p == RDF.type:
        return o in TYPES
    if p in annotations:
        return True
    if p in CLASS_AXIOMS:
        return isinstance(o, URIRef) and (o, RDF.type, OWL.Class) in graph
    if p in PROPERTY_AXIOMS:
        return isinstance(o, URIRef) and (o in DATATYPES or _is_declared(graph, o))
    if OWL.Ontology in types:
        return True
    if isinstance(s, BNode):
        return p in {OWL.members, RDF.first, RDF.rest, SH.prefix, SH.namespace}
    return bool(types & {SKOS.Concept, SKOS.ConceptScheme}) and p in {
        SKOS.inScheme,
        SKOS.notation,
        IG.weight,
    }


def _is_declared(graph: Graph, term: URIRef) -> bool:
    return term == SKOS.Concept or (term, RDF.type, None) in graph


def test_the_ontology_stays_inside_owl_2_rl(graph: Graph) -> None:
    """Only named classes and properties, and axioms that the profile allows."""
    assert _strange(graph) == []


@pytest.mark.parametrize(
    "axiom",
    [
        "ig:Drug rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ig:treats ; "
        "owl:someValuesFrom ig:Finding ] .",
        "ig:Drug owl:unionOf ( ig:Therapy ig:Effect ) .",
        "ig:treats a owl:ReflexiveProperty .",
        "ig:treats owl:inverseOf ig:binds .",
        "ig:weight rdfs:range xsd:positiveInteger, owl:real .",
    ],
)
def test_what_is_outside_the_profile_is_seen(graph: Graph, axiom: str) -> None:
    """The check of the profile is not blind."""
    found = Graph()
    for triple in graph:
        found.add(triple)
    prefixes = "".join(
        f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("ig", "rdfs", "owl", "xsd", "rdf")
    )
    found.parse(data=prefixes + axiom, format="turtle")

    assert _strange(found)


def _is_consistent(*parts: Path | str) -> bool:
    """Close a graph under the OWL 2 RL rules and look for an inconsistency."""
    graph = Graph()
    for part in (FOLDER / "iatrograph.ttl", FOLDER / "schemes.ttl", *parts):
        if isinstance(part, str):
            graph.parse(data=part, format="turtle")
        else:
            graph.parse(part)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
    return not [*graph.subjects(RDF.type, error)]


def test_the_ontology_is_consistent_with_a_graph(mini: Path) -> None:
    """Nothing in ontology and tiny graph contradicts under OWL 2 RL."""
    assert _is_consistent(mini / "mini.ttl")


@pytest.mark.slow
def test_the_bundled_graph_is_consistent(checkout: Path) -> None:
    """Nothing in ontology and graph/ contradicts under OWL 2 RL."""
    assert _is_consistent(*sorted((checkout / "graph").rglob("*.ttl")))


@pytest.mark.parametrize("cls", ["Effect", "Therapy", "Claim"])
def test_an_injected_inconsistency_is_found(mini: Path, cls: str) -> None:
    """A drug that is also something else is a contradiction."""
    line = f"<{PREFIXES['id']}testol> a <{IG[cls]}> ."

    assert not _is_consistent(mini / "mini.ttl", line)


def test_disjoint_classes_are_read(graph: Graph, ontology: Ontology) -> None:
    """Each list of the ontology that has two classes of entities is known to the code."""
    groups = {
        frozenset(str(c).removeprefix(str(IG)) for c in Collection(graph, members))
        for members in graph.objects(predicate=OWL.members)
    }

    assert {g for g in groups if len(g & set(ontology.classes)) > 1} == set(
        ontology.disjoint_classes
    )


def test_imported_prefixes_are_declared(graph: Graph) -> None:
    """The prefixes that rules and shapes read are those of context.jsonld."""
    context = json.loads((FOLDER / "context.jsonld").read_text("utf-8"))["@context"]
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(predicate=SH.declare)
    }

    assert declared.items() <= context.items()
    assert {p for p in context if p in PREFIXES and "w3" not in PREFIXES[p]} <= declared.keys() | {
        "dcterms"
    }


def test_relations_fit_their_parents(ontology: Ontology) -> None:
    """A relation's ends are of classes that its super-relations allow."""
    for relation in ontology.relations.values():
        for above in relation.ancestors[1:]:
            for end in ("domain", "range"):
                mine = ontology.kind_of_role(getattr(relation, end))
                theirs = ontology.kind_of_role(getattr(ontology.relations[above], end))
                assert theirs in ontology.classes[mine].ancestors, f"{relation.name} {end} {above}"
