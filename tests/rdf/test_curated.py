from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iatrograph.errors import InvalidGraph, Rule, UnreadableFile
from iatrograph.model import Stance, StatementKey
from iatrograph.rdf.curated import read_curated

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.vocabulary import Ontology

PREFIXES = """\
@prefix biolink: <https://w3id.org/biolink/vocab/> .
@prefix cl: <https://w3id.org/iatrograph/claim/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://w3id.org/iatrograph/explanation/> .
@prefix id: <https://w3id.org/iatrograph/id/> .
@prefix ig: <https://w3id.org/iatrograph/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ref: <https://w3id.org/iatrograph/reference/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix src: <https://w3id.org/iatrograph/source/> .
@prefix st: <https://w3id.org/iatrograph/statement/> .

"""
CHEBI = "http://purl.obolibrary.org/obo/CHEBI_"
BASE = """\
id:drug a ig:Drug ; rdfs:label "drug" ; skos:broader id:drugs .
id:drugs a ig:DrugClass ; rdfs:label "drugs" .
id:other a ig:Drug ; rdfs:label "other" .
id:sign a ig:Effect ; rdfs:label "sign" .
id:age a ig:Context ; rdfs:label "age" .
id:people a ig:Population ; rdfs:label "people" .
src:one a ig:Source ; dcterms:title "One" ; ig:sourceKind ig:src-article .
ref:work a ig:Reference ; dcterms:title "Work" .
st:drug.hasSideEffect.sign a ig:Statement ;
    rdf:subject id:drug ;
    rdf:predicate ig:hasSideEffect ;
    rdf:object id:sign .
cl:drug.hasSideEffect.sign.one a ig:Claim ;
    ig:affirms st:drug.hasSideEffect.sign ;
    dcterms:source src:one ;
    biolink:agent_type "manual_agent" ;
    biolink:knowledge_level "knowledge_assertion" ;
    ig:certainty ig:cert-possible ;
    ig:evidenceLevel ig:ev-editorial ;
    ig:population id:people ;
    ig:locator "paragraph 1" ;
    ig:paraphrase "It can." .
ex:how a ig:Explanation ;
    rdfs:label "how" ;
    dcterms:source src:one ;
    ig:explains st:drug.hasSideEffect.sign ;
    ig:explanationCertainty ig:cert-unknown ;
    ig:explanationParaphrase "Somehow." ;
    ig:explanationLocator "paragraph 2" ;
    ig:step ex:how.1 .
ex:how.1 a ig:ExplanationStep ;
    ig:position 1 ;
    ig:stepStatement st:drug.hasSideEffect.sign ;
    ig:direction ig:dir-unsigned ;
    ig:stepCertainty ig:cert-possible .
"""


def written(folder: Path, body: str = BASE) -> Path:
    """Write a file of curated Turtle and return its folder."""
    (folder / "all.ttl").write_text(PREFIXES + body, "utf-8")
    return folder


def line_of(body: str, text: str, subject: str = "") -> int:
    """Return the 1-based line, from that of a subject on, that has the text."""
    lines = list(enumerate((PREFIXES + body).splitlines(), start=1))
    first = next((n for n, line in lines if line.startswith(f"{subject} a")), 1)
    return next(n for n, line in lines if n >= first and text in line)


def test_the_base_is_right(tmp_path: Path, ontology: Ontology) -> None:
    """What the wrong variants are made from has no fault."""
    contribution = read_curated(written(tmp_path), ontology).contribution

    (claim,) = contribution.claims
    assert claim.stance is Stance.AFFIRMS
    assert claim.statement == StatementKey("drug", "hasSideEffect", "sign")
    assert claim.many("population") == ("people",)


def test_the_mini_graph_reads(mini: Path, ontology: Ontology) -> None:
    """Entities, sources, claims and explanations become values, sorted by id."""
    read = read_curated(mini, ontology)
    contribution = read.contribution

    assert [source.id for source in contribution.sources] == ["one", "two"]
    assert [claim.id for claim in contribution.claims] == sorted(
        claim.id for claim in contribution.claims
    )
    testol = next(entity for entity in contribution.entities if entity.id == "testol")
    assert testol.identifiers == ("CHEBI:1",)
    assert testol.broader == ("testols",)
    place = read.places["https://w3id.org/iatrograph/id/fever"]
    assert (place.path, place.line) == (mini / "mini.ttl", 13)


# What is replaced in BASE by what; the text of the line that is named; the subject; the message.
WRONG = [
    ("ig:Effect", "ig:Efect", "ig:Efect", "id:sign", "unknown class ig:Efect; did you mean ig:Eff"),
    ("ig:Effect", "ig:AdverseEffect", "ig:Adv", "id:sign", "a role: inferred from use"),
    ("ig:Effect", "ig:Effect, ig:Drug", "id:sign", "id:sign", "Finding and Intervention at once"),
    ('label "drug"', 'label "drug"@en', '"drug"@en', "id:drug", "has to have no language tag"),
    ('label "drug"', "label 5", "label 5", "id:drug", "has to be a plain string"),
    ('label "drug"', "label id:drug", "label id", "id:drug", "has to be text"),
    ('label "drug"', 'label " drug"', '" drug"', "id:drug", "begins or ends with a space"),
    ('label "drug"', 'label ""', 'label ""', "id:drug", "label is empty"),
    ('rdfs:label "drug"', 'rdfs:labl "drug"', "labl", "id:drug", "did you mean rdfs:label"),
    ('label "drug"', 'label "drug", "x"', '"x"', "id:drug", "rdfs:label has 2 values; keep 1"),
    ('label "other"', 'label "Drug"', '"Drug"', "id:other", "is also that of drug; tell"),
    (
        "skos:broader id:drugs",
        "skos:broader id:drugz",
        "drugz",
        "id:drug",
        "did you mean drug or drugs?",
    ),
    ("skos:broader id:drugs", "skos:broader id:drug", "id:drug ", "id:drug", "break the circle"),
    ("ig:src-article", "ig:src-artikel", "artikel", "src:one", "did you mean ig:src-article"),
    ('dcterms:title "One" ; ', "", "src:one a", "src:one", "dcterms:title is missing; write one"),
    ('title "One"', 'title "One" ; dcterms:license "http://x"', "http", "src:one", "as an IRI"),
    ('title "One"', 'title "One" ; ig:origin ref:wrk', "ref:wrk", "src:one", "did you mean work?"),
    ('dcterms:title "Work"', 'dcterms:titel "Work"', "titel", "ref:work", "did you mean dcterms:t"),
    ("predicate ig:hasSideEffect", "predicate ig:hasSideEfect", "Efect", "st:", "unknown relation"),
    (
        "predicate ig:hasSideEffect",
        "predicate ig:hasSideEfect",
        "Efect",
        "st:",
        "ig:hasSideEffect?",
    ),
    ("predicate ig:hasSideEffect", "predicate ig:modifiesRiskOf", "modi", "st:", "is derived and"),
    ("rdf:object id:sign", "rdf:object id:sing", "id:sing", "st:", "did you mean sign?"),
    (
        "rdf:object id:sign",
        "rdf:object id:age",
        "id:age",
        "st:",
        "has to be Finding, age is Context",
    ),
    (
        "rdf:subject id:drug",
        "rdf:subject id:sign",
        "subject",
        "st:",
        "has to be Intervention, sign",
    ),
    (
        "rdf:object id:sign",
        "rdf:object id:sign, id:age",
        "object",
        "st:",
        "rdf:object has 2 values",
    ),
    ("    rdf:subject id:drug ;\n", "", "st:drug", "st:", "rdf:subject is missing; write one"),
    ("st:drug.hasSideEffect.sign a", "st:x a", "st:x a", "st:x", "st:drug.hasSideEffect.sign"),
    (
        "affirms st:drug.hasSideEffect.sign",
        "affirms st:drug.hasSideEffect.sing",
        "sing",
        "cl:",
        "?",
    ),
    ("    ig:affirms st:drug.hasSideEffect.sign ;\n", "", "cl:", "cl:", "no stance; write ig:aff"),
    ("ig:affirms", "ig:denies st:drug.hasSideEffect.sign ; ig:affirms", "cl:", "cl:", "two claims"),
    ("ig:affirms", "ig:afirms", "ig:afirms", "cl:", "did you mean ig:affirms?"),
    ("source src:one ;\n    bio", "source src:on ;\n    bio", "src:on ", "cl:", "mean one?"),
    (
        "source src:one ;\n    bio",
        "source id:age ;\n    bio",
        "id:age ",
        "cl:",
        "a src: IRI, not id:",
    ),
    ("manual_agent", "manuel_agent", "manuel", "cl:", "did you mean manual_agent?"),
    ("knowledge_assertion", "guess", "guess", "cl:", "write one of knowledge_assertion, logical"),
    (
        "    ig:certainty ig:cert-possible ;\n",
        "",
        "cl:",
        "cl:",
        "certainty is missing; every claim",
    ),
    ("    ig:evidenceLevel ig:ev-editorial ;\n", "", "cl:", "cl:", "evidenceLevel is missing"),
    ('    ig:locator "paragraph 1" ;\n', "", "cl:", "cl:", "locator is missing"),
    (
        "certainty ig:cert-possible",
        "certainty ig:cert-posible",
        "posible",
        "cl:",
        "ig:cert-possible?",
    ),
    (
        "certainty ig:cert-possible",
        "certainty ig:sev-mild",
        "sev-mild",
        "cl:",
        "not in ig:Certainty",
    ),
    ("ig:population id:people", "ig:population id:peple", "peple", "cl:", "did you mean people?"),
    ("ig:population id:people", "ig:population id:age", "id:age", "cl:", "has to be Population"),
    ("ig:population id:people", 'ig:population "people"', "popul", "cl:", "has to be an IRI"),
    ("ig:population", "ig:populaton", "populaton", "cl:", "did you mean ig:population?"),
    (
        "ig:population id:people",
        "ig:citedReference ref:wok",
        "ref:wok",
        "cl:",
        "did you mean work?",
    ),
    (
        "ig:population id:people",
        'ig:hedge "a", "b"',
        "hedge",
        "cl:",
        "ig:hedge has 2 values; keep 1",
    ),
    (
        "cl:drug.hasSideEffect.sign.one a",
        "cl:x a",
        "cl:x a",
        "cl:x",
        "write drug.hasSideEffect.sign",
    ),
    ("cl:drug.hasSideEffect.sign.one a", "st:x a", "st:x a", "st:x", "has to begin with cl:"),
    ("ex:how a", "ex:hov a", "ex:how.1 a", "ex:how.1", "they give ex:hov.1"),
    ("ig:step ex:how.1", "ig:step ex:hov.1", "ex:hov.1", "ex:how", "did you mean ex:how.1?"),
    (" ;\n    ig:step ex:how.1", "", "ex:how.1 a", "ex:how.1", "no explanation has this step"),
    ("position 1", "position 2", "ex:how", "ex:how", "numbered from 1 without gaps, these are 2"),
    ("position 1", 'position "1"', "position", "ex:how.1", "has to be a whole number"),
    ("ig:dir-unsigned", "ig:dir-unsined", "unsined", "ex:how.1", "did you mean ig:dir-unsigned?"),
    ("ig:explains", "ig:explain", "ig:explain ", "ex:how", "did you mean ig:explains?"),
    (
        "    ig:explanationLocator",
        "    ig:hedge",
        "ig:hedge",
        "ex:how",
        "unknown property ig:hedge",
    ),
    (
        "ig:Explanation ;",
        "ig:Explanation, ig:Drug ;",
        "ex:how a",
        "ex:how",
        "a record has one class",
    ),
    ("ig:Population", "<http://x.org/C>", "x.org", "id:people", "unknown class <http://x.org/C>"),
    ("a ig:Context ; ", "", "id:age", "id:age", "no class; write a and one of"),
]


@pytest.mark.parametrize(("old", "new", "at", "subject", "message"), WRONG)
def test_a_fault_is_told_with_its_line_and_remedy(
    tmp_path: Path, ontology: Ontology, old: str, new: str, at: str, subject: str, message: str
) -> None:
    """Each broken rule names the subject, the line of the term, and what would be right."""
    assert old in BASE
    body = BASE.replace(old, new, 1)

    with pytest.raises(InvalidGraph) as caught:
        read_curated(written(tmp_path, body), ontology)

    found = [problem for problem in caught.value.problems if message in problem.message]
    assert found, [str(problem) for problem in caught.value.problems]
    assert found[0].path == str(tmp_path / "all.ttl")
    assert found[0].term.startswith(subject)
    assert found[0].line == line_of(body, at, found[0].term), str(found[0])


def claim(statement: str, stance: str = "affirms", number: str = "", more: str = "") -> str:
    """Return the Turtle of a statement and a claim about it."""
    subject, relation, value = statement.split()
    name = f"{subject}.{relation}.{value}"
    return f"""
st:{name} a ig:Statement ; rdf:subject id:{subject} ; rdf:predicate ig:{relation} ;
    rdf:object id:{value} .
cl:{name}.one{number} a ig:Claim ; ig:{stance} st:{name} ; ig:certainty ig:cert-possible ;
    ig:evidenceLevel ig:ev-editorial ; dcterms:source src:one ; ig:paraphrase "x" ;
    ig:locator "x" ; biolink:knowledge_level "observation" ;
    biolink:agent_type "manual_agent"{more} .
"""


MORE_WRONG = [
    (claim("drug interactsWith drug"), "subject and object are the same entity"),
    (claim("other interactsWith drug"), "write drug interactsWith other"),
    (
        claim("drug advises sign"),
        "Intervention or Care or Diagnostic or Context, sign is Effect",
    ),
    (claim("sign callsFor sign"), "the object of callsFor has to be Intervention or Care"),
    (claim("drug usedFor sign", "denies", more=" ; ig:frequency ig:freq-rare"), "no frequency"),
    (claim("drug usedFor sign", number=".1"), "write drug.usedFor.sign.one"),
    (claim("drug treats sign").split("cl:")[0], "no claim is about it; add one"),
    ("[] a ig:Drug .", "a blank node"),
    ('id:drug rdfs:comment "x" .', "unknown property rdfs:comment"),
    ("id:sign skos:broader id:sign .", "is broader than itself"),
    ("id:drugs skos:broader id:drug .", "is broader than itself"),
    ("id:drug ig:hasSideEffect id:sign .", "unknown property ig:hasSideEffect"),
    ("<http://x.org/y> a ig:Drug .", "rdfs:label is missing"),
    (f"id:drug skos:exactMatch <{CHEBI}42797x> .", r"what follows has to match ^\d+$"),
    ("id:drug skos:exactMatch <http://x.org/y> .", "http://x.org/y has no prefix of the ontol"),
    ('ref:work dcterms:identifier "pubmed 1" .', "write it with one of CHEBI, DOID, MONDO"),
    ("id:sign a ig:Drug .", "cannot be Finding and Intervention at once; keep one"),
    (claim("drug treats age"), "age is Context; between the two there can be: advises, advi"),
    (claim("age treats sign"), "the subject of treats has to be Intervention, age is Context"),
    ('id:two a ig:Drug ; rdfs:label "Drug" .', "its label 'Drug' is also that of drug"),
    (claim("drug relieves sign"), "unknown relation ig:relieves"),
]


@pytest.mark.parametrize(("more", "message"), MORE_WRONG)
def test_more_faults(tmp_path: Path, ontology: Ontology, more: str, message: str) -> None:
    """Rules about a whole statement or claim are told too."""
    with pytest.raises(InvalidGraph) as caught:
        read_curated(written(tmp_path, BASE + more), ontology)

    assert [p for p in caught.value.problems if message in p.message], caught.value.problems


def test_every_rule_can_be_broken_and_is_named(tmp_path: Path, ontology: Ontology) -> None:
    """Each rule that reading holds has a variant that breaks it; the message ends with its name."""
    bodies = [
        *(BASE.replace(old, new, 1) for old, new, *_ in WRONG),
        *(BASE + m for m, _ in MORE_WRONG),
    ]
    (tmp_path / "twice").mkdir()
    written(tmp_path / "twice", 'id:drug a ig:Drug ; rdfs:label "again" .')
    broken: set[Rule] = set()
    for body in bodies:
        with pytest.raises(InvalidGraph) as caught:
            read_curated(written(tmp_path, body), ontology)
        broken |= {problem.rule for problem in caught.value.problems}
        assert all(str(p).endswith(f"[{p.rule.value}]") for p in caught.value.problems)

    assert broken == {*Rule} - {Rule.SHAPE, Rule.LEDGER}


@pytest.mark.parametrize("advised", ["other", "age"])
def test_advice_is_about_what_can_be_done(tmp_path: Path, ontology: Ontology, advised: str) -> None:
    """An intervention or a context may be advised."""
    body = BASE + claim(f"sign callsFor {advised}")

    assert len(tuple(read_curated(written(tmp_path, body), ontology).contribution.claims)) == 2


def test_all_problems_come_at_once(tmp_path: Path, ontology: Ontology) -> None:
    """Two faults in two places are two problems, in the order of file and line."""
    body = BASE.replace("ig:Effect", "ig:Efect").replace('ig:locator "paragraph 1" ;', "")

    with pytest.raises(InvalidGraph) as caught:
        read_curated(written(tmp_path, body), ontology)

    lines = [problem.line for problem in caught.value.problems]
    assert len(lines) >= 2
    assert lines == sorted(lines)
    assert "more)" in str(caught.value)


def test_a_fault_has_no_echo(tmp_path: Path, ontology: Ontology) -> None:
    """An entity that is described badly is still known to those that refer to it."""
    body = BASE.replace('rdfs:label "drug" ; ', "")

    with pytest.raises(InvalidGraph) as caught:
        read_curated(written(tmp_path, body), ontology)

    assert [problem.term for problem in caught.value.problems] == ["id:drug"]


def test_a_statement_may_stand_in_two_files_but_nothing_else(
    tmp_path: Path, ontology: Ontology
) -> None:
    """Claims of two topics may share a statement; an entity is described once."""
    again = PREFIXES + claim("drug hasSideEffect sign", number=".2")
    (tmp_path / "more.ttl").write_text(again)
    assert len(tuple(read_curated(written(tmp_path), ontology).contribution.claims)) == 2
    (tmp_path / "more.ttl").write_text(again + 'id:sign a ig:Effect ; rdfs:label "sign" .')

    with pytest.raises(InvalidGraph, match=r"also described in .*all\.ttl; keep it in one file"):
        read_curated(tmp_path, ontology)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("id:a a ig:Drug", len(PREFIXES.splitlines()) + 1, "Unexpected end"),
        ("nope:a a ig:Drug .", len(PREFIXES.splitlines()) + 1, "nope: has not been declared"),
    ],
)
def test_malformed_turtle_names_file_and_line(
    tmp_path: Path, ontology: Ontology, text: str, line: int, reason: str
) -> None:
    """A syntax error is an unreadable file."""
    with pytest.raises(UnreadableFile, match=reason) as caught:
        read_curated(written(tmp_path, text), ontology)

    assert (caught.value.path, caught.value.line) == (tmp_path / "all.ttl", line)


def test_bytes_that_are_not_utf_8_and_no_folder_are_told(
    tmp_path: Path, ontology: Ontology
) -> None:
    """What cannot be read at all is an unreadable file as well."""
    with pytest.raises(UnreadableFile, match="no such folder"):
        read_curated(tmp_path / "nowhere", ontology)
    (tmp_path / "bad.ttl").write_bytes(b"\xff")

    with pytest.raises(UnreadableFile, match=r"bad\.ttl"):
        read_curated(tmp_path, ontology)


def test_a_folder_without_turtle_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    """An empty graph would be built by mistake only."""
    with pytest.raises(UnreadableFile, match=r"holds no \.ttl file"):
        read_curated(tmp_path, ontology)


def test_an_imported_entity_may_be_curated(tmp_path: Path, ontology: Ontology) -> None:
    """An entity with an external IRI is known by its CURIE, percent-encoded in statements."""
    name = "CHEBI%3A7.treats.sign"
    body = BASE + claim("drug treats sign").replace("drug.treats.sign", name).replace(
        "subject id:drug", "subject <http://purl.obolibrary.org/obo/CHEBI_7>"
    )
    body += '<http://purl.obolibrary.org/obo/CHEBI_7> a ig:Drug ; rdfs:label "seven" .'
    contribution = read_curated(written(tmp_path, body), ontology).contribution

    assert {claim.statement.subject for claim in contribution.claims} == {"drug", "CHEBI:7"}


def test_a_term_is_found_in_its_own_description_only(tmp_path: Path, ontology: Ontology) -> None:
    """The line of a fault is looked for between its subject and the next."""
    body = BASE + claim("drug usedFor sign").replace("id:sign .", "id:sing .")

    with pytest.raises(InvalidGraph) as caught:
        read_curated(written(tmp_path, body), ontology)

    assert line_of(body, "id:sing") in {problem.line for problem in caught.value.problems}
