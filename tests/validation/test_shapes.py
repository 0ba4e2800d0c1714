from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.namespace import Namespace
from tests.curated_graphs import WORDS, lines_of

from iatrograph.errors import UnreadableFile
from iatrograph.rdf.curated import read_curated
from iatrograph.rdf.rules import derive_by_rules
from iatrograph.validation.shacl import check_shapes, shapes_report
from iatrograph.vocabulary import PREFIXES, compact, expand, resource

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

SHAPE: Final = Namespace("https://w3id.org/iatrograph/shapes#")
ONTOLOGY: Final = resource("ontology")
USED: Final = ("ig", "id", "st", "cl", "src", "ref", "ex", "rdf", "rdfs", "skos", "dcterms")
HEAD: Final = "".join(
    f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in (*USED, "biolink", "xsd", "owl")
)
RIGHT: Final = """
id:drug a ig:Drug ; rdfs:label "drug" ; skos:altLabel "d" ; skos:definition "A drug."@en ;
    skos:exactMatch <http://purl.obolibrary.org/obo/CHEBI_1> ; skos:broader id:drugs .
id:drugs a ig:DrugClass ; rdfs:label "drugs" .
id:sign a ig:Effect, ig:Condition ; rdfs:label "sign" .
id:age a ig:Context ; rdfs:label "age" .
id:people a ig:Population ; rdfs:label "people" .
id:mouth a ig:Route ; rdfs:label "mouth" .
id:brain a ig:Anatomy ; rdfs:label "brain" .
<http://purl.obolibrary.org/obo/CHEBI_2.0> a ig:Drug ; rdfs:label "imported" .
src:one a ig:Source ; dcterms:title "One" ; ig:sourceKind ig:src-article ;
    dcterms:identifier "1" ; dcterms:description "d" ; dcterms:license <http://x.org/> ;
    ig:origin ref:work .
ref:work a ig:Reference ; dcterms:title "Work" ; dcterms:bibliographicCitation "W 2020" ;
    dcterms:identifier "PMID:1", "PMID:2" .
"""
"""Entities, a source and a reference without fault, for the claims below."""

CLAIM: Final = {
    "ig:affirms": "st:drug.hasSideEffect.sign",
    "dcterms:source": "src:one",
    "ig:certainty": "ig:cert-possible",
    "ig:evidenceLevel": "ig:ev-editorial",
    "ig:paraphrase": '"It may."',
    "ig:locator": '"paragraph 1"',
    "biolink:knowledge_level": '"knowledge_assertion"',
    "biolink:agent_type": '"manual_agent"',
}
STATEMENT: Final = {
    "rdf:subject": "id:drug",
    "rdf:predicate": "ig:hasSideEffect",
    "rdf:object": "id:sign",
}
ENTITY: Final = {"rdfs:label": '"x"'}
SOURCE: Final = {"dcterms:title": '"x"', "ig:sourceKind": "ig:src-article"}
REFERENCE: Final = {"dcterms:title": '"x"'}
EXPLANATION: Final = {
    "rdfs:label": '"x"',
    "dcterms:source": "src:one",
    "ig:explains": "st:drug.hasSideEffect.sign",
    "ig:explanationCertainty": "ig:cert-unknown",
    "ig:explanationParaphrase": '"x"',
    "ig:explanationLocator": '"x"',
}
STEP: Final = {
    "ig:position": "1",
    "ig:stepStatement": "st:drug.hasSideEffect.sign",
    "ig:direction": "ig:dir-raises",
    "ig:stepCertainty": "ig:cert-definite",
}
_numbers = count(2)


class Variant(NamedTuple):
    """One thing that is wrong: the Turtle, the subject at fault, the shape that has to say so."""

    shape: str
    subject: str
    turtle: str


def described(subject: str, cls: str, properties: dict[str, str]) -> str:
    """Return the Turtle of a subject; empty values are left out."""
    given = "".join(f" ;\n    {p} {value}" for p, value in properties.items() if value)
    return f"{_written(subject)} a {cls}{given} .\n"


def _written(name: str) -> str:
    """Write a name in full, since some wrong ones cannot be written with their prefix."""
    return name if name.startswith(("[", "<")) else f"<{expand(name)}>"


def claim(shape: str, changes: dict[str, str], subject: str = "") -> Variant:
    """Return a further claim on the one side effect, with changed properties."""
    subject = subject or f"cl:drug.hasSideEffect.sign.one.{next(_numbers)}"
    return Variant(shape, subject, described(subject, "ig:Claim", {**CLAIM, **changes}))


def entity(shape: str, changes: dict[str, str], cls: str = "ig:Drug") -> Variant:
    """Return a further entity."""
    subject = f"id:v{next(_numbers)}"
    return Variant(shape, subject, described(subject, cls, {**ENTITY, **changes}))


def statement(shape: str, changes: dict[str, str], subject: str = "", more: str = "") -> Variant:
    """Return a statement on a side effect of its own, with a claim about it."""
    end = f"v{next(_numbers)}"
    key = [*(changes.get(p, v) for p, v in STATEMENT.items())]
    key = [part.partition(":")[2].split(",")[0] or part for part in key]
    if "rdf:object" not in changes:
        key[2] = end
    subject = subject or "st:" + ".".join(key)
    this = described(subject, "ig:Statement", {**STATEMENT, "rdf:object": f"id:{end}", **changes})
    about = subject.replace("st:", "cl:") + ".one"
    body = described(f"id:{end}", "ig:Effect", ENTITY) + this + more
    return Variant(
        shape,
        subject,
        body + described(about, "ig:Claim", {**CLAIM, "ig:affirms": _written(subject)}),
    )


def source(shape: str, changes: dict[str, str]) -> Variant:
    """Return a further source."""
    subject = f"src:v{next(_numbers)}"
    return Variant(shape, subject, described(subject, "ig:Source", {**SOURCE, **changes}))


def reference(shape: str, changes: dict[str, str]) -> Variant:
    """Return a further reference."""
    subject = f"ref:v{next(_numbers)}"
    return Variant(shape, subject, described(subject, "ig:Reference", {**REFERENCE, **changes}))


def explanation(shape: str, changes: dict[str, str]) -> Variant:
    """Return a further explanation."""
    subject = f"ex:v{next(_numbers)}"
    return Variant(shape, subject, described(subject, "ig:Explanation", {**EXPLANATION, **changes}))


def step(shape: str, changes: dict[str, str], subject: str = "", of: str = "") -> Variant:
    """Return a further step, of an explanation of its own unless another is given."""
    name = f"ex:v{next(_numbers)}"
    subject = subject or f"{name}.1"
    own = described(name, "ig:Explanation", {**EXPLANATION, "ig:step": subject})
    this = described(subject, "ig:ExplanationStep", {**STEP, **changes})
    return Variant(shape, subject, (of or own) + this)


def wrong_value(name: str) -> str:
    """Return a value that a qualifier may not have."""
    qualifier = WORDS.qualifiers[name]
    if qualifier.scheme is not None:
        return "ig:src-label"
    if qualifier.kind == "text":
        return '"words"@en'
    if qualifier.kind == "number":
        return "1.5"
    return "src:one" if qualifier.range == "Entity" else "id:sign"


def two_values(name: str) -> str:
    """Return two values of which each would be right."""
    qualifier = WORDS.qualifiers[name]
    if qualifier.kind == "number":
        return "0.1, 0.2"
    if qualifier.scheme is None:
        return '"a", "b"' if qualifier.kind == "text" else "ref:work, ref:other"
    return ", ".join(
        f"ig:{c.iri.partition('#')[2]}" for c in WORDS.schemes[qualifier.scheme].concepts[:2]
    )


def qualifier_variants() -> list[Variant]:
    """Return, for each qualifier, a wrong value, too many, and none where one is mandatory."""
    found: list[Variant] = []
    for name, qualifier in WORDS.qualifiers.items():
        prop, shape = f"ig:{name}", f"Claim-{name}"
        found.append(claim(shape, {prop: wrong_value(name)}))
        if not qualifier.is_many:
            found.append(claim(shape, {prop: two_values(name)}))
        if qualifier.kind == "text":
            found.append(claim(shape, {prop: '""'}))
        if prop in CLAIM:
            found.append(claim(shape, {prop: ""}))
    return found


ST = "st:drug.hasSideEffect.sign"
HAND_MADE: Final = [
    # entities
    entity("Entity-label", {"rdfs:label": ""}),
    entity("Entity-label", {"rdfs:label": '"a", "b"'}),
    entity("Entity-label", {"rdfs:label": '"a"@en'}),
    entity("Entity-label", {"rdfs:label": '""'}),
    entity("Entity-altLabel", {"skos:altLabel": '"a"@en'}),
    entity("Entity-definition", {"skos:definition": '"plain"'}),
    entity("Entity-definition", {"skos:definition": '"deutsch"@de'}),
    entity("Entity-definition", {"skos:definition": '"a"@en, "b"@en'}),
    entity("Entity-exactMatch", {"skos:exactMatch": '"CHEBI:1"'}),
    entity("Entity-broader", {"skos:broader": "src:one"}),
    entity("Entity-broader", {"skos:broader": "id:nobody"}),
    entity("Entity-kind", {}, "ig:Entity"),
    entity("Entity-kind", {}, "ig:Mitigation"),
    entity("Intervention-not-Finding", {}, "ig:Drug, ig:Effect"),
    entity("Intervention-not-Mechanism", {}, "ig:DrugClass, ig:Target"),
    entity("Drug-not-Therapy", {}, "ig:Drug, ig:Therapy"),
    Variant("Entity", "[]", described("[]", "ig:Drug", ENTITY)),
    Variant("Record-not-Entity", "src:both", "src:both a ig:Drug, ig:Statement ."),
    # statements
    statement("Statement-subject", {"rdf:subject": ""}, "st:v.no.subject"),
    statement("Statement-subject", {"rdf:subject": "src:one"}, "st:v.wrong.subject"),
    statement("Statement-predicate", {"rdf:predicate": ""}, "st:v.no.predicate"),
    statement("Statement-predicate", {"rdf:predicate": "ig:hasSideEfect"}),
    statement("Statement-predicate", {"rdf:predicate": "ig:onlyIf"}),
    statement("Statement-object", {"rdf:object": ""}, "st:v.no.object"),
    statement("Statement-object", {"rdf:object": "id:nobody"}),
    Variant(
        "Statement-claims",
        "st:drug.usedFor.sign",
        described(
            "st:drug.usedFor.sign", "ig:Statement", {**STATEMENT, "rdf:predicate": "ig:usedFor"}
        ),
    ),
    Variant("Statement", "[]", described("[]", "ig:Statement", STATEMENT)),
    statement("Statement-support", {"ig:support": "1, 2"}),
    statement("Statement-opposition", {"ig:opposition": '"much"'}),
    statement("Statement-claimCount", {"ig:claimCount": "1.5"}),
    statement("Statement-lineageCount", {"ig:lineageCount": "1, 2"}),
    statement("Statement-asserted", {"ig:asserted": '"yes"'}),
    statement(
        "Statement-possibleConfoundingByIndication",
        {"ig:possibleConfoundingByIndication": "false"},
    ),
    statement("Statement-conditionalOn", {"ig:conditionalOn": "src:one"}),
    statement("Statement-derivedFrom", {"ig:derivedFrom": "id:age"}),
    statement("Statements-IRI", {}, "st:drug.hasSideEffect.another"),
    statement(
        "Statements-imported-IRI",
        {"rdf:subject": "<http://purl.obolibrary.org/obo/CHEBI_2.0>"},
        "st:CHEBI%3A2.0.hasSideEffect.x",
    ),
    statement("Relations-domain", {"rdf:subject": "id:age"}),
    statement("Relations-range", {"rdf:object": "id:age"}),
    statement("Relations-range", {"rdf:predicate": "ig:mitigates", "rdf:object": "id:people"}),
    statement("Relations-domain", {"rdf:predicate": "ig:mitigates", "rdf:subject": "id:age"}),
    statement("Relations-objectKind", {"rdf:predicate": "ig:callsFor", "rdf:subject": "id:sign"}),
    statement("Relations-objectKind", {"rdf:predicate": "ig:advisesAgainst"}),
    statement(
        "Relations-order",
        {"rdf:predicate": "ig:associatedWith", "rdf:subject": "id:sign", "rdf:object": "id:brain"},
    ),
    statement(
        "Relations-derived",
        {"rdf:predicate": "ig:modifiesRiskOf", "rdf:subject": "id:age", "rdf:object": "id:drug"},
    ),
    Variant("Relations-edge", "id:mouth", "id:mouth ig:associatedWith id:brain ."),
    # claims
    claim("Claim-stance", {"ig:affirms": ""}, "cl:no-stance"),
    claim("Claim-stance", {"ig:denies": "st:drug.treats.sign"}, "cl:two-stances"),
    claim("Claim-affirms-denies", {"ig:denies": ST}),
    claim("Claim-affirms-mixedOn", {"ig:mixedOn": ST}),
    claim("Claim-denies-mixedOn", {"ig:affirms": "", "ig:denies": ST, "ig:mixedOn": ST}),
    claim("Claim-affirms", {"ig:affirms": "id:drug"}, "cl:.one"),
    claim("Claim-denies", {"ig:affirms": "", "ig:denies": "id:drug"}, "cl:.one.2"),
    claim("Claim-mixedOn", {"ig:affirms": "", "ig:mixedOn": "id:drug"}, "cl:.one.3"),
    claim("Claim-about", {"ig:about": "id:drug"}),
    claim("Claim-source", {"dcterms:source": ""}),
    claim("Claim-source", {"dcterms:source": "id:drug"}, "cl:drug.hasSideEffect.sign."),
    claim("Claim-knowledge_level", {"biolink:knowledge_level": '"guess"'}),
    claim("Claim-knowledge_level", {"biolink:knowledge_level": ""}),
    claim("Claim-agent_type", {"biolink:agent_type": '"me"'}),
    claim("Claim-agent_type", {"biolink:agent_type": '"manual_agent", "not_provided"'}),
    claim("Claim-closed", {"ig:populaton": "id:people"}),
    claim("Claim-closed", {"ig:position": "1"}),
    claim("Claims-IRI", {}, "cl:drug.hasSideEffect.sign.two"),
    claim("Claims-IRI", {}, "cl:drug.hasSideEffect.sign.one.1"),
    claim("Denial-frequency", {"ig:affirms": "", "ig:denies": ST, "ig:frequency": "ig:freq-rare"}),
    Variant("Claim", "[]", described("[]", "ig:Claim", {**CLAIM, "dcterms:source": "src:one"})),
    # sources and references
    source("Source-title", {"dcterms:title": ""}),
    source("Source-title", {"dcterms:title": '"a"@en'}),
    source("Source-sourceKind", {"ig:sourceKind": ""}),
    source("Source-sourceKind", {"ig:sourceKind": "ig:cert-definite"}),
    source("Source-identifier", {"dcterms:identifier": '"a", "b"'}),
    source("Source-description", {"dcterms:description": '"a"@en'}),
    source("Source-license", {"dcterms:license": "5"}),
    source("Source-origin", {"ig:origin": "src:one"}),
    source("Source-closed", {"rdfs:label": '"x"'}),
    Variant("Source", "[]", described("[]", "ig:Source", SOURCE)),
    reference("Reference-title", {"dcterms:title": ""}),
    reference("Reference-bibliographicCitation", {"dcterms:bibliographicCitation": '"a", "b"'}),
    reference("Reference-identifier", {"dcterms:identifier": "ref:work"}),
    reference("Reference-closed", {"rdfs:label": '"x"'}),
    Variant("Reference", "[]", described("[]", "ig:Reference", REFERENCE)),
    # explanations
    explanation("Explanation-label", {"rdfs:label": ""}),
    explanation("Explanation-source", {"dcterms:source": ""}),
    explanation("Explanation-source", {"dcterms:source": "id:age"}),
    explanation("Explanation-explains", {"ig:explains": ""}),
    explanation("Explanation-explains", {"ig:explains": "id:age"}),
    explanation("Explanation-explanationCertainty", {"ig:explanationCertainty": ""}),
    explanation("Explanation-explanationCertainty", {"ig:explanationCertainty": "ig:sev-mild"}),
    explanation("Explanation-explanationHedge", {"ig:explanationHedge": '"a", "b"'}),
    explanation("Explanation-explanationParaphrase", {"ig:explanationParaphrase": ""}),
    explanation("Explanation-explanationLocator", {"ig:explanationLocator": ""}),
    explanation("Explanation-step", {"ig:step": "id:age"}),
    explanation("Explanation-closed", {"ig:hedge": '"may"'}),
    Variant("Explanation", "[]", described("[]", "ig:Explanation", EXPLANATION)),
    step("Step-position", {"ig:position": '"1"'}),
    step(
        "Step-position",
        {"ig:position": "0"},
        "ex:zero.0",
        of=described("ex:zero", "ig:Explanation", {**EXPLANATION, "ig:step": "ex:zero.0"}),
    ),
    step("Step-stepStatement", {"ig:stepStatement": ""}),
    step("Step-stepStatement", {"ig:stepStatement": "id:age"}),
    step("Step-direction", {"ig:direction": ""}),
    step("Step-direction", {"ig:direction": "ig:cert-definite"}),
    step("Step-stepCertainty", {"ig:stepCertainty": ""}),
    step("Step-stepCertainty", {"ig:stepCertainty": "ig:dir-raises"}),
    step("ExplanationStep-closed", {"ig:hedge": '"may"'}),
    step("Step-explanation", {}, "ex:base.7", of=" "),
    step("Steps-IRI", {}, "ex:somewhere.1"),
    step(
        "Steps-order",
        {"ig:position": "2"},
        "ex:gap.2",
        of=described("ex:gap", "ig:Explanation", {**EXPLANATION, "ig:step": "ex:gap.2"}),
    ),
    Variant("Step", "[]", described("[]", "ig:ExplanationStep", STEP)),
]
"""One wrong variant for each rule, beside the base that is right."""

BASE: Final = "".join(
    [
        HEAD,
        RIGHT,
        described("ref:other", "ig:Reference", REFERENCE),
        described(ST, "ig:Statement", STATEMENT),
        described("cl:drug.hasSideEffect.sign.one", "ig:Claim", CLAIM),
        described(
            "st:drug.treats.sign", "ig:Statement", {**STATEMENT, "rdf:predicate": "ig:treats"}
        ),
        described(
            "cl:drug.treats.sign.one", "ig:Claim", {**CLAIM, "ig:affirms": "st:drug.treats.sign"}
        ),
        described(
            "<https://w3id.org/iatrograph/statement/CHEBI%3A2%2E0.callsFor.age>",
            "ig:Statement",
            {
                "rdf:subject": "<http://purl.obolibrary.org/obo/CHEBI_2.0>",
                "rdf:predicate": "ig:advises",
                "rdf:object": "id:age",
            },
        ).replace("callsFor", "advises"),
        described(
            "<https://w3id.org/iatrograph/claim/CHEBI%3A2%2E0.advises.age.one>",
            "ig:Claim",
            {
                **CLAIM,
                "ig:affirms": "<https://w3id.org/iatrograph/statement/CHEBI%3A2%2E0.advises.age>",
            },
        ),
        described("ex:base", "ig:Explanation", {**EXPLANATION, "ig:step": "ex:base.1"}),
        described("ex:base.1", "ig:ExplanationStep", STEP),
    ]
)
"""Everything there is, in a form without fault."""


class Found(NamedTuple):
    """One result: the shape or SPARQL constraint, the subject it names, its message."""

    shape: str
    subject: str
    message: str


def _name(node: Node | None) -> str:
    return compact(str(node)) if isinstance(node, URIRef) else "[]"


def _found(turtle: str) -> list[Found]:
    data = Graph()
    for name in ("iatrograph.ttl", "schemes.ttl"):
        data.parse(ONTOLOGY / name)
    data.parse(data=turtle, format="turtle")
    report = shapes_report(data, ONTOLOGY)
    results: list[Found] = []
    for result in report.objects(predicate=SH.result):
        constraint = report.value(result, SH.sourceConstraint)
        shape = constraint or report.value(result, SH.sourceShape)
        node = report.value(result, SH.value if constraint else SH.focusNode)
        message = str(report.value(result, SH.resultMessage))
        results.append(Found(str(shape).removeprefix(SHAPE), _name(node), message))
    return results


VARIANTS: Final = [*HAND_MADE, *qualifier_variants()]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """Return the shapes as a graph."""
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="module")
def found() -> list[Found]:
    """Run the shapes once over the base and all variants together."""
    return _found(BASE + "".join(variant.turtle for variant in VARIANTS))


def test_the_base_passes() -> None:
    """What the variants are made from has no fault, so each rejection means something."""
    assert _found(BASE) == []


@pytest.mark.parametrize(
    "variant", VARIANTS, ids=[f"{number}-{v.shape}" for number, v in enumerate(VARIANTS)]
)
def test_a_wrong_variant_is_rejected_for_its_fault(
    variant: Variant, found: list[Found], shapes: Graph
) -> None:
    """Each variant is named by the shape that it breaks, with that shape's own message."""
    messages = [f.message for f in found if (f.shape, f.subject) == variant[:2]]
    right = str(shapes.value(SHAPE[variant.shape], SH.message))

    assert messages, [f for f in found if f.subject == variant.subject]
    assert all("{" in right or message == right for message in messages)


def test_nothing_else_is_rejected(found: list[Found]) -> None:
    """What is right beside the variants has no fault, and a variant has no fault but its own."""
    expected = {(variant.shape, variant.subject) for variant in VARIANTS} | SIDE_EFFECTS

    assert {(f.shape, f.subject) for f in found} - expected == set()


SIDE_EFFECTS: Final = {
    # Who takes two stances cannot have an IRI that is built from one statement.
    ("Claims-IRI", "cl:two-stances"),
    # What has no name cannot have the right one, and no claim.
    ("Claims-IRI", "[]"),
    ("Statements-IRI", "[]"),
    ("Statement-claims", "[]"),
    # An end that is no entity is in no domain or range, and has no part of the IRI.
    ("Relations-domain", "st:v.wrong.subject"),
    ("Statements-imported-IRI", "st:v.wrong.subject"),
    *(("Relations-range", v.subject) for v in VARIANTS if v.subject.endswith("Effect.nobody")),
    *(("Relations-domain", v.subject) for v in VARIANTS if ".onlyIf." in v.subject),
    # What is nothing but two classes lacks everything that either asks for.
    *((shape, "src:both") for shape in ("Entity-label", "Statement-subject", "Statement-object")),
    *((shape, "src:both") for shape in ("Statement-predicate", "Statement-claims")),
    # A step without a name or with a position that is no number has no place.
    ("Step-explanation", "[]"),
    *(("Steps-order", v.subject) for v in VARIANTS if v.shape == "Step-position"),
}
"""What else is wrong with a variant by force of its own fault."""


def _constraints(shapes: Graph) -> set[str]:
    """Return the names of all shapes that reject anything by themselves."""
    rejecting = {SH.nodeKind, SH["not"], SH.closed}
    return {
        str(shape).removeprefix(SHAPE)
        for shape in shapes.subjects(unique=True)
        if str(shape).startswith(SHAPE)
        and (
            (shape, RDF.type, SH.PropertyShape) in shapes
            or (shape, SH.select, None) in shapes
            or any((shape, p, None) in shapes for p in rejecting)
        )
    }


def test_every_shape_is_exercised(shapes: Graph) -> None:
    """No shape stands in shapes.ttl without a variant that it rejects."""
    assert _constraints(shapes) == {variant.shape for variant in VARIANTS}


@pytest.mark.parametrize("name", WORDS.qualifiers)
def test_every_qualifier_has_its_shape(name: str, shapes: Graph) -> None:
    """Cardinality and values of a qualifier are the same in ontology and shapes."""
    qualifier, shape = WORDS.qualifiers[name], SHAPE[f"Claim-{name}"]
    scheme = shapes.value(shape, SH.node)
    cls, datatype = shapes.value(shape, SH["class"]), shapes.value(shape, SH.datatype)

    of_all = (SHAPE.Claim, SH.property, shape) in shapes
    assert of_all == (shapes.value(shape, SH.minCount) is not None)
    assert of_all or (shape, SH.targetSubjectsOf, URIRef(qualifier.iri)) in shapes
    assert str(shapes.value(shape, SH.path)) == qualifier.iri
    assert (shapes.value(shape, SH.maxCount) is None) == qualifier.is_many
    assert (scheme and str(scheme).removeprefix(SHAPE)) == qualifier.scheme
    if qualifier.kind == "text":
        assert str(datatype) == PREFIXES["xsd"] + "string"
    elif qualifier.kind == "number":
        assert str(datatype) == PREFIXES["xsd"] + "decimal"
    elif qualifier.scheme is None:
        assert str(cls) == PREFIXES["ig"] + qualifier.range


def test_the_mini_graph_conforms(mini: Path) -> None:
    """The tiny graph breaks no shape."""
    assert check_shapes(mini) == ()


@pytest.mark.slow
def test_the_bundled_graph_conforms(checkout: Path) -> None:
    """graph/ breaks no shape."""
    assert check_shapes(checkout / "graph") == ()


def test_problems_have_their_file_and_line(tmp_path: Path) -> None:
    """A result is told at the subject that the files describe, with the value at fault."""
    turtle = BASE.replace('ig:paraphrase "It may."', "ig:degree ig:sev-mild", 1)
    for prefix in ("st:", "statement/"):
        turtle = turtle.replace(f"{prefix}drug.treats.sign", f"{prefix}drug.treat.sign")
    (tmp_path / "all.ttl").write_text(turtle)
    problems = check_shapes(tmp_path)
    lines = turtle.splitlines()

    assert {problem.path for problem in problems} == {str(tmp_path / "all.ttl")}
    assert all(lines[p.line - 1].startswith(f"<{expand(p.term)}> a ") for p in problems)
    messages = " ".join(str(problem) for problem in problems)
    assert "A claim has at most one ig:degree, from ig:DegreeScheme. Found ig:sev-mild." in messages
    assert "A claim has exactly one ig:paraphrase" in messages
    assert "they give st:drug.treats.sign" in messages


def test_malformed_turtle_is_told(tmp_path: Path) -> None:
    """A file that is not Turtle is an unreadable file with its line."""
    (tmp_path / "all.ttl").write_text("\nid:a")

    with pytest.raises(UnreadableFile, match=r"all\.ttl:2"):
        check_shapes(tmp_path)


def test_a_folder_without_shapes_is_told(tmp_path: Path, mini: Path) -> None:
    """The ontology may be another folder; what is missing there is named."""
    with pytest.raises(UnreadableFile, match=r"iatrograph\.ttl"):
        check_shapes(mini, tmp_path)


def test_what_is_derived_conforms_as_well(mini: Path) -> None:
    """The shapes may be run over curated triples together with what the rules add to them."""
    lines = list(lines_of(read_curated(mini, WORDS).contribution))

    assert _found("".join([*lines, *derive_by_rules(lines)])) == []
