"""What an edge says, as a claim: stance, source, evidence, qualifiers, and what it was called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers.kgx.graph_files import (
    DISEASE,
    DRUG,
    GENE,
    NODES,
    OTHER,
    SIGN,
    claims,
    edge,
    only_claim,
    read,
    refused,
    write,
)

from iatrograph.importers import origins
from iatrograph.importers.kgx.evidence import evidence_level
from iatrograph.importers.kgx.reasons import (
    NO_CONTEXT,
    NO_FIT,
    NO_OBJECT,
    NO_PREDICATE,
    NO_RELATION,
    NO_SUBJECT,
    NO_TRUTH,
    ONE_THING,
    OTHER_SPECIES,
    TWICE,
    UNKNOWN_END,
    changes_meaning,
    no_place,
    no_value,
)
from iatrograph.importers.rejects import Rejects
from iatrograph.model import Stance
from iatrograph.model.conformance import AGENT_TYPES, KNOWLEDGE_LEVELS

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.vocabulary import Ontology

SIDE_EFFECT: Final = "biolink:has_side_effect"
PHENOTYPE: Final = "biolink:has_phenotype"


def test_an_edge_is_a_claim_of_its_primary_source(tmp_path: Path) -> None:
    """With all that Biolink has a slot for and a claim a place."""
    row = edge(
        id="urn:uuid:1",
        primary_knowledge_source="infores:ctd",
        knowledge_level="knowledge_assertion",
        agent_type="manual_agent",
        publications=["PMID:2993307", "PMC:1", "doi:10.1/x", "a book"],
        original_predicate="CTD:therapeutic",
        original_subject="MESH:D000077206",
        original_object="MESH:D004827",
        clinical_approval_status="fda_approved_for_condition",
    )
    claim = only_claim(tmp_path, row)

    assert claim.id == "drugbank%3ADB00996.treats.MONDO%3A0005027.infores-ctd"
    assert (claim.stance, claim.source) == (Stance.AFFIRMS, "infores-ctd")
    assert (claim.knowledge_level, claim.agent_type) == ("knowledge_assertion", "manual_agent")
    assert claim.qualifiers == {
        "certainty": ("not-stated",),
        "evidenceLevel": ("opinion",),
        "basis": ("approval",),
        "publication": ("PMID:2993307", "PMC:1", "doi:10.1/x", "a book"),
        "originalPredicate": ("CTD:therapeutic",),
        "originalId": ("urn:uuid:1",),
        "locator": ("subject MESH:D000077206, object MESH:D004827",),
    }
    (source,) = read(tmp_path).sources
    assert (source.id, source.identifier, source.kind) == (
        "infores-ctd",
        "infores:ctd",
        "database",
    )


@pytest.mark.parametrize(
    ("slots", "source"),
    [
        ({}, "graph"),
        ({"primary_knowledge_source": "infores:hpo-annotations"}, "infores-hpo-annotations"),
        ({"primary_knowledge_source": ["infores:a", "infores:b"]}, "infores-a"),
        ({"original_knowledge_source": "infores:sri-semmeddb.4.3"}, "infores-sri-semmeddb-4-3"),
        ({"knowledge_source": "infores:mondo"}, "infores-mondo"),
        ({"knowledge_source": "mondo-rare.json"}, "graph"),
        ({"primary_knowledge_source": "Monarch Initiative"}, "kgx-monarch-initiative"),
        ({"primary_knowledge_source": "ǂ"}, "kgx-kgx"),
    ],
)
def test_the_source_is_the_primary_one_else_the_file(
    tmp_path: Path, slots: dict[str, object], source: str
) -> None:
    """Its id is a slug without full stops, since those part the numbers of claims."""
    assert only_claim(tmp_path, edge() | slots).source == source
    assert [s.id for s in read(tmp_path).sources] == [source]


def test_a_name_that_an_importer_reads_too_goes_back_to_the_same_work(tmp_path: Path) -> None:
    """So that both count as one voice; others are voices of their own."""
    names = ("infores:sider", "infores:ctd", "sider")
    rows = [edge(primary_knowledge_source=name) for name in names]
    found = read(write(tmp_path, rows))

    assert {s.id: s.origin for s in found.sources} == {
        "infores-sider": "sider",
        "infores-ctd": None,
        "kgx-sider": None,
    }
    assert found.references == (origins.SIDER,)


def test_two_names_of_one_slug_are_two_sources(tmp_path: Path) -> None:
    """None has the title of the other, nor its claims; one name is one source."""
    names = ("infores:a.b", "infores:a-b", "a b", "infores:a.b")
    rows = [edge(primary_knowledge_source=name, id=str(n)) for n, name in enumerate(names)]

    assert [c.source for c in claims(write(tmp_path, rows))] == [
        "infores-a-b",
        "infores-a-b-",
        "kgx-a-b",
        "infores-a-b",
    ]
    assert {s.title for s in read(tmp_path).sources} == set(names)


def test_an_edge_without_an_id_is_called_by_its_parts(tmp_path: Path) -> None:
    """As they stand in the file; the relation of former releases goes before the predicate."""
    claim = only_claim(tmp_path, edge(relation="RO:0002606"))

    assert claim.one("originalId") == "drugbank:DB00996 biolink:treats MONDO:0005027"
    assert claim.one("originalPredicate") == "RO:0002606"


@pytest.mark.parametrize(
    ("negated", "stance"),
    [
        *((value, Stance.DENIES) for value in ("True", "true", "1", True, "yes")),
        *((value, Stance.AFFIRMS) for value in ("False", "", "0", False, None, "nan")),
    ],
)
def test_a_negated_edge_is_a_denial(tmp_path: Path, negated: object, stance: Stance) -> None:
    """However true and false are written, in JSON and in tables."""
    (tmp_path / "json").mkdir()
    (tmp_path / "table").mkdir()
    row = edge(negated=negated)

    assert only_claim(tmp_path / "json", row).stance is stance
    if negated is not None:
        assert claims(write(tmp_path / "table", [row], ending=".tsv"))[0].stance is stance


def test_a_finding_without_significance_is_mixed(tmp_path: Path) -> None:
    """It neither affirms nor denies; the words are kept."""
    row = edge(GENE, "associated_with", statistical_significance_qualifier="not_significant")
    claim = only_claim(tmp_path, row)

    assert claim.stance is Stance.MIXED
    assert claim.one("scope") == "statistical significance not_significant"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (edge(negated="perhaps"), NO_TRUTH),
        (edge() | {"subject": "x1"}, NO_SUBJECT),
        (edge() | {"object": ""}, NO_OBJECT),
        (edge() | {"predicate": None}, NO_PREDICATE),
        (edge() | {"object": "UMLS:C0000001"}, UNKNOWN_END),
        (edge(DRUG, obj=DRUG), ONE_THING),
        (edge(DRUG, obj={"id": "DRUGBANK:DB00996"}), ONE_THING),
        (edge(predicate="biolink:orthologous_to"), NO_RELATION),
        (edge(GENE), NO_FIT),
        (edge(species_context_qualifier="NCBITaxon:10090"), OTHER_SPECIES),
        (edge(context_qualifier="in the dark"), NO_CONTEXT),
        (edge(disease_context_qualifier="UMLS:C0000001"), NO_CONTEXT),
        *(
            (edge() | {slot: "x"}, changes_meaning(slot))
            for slot in (
                "subject_form_or_variant_qualifier",
                "object_form_or_variant_qualifier",
                "subject_derivative_qualifier",
                "object_specialization_qualifier",
                "subject_direction_qualifier",
            )
        ),
    ],
)
def test_an_edge_that_would_say_something_else_is_rejected(
    tmp_path: Path, row: dict[str, object], reason: str
) -> None:
    """An edge is never made wider, turned over or guessed at."""
    assert refused(tmp_path, row) == {reason: 1}


def test_contexts_places_and_groups_are_things(tmp_path: Path) -> None:
    """A context limits the claim; a group and a place are told by thing, else in words."""
    row = edge(
        disease_context_qualifier="MONDO:0000001",
        population_context_qualifier=["HANCESTRO:0005", "the elderly"],
        anatomical_context_qualifier="UBERON:0000955",
        species_context_qualifier="NCBITaxon:9606",
        subject_direction_qualifier="increased",
        sex_qualifier="PATO:0000383",
        onset_qualifier="HP:0003577",
    )
    onset = {"id": "HP:0003577", "name": "Congenital onset"}
    claim = only_claim(tmp_path, row, nodes=[*NODES, onset])

    assert claim.is_conditional
    assert claim.many("onlyIf") == ("MONDO:0000001",)
    assert claim.many("population") == ("HANCESTRO:0005",)
    assert claim.many("site") == ("UBERON:0000955",)
    assert claim.one("scope") == "population context the elderly; sex PATO:0000383"
    assert claim.one("timing") == "onset Congenital onset (HP:0003577)"


def test_a_sign_is_part_of_the_relation(tmp_path: Path) -> None:
    """Affects, with a direction, is increases or decreases; how it acts is told beside."""
    row = edge(
        DRUG,
        "biolink:affects",
        GENE,
        qualified_predicate="biolink:causes",
        qualified_object_direction="decreased",
        qualified_object_aspect="activity",
        causal_mechanism_qualifier="inhibition",
    )
    claim = only_claim(tmp_path, row)

    assert claim.statement == ("drugbank:DB00996", "decreases", "NCBIGene:781")
    assert (claim.one("action"), claim.one("scope")) == ("inhibitor", "activity")


@pytest.mark.parametrize(
    ("slots", "qualifiers"),
    [
        (
            {"frequency_qualifier": "HP:0040281"},
            ("very-common", "0.8", "0.99", "very frequent (HP:0040281)"),
        ),
        (
            {"frequency_qualifier": "HP:0040283"},
            ("common", "0.05", "0.29", "occasional (HP:0040283)"),
        ),
        ({"frequency_qualifier": "often"}, (None, None, None, "often")),
        (
            {"has_count": 1, "has_total": 3, "has_quotient": 0.3333333, "has_percentage": 33.33},
            ("very-common", "0.33333", "0.33333", "1 of 3"),
        ),
        ({"has_percentage": "1.3"}, ("common", "0.013", "0.013", None)),
        ({"has_quotient": "0.005"}, ("uncommon", "0.005", "0.005", None)),
        ({"has_count": "10"}, (None, None, None, None)),
        (
            {"frequency_qualifier": "HP:0040282", "has_count": "5", "has_total": "10"},
            ("very-common", "0.5", "0.5", "frequent (HP:0040282); 5 of 10"),
        ),
        ({"has_count": "5", "has_total": "0"}, (None, None, None, None)),
        ({"has_count": "11", "has_total": "10"}, (None, None, None, None)),
    ],
)
def test_frequencies_are_bands_bounds_and_words(
    tmp_path: Path, slots: dict[str, object], qualifiers: tuple[str | None, ...]
) -> None:
    """By terms of HPO, shares, percentages or counts, of which counts say the most."""
    claim = only_claim(tmp_path, edge(DISEASE, PHENOTYPE, SIGN) | slots)

    names = ("frequency", "frequencyLow", "frequencyHigh", "frequencyWords")
    assert tuple(claim.one(name) for name in names) == qualifiers


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ({"frequency_qualifier": "HP:0040285"}, "excluded (HP:0040285)"),
        ({"has_count": 0, "has_total": 12}, "0 of 12"),
        ({"negated": True, "has_quotient": 0.5}, None),
    ],
)
def test_never_is_a_denial_and_a_denial_has_no_band(
    tmp_path: Path, slots: dict[str, object], words: str | None
) -> None:
    """A sign that was looked for in twelve and seen in none is denied."""
    claim = only_claim(tmp_path, edge(DISEASE, PHENOTYPE, SIGN) | slots)

    assert (claim.stance, claim.one("frequency")) == (Stance.DENIES, None)
    assert claim.one("frequencyWords") == words


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    slot=st.sampled_from(["has_quotient", "has_percentage", "has_count", "has_total"]),
    number=st.floats()
    | st.integers()
    | st.text(max_size=4)
    | st.sampled_from(["inf", "-0", "1e-30"]),
)
def test_no_number_breaks_a_claim(tmp_path: Path, slot: str, number: object) -> None:
    """A share is between nothing and all, in plain decimals, or it is no share."""
    row = {"has_count": "3", "has_total": "4"} if slot in ("has_count", "has_total") else {}
    write(tmp_path, [edge(DISEASE, PHENOTYPE, SIGN) | row | {slot: number}])

    assert len(claims(tmp_path)) == 1


@pytest.mark.parametrize(
    ("slot", "value", "name", "kept"),
    [
        ("severity_qualifier", "HP:0012828", "severity", "severe"),
        ("severity_qualifier", "Mild", "severity", "mild"),
        ("severity_qualifier", "HP:0012829", "severityWords", "HP:0012829"),
        ("clinical_approval_status", "off_label_use", "basis", "use"),
    ],
)
def test_values_are_concepts_where_there_is_one(
    tmp_path: Path, slot: str, value: str, name: str, kept: str
) -> None:
    """By the alignment, else by the notation of the scheme; severity also in words."""
    claim = only_claim(tmp_path, edge(DRUG, SIDE_EFFECT, SIGN) | {slot: value})

    assert claim.one(name) == kept


def test_what_has_no_place_is_told_once_for_each_file(tmp_path: Path) -> None:
    """And a value that is not understood each time; the claims stand."""
    more = {"p_value": 0.01, "aggregator_knowledge_source": ["infores:x"]}
    odd: dict[str, object] = {
        "knowledge_level": "gut feeling",
        "agent_type": "oracle",
        "has_quotient": 7,
    }
    odd |= {"clinical_approval_status": "unheard_of"}
    rows = [edge(id=str(n)) | more | odd for n in range(3)]
    rejects = Rejects("t")
    found = claims(write(tmp_path, rows), rejects)

    assert [(c.knowledge_level, c.agent_type) for c in found] == [("not_provided",) * 2] * 3
    assert rejects.remarks == {no_place("p_value"): 1, no_place("aggregator_knowledge_source"): 1}
    assert rejects.counts == {no_value(slot): 3 for slot in odd}


@pytest.mark.parametrize(
    ("level", "agent", "evidence"),
    [
        ("knowledge_assertion", "manual_agent", "opinion"),
        ("knowledge_assertion", "manual_validation_of_automated_agent", "opinion"),
        ("knowledge_assertion", "text_mining_agent", "computed"),
        ("prediction", "manual_agent", "computed"),
        ("text_co_occurrence", "not_provided", "computed"),
        ("statistical_association", "data_analysis_pipeline", "computed"),
        ("observation", "data_analysis_pipeline", "case-report"),
        ("not_provided", "manual_agent", "opinion"),
        ("not_provided", "not_provided", "editorial"),
    ],
)
def test_evidence_comes_of_level_and_agent(level: str, agent: str, evidence: str) -> None:
    """What a program predicted or read weighs less than what people entered."""
    assert evidence_level(level, agent) == evidence


def test_every_level_and_agent_has_evidence(ontology: Ontology) -> None:
    """One that has a weight."""
    known = ontology.schemes["EvidenceScheme"].by_key
    for level in KNOWLEDGE_LEVELS:
        for agent in AGENT_TYPES:
            assert evidence_level(level, agent) in known


def test_claims_on_one_statement_are_numbered_and_doubles_left_out(tmp_path: Path) -> None:
    """Of one source; the same row again is rejected, another row of the edge is another claim."""
    rows = [edge(id="1"), edge(id="2"), edge(id="1"), edge(id="3", primary_knowledge_source="x")]
    rejects = Rejects("t")

    assert [c.id.partition("0005027.")[2] for c in claims(write(tmp_path, rows), rejects)] == [
        "graph",
        "graph.2",
        "kgx-x",
    ]
    assert rejects.counts == {TWICE: 1}


def test_the_ends_of_a_symmetric_relation_stand_in_order(tmp_path: Path) -> None:
    """However the file has them, it is one statement."""
    rows = [
        edge(DRUG, "biolink:pharmacologically_interacts_with", OTHER),
        edge(OTHER, "biolink:pharmacologically_interacts_with", DRUG),
    ]
    found = claims(write(tmp_path, rows))

    assert {c.statement for c in found} == {
        ("drugbank:DB00181", "interactsWith", "drugbank:DB00996")
    }
    assert len(found) == 2


def test_claims_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    """Rejects are counted then, and once, though the edges are looked through before."""
    write(tmp_path, [edge(), edge(negated="perhaps")])
    rejects = Rejects("t")
    found = read(tmp_path, rejects)

    assert rejects.counts == {}
    assert len(list(found.claims)) == 1
    assert rejects.counts == {NO_TRUTH: 1}


def test_sources_without_a_claim_between_known_things_are_not_named(tmp_path: Path) -> None:
    """A source all of whose edges are about strangers is none."""
    rows = [
        edge(primary_knowledge_source="infores:a"),
        edge(obj={"id": "CAID:1"}, primary_knowledge_source="infores:b"),
    ]

    assert [source.id for source in read(write(tmp_path, rows)).sources] == ["infores-a"]
