from __future__ import annotations

import gzip
import json
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.importers import IMPORTERS, Rejects
from iatrograph.importers.drugmechdb.contribution import publication
from iatrograph.importers.drugmechdb.links import MEANINGS
from iatrograph.importers.drugmechdb.paths import (
    FILE,
    LAYOUT,
    NO_CURIE,
    NO_DISEASE,
    NO_DRUG,
    NO_OBJECT,
    TWICE,
)
from iatrograph.importers.drugmechdb.usable import (
    IN_A_CIRCLE,
    MISSPELT,
    NO_FINDING,
    NO_INTERVENTION,
    NOT_CONNECTED,
    SAME_NODE,
    UNKNOWN_KEY,
    UNKNOWN_LABEL,
    UNKNOWN_NODE,
)
from iatrograph.validation.rows import check_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iatrograph.model import Claim, Contribution, Entity
    from iatrograph.vocabulary import Ontology

NODES = {
    "MESH:D1": ("Drug", "onedrug"),
    "UniProt:P1": ("Protein", "Receptor one"),
    "GO:1": ("BiologicalProcess", "itching"),
    "HP:1": ("PhenotypicFeature", "Itch"),
    "MESH:D9": ("Disease", "rash"),
    "UBERON:1": ("GrossAnatomicalStructure", "skin"),
    "taxonomy:1": ("OrganismTaxon", "yeast"),
    "MESH:D5": ("ChemicalSubstance", "histamine"),
}
CHAIN = (
    ("MESH:D1", "decreases activity of", "UniProt:P1"),
    ("UniProt:P1", "positively regulates", "GO:1"),
    ("GO:1", "causes", "MESH:D9"),
)
"""A drug that lowers a protein that raises a process that causes a disease."""


def a_path(
    *links: tuple[str, str, str],
    head: Mapping[str, Any] | None = None,
    labels: Mapping[str, str] | None = None,
    nodes: Mapping[str, Mapping[str, Any]] | None = None,
    **more: object,
) -> dict[str, Any]:
    """Return a path with the nodes that its links name; ``labels`` and ``nodes`` change them."""
    drawn = links or CHAIN
    ids = dict.fromkeys([end for source, _, target in drawn for end in (source, target)])
    return {
        "graph": {
            "_id": "DB00001_MESH_D9_1",
            "drug": "onedrug",
            "drug_mesh": "MESH:D1",
            "drugbank": "DB:DB00001",
            "disease": "rash",
            "disease_mesh": "MESH:D9",
            **(head or {}),
        },
        "nodes": [
            {
                "id": name,
                "label": (labels or {}).get(name, NODES[name][0]),
                "name": NODES[name][1],
                **(nodes or {}).get(name, {}),
            }
            for name in ids
            if name in NODES
        ],
        "links": [{"source": s, "key": key, "target": t} for s, key, t in drawn],
        **more,
    }


class Read:
    """What the importer makes of some paths, with its claims and the rows that it rejects."""

    def __init__(self, folder: Path, *records: object) -> None:
        """Write the paths, or lines as they are, into the folder and read it."""
        self.rejects = Rejects("drugmechdb")
        lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
        (folder / FILE).write_text("\n".join([*lines, ""]), "utf-8")
        self.contribution: Contribution = IMPORTERS["drugmechdb"](folder, self.rejects)
        self.claims: list[Claim] = list(self.contribution.claims)

    @property
    def statements(self) -> list[tuple[str, str, str]]:
        """Subject, relation and object of each claim."""
        return [claim.statement for claim in self.claims]

    @property
    def entities(self) -> dict[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.contribution.entities}

    def problems(self, ontology: Ontology) -> list[object]:
        """Return what breaks the ontology."""
        return list(check_rows(replace(self.contribution, claims=self.claims), ontology))


def test_path_is_an_explanation_of_the_indication(tmp_path: Path, ontology: Ontology) -> None:
    """Each link is a claim and a step with its sign, and the drug is said to treat the disease."""
    read = Read(tmp_path, a_path(comment="Not  fully known. "))
    treats = ("mesh:D1", "treats", "mesh:D9")
    steps = [
        (1, ("mesh:D1", "decreases", "UniProtKB:P1"), "lowers", "not-stated"),
        (2, ("UniProtKB:P1", "increases", "GO:1"), "raises", "not-stated"),
        (3, ("GO:1", "mayCause", "mesh:D9"), "raises", "not-stated"),
    ]
    (explanation,) = read.contribution.explanations
    assert read.statements == [treats, *(statement for _, statement, _, _ in steps)]
    assert [
        (step.position, tuple(step.statement), step.direction, step.certainty)
        for step in explanation.steps
    ] == steps
    assert explanation.id == "drugmechdb-db00001-mesh-d9-1"
    assert explanation.explains == (treats,)
    assert explanation.label == "how onedrug treats rash"
    assert explanation.locator == "DB00001_MESH_D9_1"
    assert explanation.paraphrase == "Not fully known."
    assert read.problems(ontology) == []
    assert not read.rejects.counts


def test_claim_keeps_what_the_path_says(tmp_path: Path) -> None:
    """A claim has the predicate and the path it was read in, and the path's references."""
    references = ["https://pubmed.ncbi.nlm.nih.gov/10621952/", "https://example.org/a"]
    read = Read(tmp_path, a_path(references=references))
    indication, first, *_ = read.claims
    assert indication.id == "mesh%3AD1.treats.mesh%3AD9.drugmechdb"
    assert indication.one("originalPredicate") == "indication"
    assert dict(first.qualifiers) == {
        "certainty": ("not-stated",),
        "evidenceLevel": ("opinion",),
        "originalPredicate": ("decreases activity of",),
        "originalId": ("DB00001_MESH_D9_1",),
        "publication": ("PMID:10621952", "https://example.org/a"),
    }
    assert (first.knowledge_level, first.agent_type) == ("knowledge_assertion", "manual_agent")


@pytest.mark.parametrize(
    ("reference", "written"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/10621952/", "PMID:10621952"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12?dopt=Abstract", "PMID:12"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2921758/", "pmc:PMC2921758"),
        ("DOI:10.2217/fmb.10.125", "doi:10.2217/fmb.10.125"),
        ("DOI:https://doi.org/10.1000/x", "doi:10.1000/x"),
        ("https://doi.org/10.1000/x", "doi:10.1000/x"),
        ("https://www.ncbi.nlm.nih.gov/books/NBK562161/", None),
        ("https://en.wikipedia.org/wiki/Gabapentin", None),
    ],
)
def test_articles_are_curies(reference: str, written: str | None) -> None:
    """An address of an article becomes its CURIE; any other reference stays as it is."""
    assert publication(reference) == (written or reference)


def test_steps_lead_from_the_drug_to_the_disease(tmp_path: Path) -> None:
    """Whatever the order in the file, a step comes after all those that lead to its subject."""
    links = (
        ("GO:1", "causes", "MESH:D9"),
        ("MESH:D5", "positively regulates", "GO:1"),
        ("UniProt:P1", "increases abundance of", "MESH:D5"),
        ("UniProt:P1", "positively regulates", "GO:1"),
        ("MESH:D1", "decreases activity of", "UniProt:P1"),
    )
    (explanation,) = Read(tmp_path, a_path(*links)).contribution.explanations
    ends = [(step.statement.subject, step.statement.object) for step in explanation.steps]
    assert ends == [
        ("mesh:D1", "UniProtKB:P1"),
        ("UniProtKB:P1", "mesh:D5"),
        ("UniProtKB:P1", "GO:1"),
        ("mesh:D5", "GO:1"),
        ("GO:1", "mesh:D9"),
    ]


@pytest.mark.parametrize(
    ("link", "statement"),
    [
        (("GO:1", "causes", "HP:1"), ("GO:1", "mayCause", "HP:1")),
        (("UniProt:P1", "causes", "GO:1"), ("UniProtKB:P1", "contributesTo", "GO:1")),
        (("UniProt:P1", "positively regulates", "HP:1"), ("UniProtKB:P1", "contributesTo", "HP:1")),
        (("GO:1", "positively regulates", "UBERON:1"), ("GO:1", "influences", "UBERON:1")),
        (("MESH:D1", "negatively regulates", "HP:1"), ("mesh:D1", "mitigates", "HP:1")),
        (("GO:1", "negatively regulates", "HP:1"), ("GO:1", "lessens", "HP:1")),
        (("GO:1", "treats", "HP:1"), ("GO:1", "lessens", "HP:1")),
        (("MESH:D1", "prevents", "GO:1"), ("mesh:D1", "decreases", "GO:1")),
        (("MESH:D1", "disrupts", "taxonomy:1"), ("mesh:D1", "decreases", "NCBITaxon:1")),
        (("HP:1", "manifestation of", "MESH:D9"), ("mesh:D9", "hasSymptom", "HP:1")),
        (("GO:1", "manifestation of", "MESH:D9"), ("GO:1", "associatedWith", "mesh:D9")),
        (("UBERON:1", "location of", "MESH:D9"), ("mesh:D9", "locatedIn", "UBERON:1")),
        (("GO:1", "occurs in", "taxonomy:1"), ("GO:1", "associatedWith", "NCBITaxon:1")),
        (("UniProt:P1", "expressed in", "UBERON:1"), ("UBERON:1", "expresses", "UniProtKB:P1")),
        (("GO:1", "caused by", "taxonomy:1"), ("NCBITaxon:1", "contributesTo", "GO:1")),
        (("UniProt:P1", "part of", "UBERON:1"), ("UniProtKB:P1", "partOf", "UBERON:1")),
        (("MESH:D5", "positively correlated with", "GO:1"), ("GO:1", "associatedWith", "mesh:D5")),
    ],
)
def test_link_is_read_as_the_narrowest_relation_that_holds(
    tmp_path: Path, ontology: Ontology, link: tuple[str, str, str], statement: tuple[str, str, str]
) -> None:
    """The same predicate is another relation between other kinds of things, or runs backwards."""
    to_link = ("MESH:D1", "regulates", link[0])
    links = [*CHAIN, link] if link[0] == "MESH:D1" else [*CHAIN, to_link, link]
    read = Read(tmp_path, a_path(*links))
    (claim,) = [
        claim
        for claim in read.claims
        if claim.one("originalPredicate") == link[1] and claim.statement == statement
    ]
    assert claim.statement == statement
    assert read.problems(ontology) == []
    assert not read.rejects.counts


@pytest.mark.parametrize("key", sorted(MEANINGS))
def test_every_predicate_holds_between_all_kinds(
    tmp_path: Path, ontology: Ontology, key: str
) -> None:
    """Each predicate of the table gives claims that keep domain and range, whatever its ends."""
    labels = [*NODES]
    links = [*CHAIN, *((s, key, t) for s, t in pairwise(labels))]
    paths = [a_path(*CHAIN, link, head={"_id": f"p{number}"}) for number, link in enumerate(links)]
    read = Read(tmp_path, *paths)
    assert read.problems(ontology) == []
    assert MEANINGS[key].direction in ontology.schemes["DirectionScheme"].by_key


def test_equal_links_of_several_paths_are_numbered_claims(
    tmp_path: Path, ontology: Ontology
) -> None:
    """Every path is a claim of its own; a link that stands twice in one path is one."""
    read = Read(
        tmp_path,
        a_path(*CHAIN, CHAIN[-1]),
        a_path(head={"_id": "DB00001_MESH_D9_2"}),
    )
    assert len(read.claims) == 8
    assert [claim.id for claim in read.claims if claim.statement.relation == "mayCause"] == [
        "GO%3A1.mayCause.mesh%3AD9.drugmechdb",
        "GO%3A1.mayCause.mesh%3AD9.drugmechdb.2",
    ]
    assert read.problems(ontology) == []


def test_path_that_only_says_treats_explains_nothing(tmp_path: Path, ontology: Ontology) -> None:
    """The indication is no step of its own reason; the comment goes with the claim."""
    read = Read(tmp_path, a_path(("MESH:D1", "treats", "MESH:D9"), comment="A lack of it."))
    (claim,) = read.claims
    assert claim.statement == ("mesh:D1", "treats", "mesh:D9")
    assert (claim.one("originalPredicate"), claim.one("paraphrase")) == ("treats", "A lack of it.")
    assert read.contribution.explanations == ()
    assert read.problems(ontology) == []


@pytest.mark.parametrize(
    ("key", "relation"), [("contraindicated for", "contraindicatedIn"), ("causes", "mayCause")]
)
def test_harm_is_no_indication(tmp_path: Path, key: str, relation: str) -> None:
    """A path that says that the drug harms claims that, and not that the drug treats."""
    read = Read(tmp_path, a_path(("MESH:D1", key, "MESH:D9")))
    assert read.statements == [("mesh:D1", relation, "mesh:D9")]
    assert read.contribution.explanations == ()
    assert not read.rejects.counts


def test_kind_is_what_most_mentions_say(tmp_path: Path) -> None:
    """A disease that a hand labelled drug stays a disease; its name is the most frequent one."""
    first = a_path(labels={"MESH:D9": "Drug"}, nodes={"MESH:D9": {"name": "Rash"}})
    others = [a_path(head={"_id": f"p{number}"}) for number in range(2)]
    odd = a_path(
        head={"_id": "odd"},
        labels={"GO:1": "ChemicalSubstance"},
        nodes={"GO:1": {"name": "not it"}},
    )
    read = Read(tmp_path, first, *others, odd)
    assert read.entities["mesh:D9"].kinds == ("Condition",)
    assert (read.entities["mesh:D9"].label, read.entities["mesh:D9"].synonyms) == ("rash", ())
    assert read.entities["GO:1"].kinds == ("Process",)
    assert read.entities["GO:1"].synonyms == ()


def test_two_kinds_that_do_not_exclude_each_other_both_stay(tmp_path: Path) -> None:
    """A phenotype that is also called a process is both, in display order."""
    links = (*CHAIN[:2], ("GO:1", "causes", "HP:1"), ("HP:1", "manifestation of", "MESH:D9"))
    read = Read(tmp_path, a_path(*links, labels={"HP:1": "BiologicalProcess"}))
    assert read.entities["HP:1"].kinds == ("Effect", "Process")


def test_metabolite_of_a_drug_is_a_drug_and_its_superclass_a_class(
    tmp_path: Path, ontology: Ontology
) -> None:
    """The label ChemicalSubstance says neither; what links to the node does."""
    links = (("MESH:D1", "has metabolite", "MESH:D5"), ("MESH:D5", "treats", "MESH:D9"))
    read = Read(tmp_path, a_path(*links))
    assert read.entities["mesh:D5"].kinds == ("Drug",)
    assert ("mesh:D5", "treats", "mesh:D9") in read.statements
    links = (("MESH:D1", "subclass of", "MESH:D5"), ("MESH:D5", "treats", "MESH:D9"))
    read = Read(tmp_path, a_path(*links))
    assert read.entities["mesh:D5"].kinds == ("DrugClass",)
    assert ("mesh:D1", "kindOf", "mesh:D5") in read.statements
    assert read.problems(ontology) == []


def test_drug_that_is_a_substance_of_the_body_goes_by_its_drugbank_id(
    tmp_path: Path, ontology: Ontology
) -> None:
    """Histamine is a target in most paths; where it is the drug it is another entity."""
    taken = (("MESH:D5", "increases activity of", "UniProt:P1"), *CHAIN[1:])
    body = (*CHAIN, ("UniProt:P1", "increases abundance of", "MESH:D5"))
    drug = {"_id": "drug", "drug": "Histamine", "drug_mesh": "MESH:D5", "drugbank": "DB:DB05381"}
    bodies = [a_path(*body, head={"_id": f"p{number}"}) for number in range(2)]
    read = Read(tmp_path, a_path(*taken, head=drug, labels={"MESH:D5": "Drug"}), *bodies)
    assert read.entities["mesh:D5"].kinds == ("Target",)
    assert read.entities["mesh:D5"].identifiers == ()
    assert read.entities["drugbank:DB05381"].kinds == ("Drug",)
    assert read.entities["drugbank:DB05381"].label == "Histamine"
    assert ("drugbank:DB05381", "treats", "mesh:D9") in read.statements
    assert ("UniProtKB:P1", "increases", "mesh:D5") in read.statements
    assert read.problems(ontology) == []
    nameless = a_path(*taken, head={**drug, "drugbank": None}, labels={"MESH:D5": "Drug"})
    read = Read(tmp_path, nameless, *bodies)
    assert read.rejects.counts == {NO_INTERVENTION: 1}


def test_identifiers_are_kept_where_there_is_no_doubt(tmp_path: Path, ontology: Ontology) -> None:
    """The drug has its DrugBank id, unless it has two or another entity has the same."""
    second = {"_id": "b", "drug_mesh": "MESH:D5", "drugbank": "DB:DB00001"}
    read = Read(tmp_path, a_path(nodes={"GO:1": {"alt_ids": ["MESH:D7"], "alt_names": ["itch"]}}))
    assert read.entities["mesh:D1"].identifiers == ("drugbank:DB00001",)
    assert read.entities["GO:1"].identifiers == ("mesh:D7",)
    assert read.entities["GO:1"].synonyms == ("itch",)
    other = a_path(("MESH:D5", "treats", "MESH:D9"), head=second, labels={"MESH:D5": "Drug"})
    assert Read(tmp_path, a_path(), other).entities["mesh:D1"].identifiers == ()
    two = a_path(head={"_id": "b", "drugbank": "DB:DB00002"})
    assert Read(tmp_path, a_path(), two).entities["mesh:D1"].identifiers == ()
    several = a_path(
        ("MESH:D1", "treats", "MESH:D9"),
        head={"drug_mesh": "MESH:D1,MESH:C2"},
    )
    read = Read(tmp_path, several)
    assert read.entities["mesh:D1"].identifiers == ("mesh:C2", "drugbank:DB00001")
    misspelt = Read(tmp_path, a_path(head={"drugbank": "DB:B02362"}))
    assert misspelt.entities["mesh:D1"].identifiers == ()
    assert misspelt.rejects.counts == {MISSPELT: 1}
    assert misspelt.problems(ontology) == []


def test_names_lose_what_cannot_be_seen(tmp_path: Path) -> None:
    """Hard spaces become spaces; a byte order mark, a null or half a character goes away."""
    name = "\ufeffthymidine\u00a0 synthesis\u0000\ud800 "
    record = a_path(nodes={"GO:1": {"name": name}})
    record["nodes"][1]["id"] += "\ufeff"
    read = Read(tmp_path, record)
    assert read.entities["GO:1"].label == "thymidine synthesis"


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (("GO:1", "regulates", "GO:1"), SAME_NODE),
        (("GO:1", "does not affect", "MESH:D9"), UNKNOWN_KEY),
        (("GO:1", "regulates", "GO:404"), UNKNOWN_NODE),
    ],
)
def test_link_that_cannot_be_used_is_rejected_alone(
    tmp_path: Path, link: tuple[str, str, str], reason: str
) -> None:
    """The rest of the path still leads from the drug to the disease."""
    read = Read(tmp_path, a_path(*CHAIN, link))
    assert read.rejects.counts == {reason: 1}
    assert len(read.claims) == 4


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (a_path(*CHAIN[:2], ("MESH:D9", "part of", "GO:1")), NOT_CONNECTED),
        (a_path(*CHAIN, ("GO:1", "regulates", "UniProt:P1")), IN_A_CIRCLE),
        (a_path(labels={"GO:1": "Planet"}), UNKNOWN_LABEL),
        (a_path(head={"drug_mesh": "MESH:D404", "drugbank": None}), NO_DRUG),
        (a_path(head={"disease_mesh": "MESH:D404"}), NO_DISEASE),
        (a_path(head={"disease_mesh": "MESH:D1"}), NO_DISEASE),
        (a_path(head={"_id": "a"}), TWICE),
        (a_path(head={"_id": 7}), LAYOUT),
        (a_path(head={"drugbank": 7}), LAYOUT),
        (a_path(references="https://example.org"), LAYOUT),
        (a_path(nodes={"GO:1": {"name": ""}}), LAYOUT),
        (a_path(nodes={"GO:1": {"id": "GO:1 <x>"}}), NO_CURIE),
        (a_path(nodes={"GO:1": {"id": "http"}}), NO_CURIE),
        ({**a_path(), "links": ["causes"]}, LAYOUT),
        ({**a_path(), "links": []}, NOT_CONNECTED),
        ({**a_path(), "nodes": "none"}, LAYOUT),
        ([], NO_OBJECT),
        ("{", NO_OBJECT),
        ("[" * 100_000, NO_OBJECT),
    ],
)
def test_path_that_cannot_be_used_is_rejected(tmp_path: Path, record: object, reason: str) -> None:
    """The reason is counted, and the other paths are read."""
    good = a_path(head={"_id": "A"})
    read = Read(tmp_path, good, record)
    assert read.rejects.counts == {reason: 1}
    assert len(read.contribution.explanations) == 1
    assert len(read.claims) == 4


def test_disease_that_is_a_drug_elsewhere_is_rejected(tmp_path: Path) -> None:
    """Where most paths take it, it cannot be what another path treats."""
    odd = a_path(head={"_id": "odd", "disease_mesh": "GO:1"}, labels={"GO:1": "Disease"})
    taken = [
        a_path(
            ("GO:1", "treats", "MESH:D9"),
            head={"_id": f"p{number}", "drug_mesh": "GO:1"},
            labels={"GO:1": "Drug"},
        )
        for number in range(2)
    ]
    assert Read(tmp_path, odd, *taken).rejects.counts == {NO_FINDING: 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("- directed: true\n  graph:\n", "no JSON object"),
        ('{\n  "graph": {}\n}\n', "no JSON object"),
        ('{"id": "MESH:D1"}\n', "not laid out as a path"),
        ("[]\n", "no JSON object"),
    ],
)
def test_file_of_another_layout_fails_at_once(tmp_path: Path, text: str, told: str) -> None:
    """The message says what the file looks like and what was expected."""
    (tmp_path / FILE).write_text(text)
    with pytest.raises(UnreadableFile, match=told) as error:
        IMPORTERS["drugmechdb"](tmp_path, Rejects("t"))
    assert "expected one JSON object a line with graph, nodes and links" in str(error.value)


def test_file_is_found_plain_compressed_or_by_name(tmp_path: Path) -> None:
    """A folder holds it under its name, with any compression; a file may have another name."""
    with pytest.raises(UnreadableFile, match=FILE):
        IMPORTERS["drugmechdb"](tmp_path, Rejects("t"))
    data = (json.dumps(a_path()) + "\r\n").encode("utf-8-sig")
    (tmp_path / f"{FILE}.gz").write_bytes(gzip.compress(data))
    (tmp_path / "mine.jsonl").write_bytes(data)
    for path in (tmp_path, tmp_path / f"{FILE}.gz", tmp_path / "mine.jsonl"):
        assert len(IMPORTERS["drugmechdb"](path, Rejects("t")).explanations) == 1
    (tmp_path / "paths.yaml").write_text("- directed: true\n")
    with pytest.raises(UnreadableFile, match=r"no \.jsonl file"):
        IMPORTERS["drugmechdb"](tmp_path / "paths.yaml", Rejects("t"))


@pytest.fixture(scope="module")
def whole(shared: Path) -> tuple[Contribution, list[Claim], Rejects]:
    """Return all of DrugMechDB, with its claims and its rejects."""
    rejects = Rejects("drugmechdb")
    contribution = IMPORTERS["drugmechdb"](shared / "data" / "mechanisms", rejects)
    return contribution, list(contribution.claims), rejects


@pytest.mark.shared
def test_all_paths_are_read(whole: tuple[Contribution, list[Claim], Rejects]) -> None:
    """None of the 4,846 is lost; 83 explain nothing, since they say treats alone, or harm."""
    contribution, claims, rejects = whole
    assert len({claim.one("originalId") for claim in claims}) == 4_846
    assert len(contribution.explanations) == 4_763
    assert len(list(contribution.entities)) == 5_131
    assert len(claims) == 37_358
    assert rejects.counts == {SAME_NODE: 1, MISSPELT: 4}


@pytest.mark.shared
def test_all_of_it_keeps_the_rules(
    whole: tuple[Contribution, list[Claim], Rejects], ontology: Ontology
) -> None:
    """No entity, claim or explanation breaks the ontology, and every step has its claim."""
    contribution, claims, _ = whole
    assert list(check_rows(replace(contribution, claims=claims), ontology)) == []


@pytest.mark.shared
def test_steps_of_all_paths_are_connected(
    whole: tuple[Contribution, list[Claim], Rejects],
) -> None:
    """Each step shares an end with one before it, the first one with the drug."""
    for explanation in whole[0].explanations:
        seen = {explanation.explains[0].subject}
        for step in explanation.steps:
            ends = {step.statement.subject, step.statement.object}
            assert ends & seen or explanation.explains[0].object in ends
            seen |= ends
        assert explanation.explains[0].object in seen
        assert all(b.position == a.position + 1 for a, b in pairwise(explanation.steps))


@pytest.mark.shared
def test_how_gabapentin_treats_postherpetic_neuralgia(
    whole: tuple[Contribution, list[Claim], Rejects],
) -> None:
    """Gabapentin lowers the calcium channel, and with it substance P, pain and the neuralgia."""
    contribution, claims, _ = whole
    found = {explanation.id: explanation for explanation in contribution.explanations}
    explanation = found["drugmechdb-db00996-mesh-d051474-1"]
    assert explanation.explains == (("mesh:D000077206", "treats", "mesh:D051474"),)
    assert [(*step.statement, step.direction) for step in explanation.steps] == [
        ("mesh:D000077206", "decreases", "UniProtKB:P54289", "lowers"),
        ("UniProtKB:P54289", "participatesIn", "GO:0005245", "unsigned"),
        ("GO:0005245", "increases", "mesh:D013373", "raises"),
        ("GO:0019233", "associatedWith", "mesh:D013373", "raises"),
        ("GO:0019233", "associatedWith", "HP:0012534", "raises"),
        ("HP:0012534", "associatedWith", "mesh:D051474", "raises"),
    ]
    entities = {entity.id: entity for entity in contribution.entities}
    assert entities["mesh:D000077206"].identifiers == ("drugbank:DB00996",)
    assert sum(name.startswith("drugmechdb-db00996-") for name in found) == 3
    (treats,) = [claim for claim in claims if claim.statement == explanation.explains[0]]
    assert "PMID:10621952" in treats.many("publication")
