from __future__ import annotations

import gzip
import io
import json
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from iatrograph.errors import UnreadableFile
from iatrograph.importers import IMPORTERS
from iatrograph.importers.lines import NO_UTF8
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.sider import sider
from iatrograph.importers.sider.contribution import (
    NO_ARM,
    NO_SHARES,
    NO_STITCH,
    ONLY_PLACEBO,
    SOURCE,
)
from iatrograph.importers.sider.frequencies import BANDS, decimal, frequency
from iatrograph.importers.sider.terms import NO_CONCEPT, NO_LEVEL, NO_NAME, NO_PREFERRED
from iatrograph.importers.tables import RAGGED
from iatrograph.model import StatementKey, claim_id
from iatrograph.validation.rows import check_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from iatrograph.model import Claim, Contribution, Entity
    from iatrograph.vocabulary import Ontology

GABAPENTIN = ("CID100003446", "CID000003446")
DRUG = "pubchem.compound:3446"
TWITCHING, MYOCLONUS, FASCICULATION = "umls:C0231530", "umls:C0027066", "umls:C0015644"

Cells = tuple[str, ...]


def effect(
    name: str = "Muscle twitching",
    concept: str = "C0231530",
    level: str = "PT",
    *,
    on_label: str | None = None,
    drug: Cells = GABAPENTIN,
) -> Cells:
    """Return a row of side effects."""
    return (*drug, on_label or concept, level, concept, name)


def rate(words: str, low: str, high: str, arm: str = "", *, row: Cells | None = None) -> Cells:
    """Return a row of frequencies for the row of side effects."""
    flat, stereo, on_label, *term = row or effect()
    return (flat, stereo, on_label, arm, words, low, high, *term)


def indication(
    name: str = "Neuralgia",
    concept: str = "C0027796",
    method: str = "NLP_indication",
    *,
    called: str = "Neuralgia",
    level: str = "PT",
    drug: str = GABAPENTIN[0],
) -> Cells:
    """Return a row of indications."""
    return (drug, concept, method, called, level, concept, name)


def text(rows: Iterable[Cells]) -> str:
    """Return rows as a file has them."""
    return "".join("\t".join(row) + "\n" for row in rows)


def write(
    folder: Path,
    effects: Sequence[Cells] = (effect(),),
    rates: Iterable[Cells] | None = None,
    indications: Iterable[Cells] = (indication(),),
) -> Path:
    """Write the three files and return their folder; the first effect is rated if none is."""
    rates = rates or [rate("4%", "0.04", "0.04", row=effects[0])]
    (folder / "meddra_all_se.tsv").write_text(text(effects))
    (folder / "meddra_freq.tsv").write_text(text(rates))
    (folder / "meddra_all_indications.tsv").write_text(text(indications))
    return folder


def read(folder: Path) -> tuple[Mapping[StatementKey, Claim], Mapping[str, Entity], Rejects]:
    """Return claims by statement, entities by id, and what was rejected."""
    rejects = Rejects("sider")
    found = sider(folder, rejects)
    claims = list(found.claims)
    by_key = {claim.statement: claim for claim in claims}
    assert len(by_key) == len(claims), "two claims on one statement"
    return by_key, {entity.id: entity for entity in found.entities}, rejects


def one(folder: Path, relation: str = "hasSideEffect", term: str = TWITCHING) -> Claim:
    """Return the claim on gabapentin and a term."""
    return read(folder)[0][StatementKey(DRUG, relation, term)]


def test_it_is_registered() -> None:
    """The command line finds the importer by its name."""
    assert IMPORTERS["sider"] is sider


def test_a_side_effect_is_one_claim_with_what_labels_say(tmp_path: Path) -> None:
    """Both levels, all frequencies and the placebo arm come to a single claim."""
    rates = [
        rate("0.5%", "0.005", "0.005"),
        rate("1.3%", "0.013", "0.013"),
        rate("infrequent", "0.001", "0.01"),
        rate("1.3%", "0.013", "0.013", row=effect(on_label="C0040822")),
        rate("0.5%", "0.005", "0.005", "placebo"),
        rate("9%", "0.09", "0.09", row=effect(level="LLT")),
    ]
    claim = one(write(tmp_path, [effect(level="LLT"), effect()], rates))
    assert claim.id == claim_id(claim.statement, "sider")
    assert claim.qualifiers == {
        "certainty": ("not-stated",),
        "evidenceLevel": ("label",),
        "frequency": ("common",),
        "frequencyLow": ("0.001",),
        "frequencyHigh": ("0.013",),
        "frequencyWords": ("0.5%; 1.3%; infrequent",),
        "comparator": ("placebo",),
        "comparatorFrequencyWords": ("0.5%",),
        "originalPredicate": ("meddra_all_se",),
        "originalId": ("CID000003446 C0231530",),
    }
    assert (claim.knowledge_level, claim.agent_type) == (
        "knowledge_assertion",
        "text_mining_agent",
    )


def test_an_effect_without_a_frequency_has_none(tmp_path: Path) -> None:
    """A label that only lists an effect says nothing on how often."""
    claim = one(write(tmp_path, [effect(), effect("Myoclonus", "C0027066")]), term=MYOCLONUS)
    assert not [name for name in claim.qualifiers if "requency" in name or name == "comparator"]


def test_a_pair_that_only_has_a_frequency_is_a_claim(tmp_path: Path) -> None:
    """The frequency table alone names the effect; the predicate says where it was read."""
    folder = write(tmp_path, [effect("Ataxia", "C0004134")], [rate("4%", "0.04", "0.04")])
    assert one(folder).one("originalPredicate") == "meddra_freq"


def test_what_only_placebo_did_is_no_side_effect(tmp_path: Path) -> None:
    """Neither table says that the drug does it, so the rows are rejected and nothing is claimed."""
    rates = [rate("1%", "0.01", "0.01", "placebo"), rate("2%", "0.02", "0.02", "placebo")]
    claims, _, rejects = read(write(tmp_path, [effect("Ataxia", "C0004134")], rates))
    assert StatementKey(DRUG, "hasSideEffect", TWITCHING) not in claims
    assert rejects.counts == {ONLY_PLACEBO: 2}


def test_a_placebo_arm_before_the_drug_arm_is_kept(tmp_path: Path) -> None:
    """The order of the rows of one pair does not matter."""
    rates = [rate("1%", "0.01", "0.01", "placebo"), rate("2%", "0.02", "0.02")]
    claim = one(write(tmp_path, [effect("Ataxia", "C0004134")], rates))
    assert (claim.one("frequencyWords"), claim.one("comparatorFrequencyWords")) == ("2%", "1%")


def test_a_listed_effect_keeps_a_lone_placebo_arm(tmp_path: Path) -> None:
    """The comparator's frequency is told, and none is made up for the drug."""
    claim = one(write(tmp_path, rates=[rate("1%", "0.01", "0.01", "placebo")]))
    assert claim.one("comparatorFrequencyWords") == "1%"
    assert not claim.many("frequencyWords")
    assert not claim.many("frequency")


@pytest.mark.parametrize(
    ("words", "low", "high", "band"),
    [
        ("very common", "0.1", "1", "very-common"),
        ("very frequent", "0.1", "1", "very-common"),
        ("common", "0.01", "1", "common"),
        ("frequent", "0.01", "1", "common"),
        ("uncommon", "0.001", "0.01", "uncommon"),
        ("infrequent", "0.001", "0.01", "uncommon"),
        ("rare", "0", "0.001", "rare"),
        ("very rare", "0", "0.0001", "very-rare"),
        ("postmarketing", "0", "0.001", None),
        ("10%", "0.1", "0.1", "very-common"),
        ("9.99%", "0.0999", "0.0999", "common"),
        ("1%", "0.01", "0.01", "common"),
        ("0.1%", "0.001", "0.001", "uncommon"),
        ("0.01%", "0.0001", "0.0001", "rare"),
        ("0.005%", "5e-05", "5e-05", "very-rare"),
        ("0%", "0", "0", None),
        ("0 to 15%", "0", "0.15", "very-common"),
        ("0.3 -2%", "0.003", "0.02", "uncommon"),
    ],
)
def test_each_text_of_sider_has_its_band(words: str, low: str, high: str, band: str | None) -> None:
    """Words, shares and ranges come to bands by their bounds; postmarketing and nobody to none."""
    found = frequency(words, low, high)
    assert found is not None
    assert found.band == band


def test_the_bands_are_those_of_the_ontology(ontology: Ontology) -> None:
    """Every band is a notation of the scheme of frequencies, in its order."""
    scheme = ontology.schemes["FrequencyScheme"].by_key
    weights = [scheme[band].weight for band in BANDS]
    assert weights == sorted(weights, key=lambda weight: -(weight or 0))


def test_several_bands_give_the_highest_and_keep_all_words(tmp_path: Path) -> None:
    """Labels differ; the claim tells the most that one of them says, and the whole range."""
    rates = [
        rate("postmarketing", "0", "0.001"),
        rate("rare", "0", "0.001"),
        rate("12.5%", "0.125", "0.125"),
        rate("common", "0.01", "1"),
    ]
    claim = one(write(tmp_path, rates=rates))
    assert claim.one("frequency") == "very-common"
    assert claim.one("frequencyWords") == "postmarketing; rare; 12.5%; common"
    assert (claim.one("frequencyLow"), claim.one("frequencyHigh")) == ("0", "1")


def test_postmarketing_alone_is_words_and_bounds_without_a_band(tmp_path: Path) -> None:
    """Spontaneous reports have no denominator, so nothing is called rare for them."""
    claim = one(write(tmp_path, rates=[rate("postmarketing", "0", "0.001")]))
    assert not claim.many("frequency")
    assert claim.one("frequencyHigh") == "0.001"


@pytest.mark.parametrize(
    ("low", "written"), [("0.50", "0.5"), ("5e-05", "0.00005"), ("1.0", "1"), ("0.0", "0")]
)
def test_shares_are_written_in_one_form(low: str, written: str) -> None:
    """No exponent, and no zero that says nothing."""
    found = frequency("x", low, "1")
    assert found is not None
    assert decimal(found.low) == written


@pytest.mark.parametrize(
    ("low", "high"),
    [
        *[("nan", "0.1"), ("0.1", "nan"), ("inf", "inf"), ("-0.1", "0.1"), ("0.1", "1.1")],
        *[("0.01", "0"), ("", "0.1"), ("0,1", "0.1"), ("sNaN", "1"), ("1e400", "1e400")],
    ],
)
def test_bounds_that_are_no_shares_reject_the_frequency_only(
    tmp_path: Path, low: str, high: str
) -> None:
    """The effect is still listed; the frequency is counted as rejected."""
    claims, _, rejects = read(write(tmp_path, rates=[rate("1-0%", low, high)]))
    assert not claims[StatementKey(DRUG, "hasSideEffect", TWITCHING)].many("frequencyWords")
    assert rejects.counts == {NO_SHARES: 1}


def test_an_indication_is_addressed_and_tells_how_it_was_found(tmp_path: Path) -> None:
    """What was mined from an indications section is not proof, so it is not ``treats``."""
    rows = [indication(), indication(method="text_mention"), indication(level="LLT")]
    claim = one(write(tmp_path, indications=rows), "addresses", "umls:C0027796")
    assert claim.qualifiers == {
        "certainty": ("not-stated",),
        "evidenceLevel": ("label",),
        "originalPredicate": ("meddra_all_indications: NLP_indication, text_mention",),
        "originalId": ("CID100003446 C0027796",),
    }
    assert claim.agent_type == "text_mining_agent"


@pytest.mark.parametrize("method", ["text_mention", "NLP_precondition"])
def test_what_was_only_met_on_a_label_is_no_indication(tmp_path: Path, method: str) -> None:
    """A label that mentions a condition does not say that the drug is for it: it may warn."""
    folder = write(tmp_path, indications=[indication(method=method)])

    claim = one(folder, "associatedWith", "umls:C0027796")
    assert (claim.one("evidenceLevel"), claim.knowledge_level) == ("computed", "text_co_occurrence")
    assert "addresses" not in {key.relation for key in read(folder)[0]}


def test_blank_words_are_left_out(tmp_path: Path, ontology: Ontology) -> None:
    """A method or a frequency text without letters breaks no rule of the ontology."""
    folder = write(tmp_path, [effect()], [rate(" ", "0", "1")], [indication(method=" ")])
    assert not [*check_rows(sider(folder, Rejects("sider")), ontology)]
    claim = one(folder, "associatedWith", "umls:C0027796")
    assert claim.one("originalPredicate") == "meddra_all_indications: not stated"
    assert not one(folder).many("frequencyWords")


def test_a_term_is_what_it_is_used_as(tmp_path: Path) -> None:
    """An indication is a condition, a side effect an effect, and one that is both is both."""
    rows = [indication(), indication("Muscle twitching", "C0231530")]
    _, entities, _ = read(write(tmp_path, [effect(), effect("Ataxia", "C0004134")], None, rows))
    assert entities[TWITCHING].kinds == ("Condition", "Effect")
    assert entities["umls:C0027796"].kinds == ("Condition",)
    assert entities["umls:C0004134"].kinds == ("Effect",)


def test_a_lowest_level_term_is_a_synonym_of_its_preferred_term(tmp_path: Path) -> None:
    """It is found by search, and is neither an entity nor a claim."""
    rows = [
        effect("Muscle jerks", "C9000001", "LLT"),
        effect("Muscle twitching", "C0231530", "PT", on_label="C9000001"),
        effect("MUSCLE TWITCHING", "C0231530", "LLT"),
        effect("Twitching of muscle", "C0231530", "LLT"),
        effect(),
    ]
    claims, entities, rejects = read(write(tmp_path, rows, [rate("4%", "0.04", "0.04")]))
    assert entities[TWITCHING].label == "Muscle twitching"
    assert entities[TWITCHING].synonyms == ("Muscle jerks", "Twitching of muscle")
    assert "umls:C9000001" not in entities
    assert [key for key in claims if key.relation == "hasSideEffect"] == [
        StatementKey(DRUG, "hasSideEffect", TWITCHING)
    ]
    assert not rejects.counts


def test_a_lowest_level_term_is_lost_where_its_drug_has_no_preferred_term(tmp_path: Path) -> None:
    """That another drug has it is of no help: the effect of this one would be dropped silently."""
    other = ("CID100000100", "CID000000100")
    rates = [rate("4%", "0.04", "0.04"), rate("2%", "0.02", "0.02", row=effect(level="LLT"))]
    rows = [effect(), effect(level="LLT"), effect(level="LLT", drug=other)]
    claims, _, rejects = read(write(tmp_path, rows, rates))
    assert StatementKey("pubchem.compound:100", "hasSideEffect", TWITCHING) not in claims
    assert rejects.counts == {NO_PREFERRED: 1}


def test_a_lowest_level_term_that_is_preferred_elsewhere_is_no_synonym(tmp_path: Path) -> None:
    """Rash under Dermatitis stays a sign of its own."""
    rows = [
        effect("Rash", "C0015230", "LLT"),
        effect("Dermatitis", "C0011603", "PT", on_label="C0015230"),
        effect("Rash", "C0015230", "PT"),
    ]
    _, entities, _ = read(write(tmp_path, rows))
    assert entities["umls:C0011603"].synonyms == ()
    assert entities["umls:C0015230"].label == "Rash"


def test_the_name_on_the_label_is_a_synonym_of_the_same_concept(tmp_path: Path) -> None:
    """SIDER gives the UMLS name beside the British one of MedDRA."""
    rows = [indication("Hypoglycaemia", "C0020615", called="Hypoglycemia")]
    _, entities, _ = read(write(tmp_path, indications=rows))
    assert entities["umls:C0020615"].synonyms == ("Hypoglycemia",)


def test_a_drug_is_the_compound_with_stereochemistry(tmp_path: Path) -> None:
    """The flat compound is the same thing where it has one form, and a further identifier."""
    drug = ("CID100003640", "CID000005754")
    folder = write(tmp_path, [effect(drug=drug)], None, [indication(drug=drug[0])])
    claims, entities, _ = read(folder)
    found = entities["pubchem.compound:5754"]
    assert found.identifiers == ("pubchem.compound:3640",)
    assert (found.label, found.kinds) == ("pubchem.compound:5754", ("Drug",))
    assert {key.subject for key in claims} == {found.id}
    assert claims[StatementKey(found.id, "addresses", "umls:C0027796")].one("originalId") == (
        "CID100003640 C0027796"
    )


def test_indications_of_a_compound_with_several_forms_are_said_of_no_form(tmp_path: Path) -> None:
    """The file has flat compounds only: an indication of quinine is none of quinidine."""
    quinine, quinidine = ("CID100001065", "CID003034034"), ("CID100001065", "CID000441074")
    folder = write(
        tmp_path,
        [effect(drug=quinine), effect(drug=quinidine)],
        indications=[indication(drug=quinine[0])],
    )
    claims, entities, _ = read(folder)
    assert StatementKey("pubchem.compound:1065", "addresses", "umls:C0027796") in claims
    for form in ("pubchem.compound:3034034", "pubchem.compound:441074"):
        assert entities[form].broader == ("pubchem.compound:1065",)
        assert entities[form].identifiers == ()
    assert len(claims) == 3


def test_a_flat_compound_can_be_a_form_of_itself(tmp_path: Path) -> None:
    """Citalopram is the flat compound of escitalopram, and a drug with side effects of its own."""
    rows = [
        effect(drug=("CID100002771", "CID000002771")),
        effect(drug=("CID100002771", "CID000146570")),
    ]
    _, entities, _ = read(write(tmp_path, rows, None, [indication(drug="CID100002771")]))
    assert entities["pubchem.compound:2771"].broader == ()
    assert entities["pubchem.compound:146570"].broader == ("pubchem.compound:2771",)


def test_a_flat_compound_known_by_indications_only_is_a_drug(tmp_path: Path) -> None:
    """Nothing else says which form it has, so it stays flat."""
    claims, entities, _ = read(write(tmp_path, indications=[indication(drug="CID100000119")]))
    assert entities["pubchem.compound:119"].kinds == ("Drug",)
    assert StatementKey("pubchem.compound:119", "addresses", "umls:C0027796") in claims


def test_two_flat_compounds_of_one_drug_make_one_claim(tmp_path: Path) -> None:
    """A flat compound that is the only form of another is the same drug."""
    rows = [indication(drug="CID100000100"), indication(drug="CID100000200")]
    folder = write(tmp_path, [effect(drug=("CID100000100", "CID000000200"))], None, rows)
    claims, _, _ = read(folder)
    claim = claims[StatementKey("pubchem.compound:200", "addresses", "umls:C0027796")]
    assert claim.one("originalId") == "CID100000100 C0027796; CID100000200 C0027796"


def test_names_of_drugs_are_labels_where_the_file_is_there(tmp_path: Path) -> None:
    """The table of names has flat compounds; a row without an id or a name is told."""
    write(tmp_path)
    rows = [("CID100003446", "gabapentin"), ("3446", "x"), ("CID100000001", " ")]
    (tmp_path / "drug_names.tsv").write_text(text(rows))
    _, entities, rejects = read(tmp_path)
    assert entities[DRUG].label == "gabapentin"
    assert rejects.counts == {NO_STITCH: 1, NO_NAME: 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (effect(drug=("CID000003446", "CID000003446")), NO_STITCH),
        (effect(drug=("CID100003446", "CID100003446")), NO_STITCH),
        (effect(drug=("CID10000344", "CID000003446")), NO_STITCH),
        (effect(drug=("CID100000000", "CID000000000")), NO_STITCH),
        (effect(concept="D012345"), NO_CONCEPT),
        (effect(concept=""), NO_CONCEPT),
        (effect(on_label="twitch"), NO_CONCEPT),
        (effect(" "), NO_NAME),
        (effect("Nervous system disorders", level=""), NO_LEVEL),
        (effect("Muscle jerks", "C9000001", "LLT"), NO_PREFERRED),
        (effect()[:-1], RAGGED),
        ((*effect(), "more"), RAGGED),
    ],
)
def test_a_row_that_cannot_be_used_is_told(tmp_path: Path, row: Cells, reason: str) -> None:
    """The reject has file, line, reason and the whole row; what else is there is still read."""
    write(tmp_path, [effect(), row])
    written = io.StringIO()
    found = sider(tmp_path, Rejects("sider", written))
    assert len(list(found.claims)) == 2
    assert [json.loads(line) for line in written.getvalue().splitlines()] == [
        {
            "source": "sider",
            "file": "meddra_all_se.tsv",
            "line": 2,
            "reason": reason,
            "text": "\t".join(row),
        }
    ]


def test_rows_of_the_other_files_are_rejected_alike(tmp_path: Path) -> None:
    """Unknown arms, compounds that are none, terms that are neither level."""
    rates = [rate("4%", "0.04", "0.04"), rate("4%", "0.04", "0.04", "sham")]
    rows = [indication(), indication(drug="3446"), indication(level="HLT")]
    _, _, rejects = read(write(tmp_path, rates=rates, indications=rows))
    assert rejects.counts == {NO_ARM: 1, NO_STITCH: 1, NO_LEVEL: 1}


def test_files_may_be_compressed_with_crlf_and_a_byte_order_mark(tmp_path: Path) -> None:
    """Whoever repacked the files, the claims are the same."""
    expected = one(write(tmp_path))
    for path in [*tmp_path.iterdir()]:
        content = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(content))
        path.unlink()
    assert one(tmp_path) == expected


def test_a_line_that_is_no_utf8_is_rejected(tmp_path: Path) -> None:
    """One damaged line costs one row."""
    write(tmp_path, [effect()])
    with (tmp_path / "meddra_all_se.tsv").open("ab") as file:
        file.write(text([effect("Mot\xf8r", "C0004134")]).encode("latin-1"))
    claims, _, rejects = read(tmp_path)
    assert len(claims) == 2
    assert rejects.counts == {NO_UTF8: 1}


@pytest.mark.parametrize(
    "name", ["meddra_all_se.tsv", "meddra_freq.tsv", "meddra_all_indications.tsv"]
)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """All three are needed."""
    (write(tmp_path) / name).unlink()
    with pytest.raises(UnreadableFile, match=f"{name}: is not there"):
        sider(tmp_path, Rejects("sider"))


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """The message says what belongs into the folder."""
    path = tmp_path / "meddra_all_se.tsv"
    path.write_text("")
    with pytest.raises(UnreadableFile, match="is no folder; give the folder that holds meddra_"):
        sider(path, Rejects("sider"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("a,b,c,d,e,f\n", "has commas; expected the columns stitch_flat"),
        (text([("source label", *effect())] * 2), "has 7 columns; expected 6 columns"),
        (
            text([("DB00996", *effect()[1:])]),
            "the first cell 'DB00996' is no STITCH id such as CID100003446",
        ),
    ],
)
def test_a_file_of_another_layout_fails_at_once(tmp_path: Path, content: str, message: str) -> None:
    """It is told what the file looks like and what was expected, and nothing is rejected."""
    (write(tmp_path) / "meddra_all_se.tsv").write_text(content)
    rejects = Rejects("sider")
    with pytest.raises(UnreadableFile, match=message):
        sider(tmp_path, rejects)
    assert not rejects.counts


def test_a_cut_archive_is_told(tmp_path: Path) -> None:
    """Half a download is no SIDER."""
    path = write(tmp_path) / "meddra_freq.tsv"
    rows = [rate(f"{n / 10000:.4f}%", str(n / 1e6), str(n / 1e6)) for n in range(20000)]
    packed = gzip.compress(text(rows).encode())
    path.with_name("meddra_freq.tsv.gz").write_bytes(packed[: len(packed) // 2])
    path.unlink()
    with pytest.raises(UnreadableFile, match=r"meddra_freq\.tsv\.gz: damaged or cut archive"):
        sider(tmp_path, Rejects("sider"))


def test_the_source_names_the_licence() -> None:
    """A build that wants open data only can leave it out by this."""
    assert SOURCE.licence == "https://creativecommons.org/licenses/by-nc-sa/4.0/"


def test_it_keeps_the_rules_of_the_ontology(tmp_path: Path, ontology: Ontology) -> None:
    """Every qualifier that the importer writes is sound."""
    rates = [rate("4%", "4e-02", "0.040"), rate("0%", "0", "0", "placebo")]
    assert not [*check_rows(sider(write(tmp_path, rates=rates), Rejects("sider")), ontology)]


@pytest.fixture(scope="module")
def published(shared: Path) -> tuple[Contribution, list[Claim], Rejects]:
    """Return all of SIDER."""
    rejects = Rejects("sider")
    found = sider(shared / "data" / "sider4", rejects)
    return found, list(found.claims), rejects


Published = tuple["Contribution", "list[Claim]", "Rejects"]


@pytest.mark.shared
def test_every_pair_of_sider_is_one_claim(published: Published) -> None:
    """The counts of the published files: pairs of a drug and a preferred term."""
    _, claims, rejects = published
    assert len({claim.id for claim in claims}) == len(claims)
    relations = [claim.statement.relation for claim in claims]
    assert relations.count("hasSideEffect") == 152_759
    assert relations.count("addresses") == 4_840
    assert relations.count("associatedWith") == 10_243
    assert rejects.counts == {NO_LEVEL: 1361, NO_SHARES: 1, ONLY_PLACEBO: 3}


@pytest.mark.shared
def test_what_sider_says_of_gabapentin(published: Published) -> None:
    """465 effects; muscle twitching and myoclonus among them, fasciculation not."""
    found = {
        claim.statement.object: claim
        for claim in published[1]
        if claim.statement.subject == DRUG and claim.statement.relation == "hasSideEffect"
    }
    assert len(found) == 465
    twitching, myoclonus = found[TWITCHING], found[MYOCLONUS]
    assert twitching.one("frequencyWords") == "0.5%; 1.3%; infrequent"
    assert twitching.one("comparatorFrequencyWords") == "0.5%"
    assert twitching.one("frequency") == "common"
    assert myoclonus.one("frequencyWords") == "postmarketing; rare"
    assert myoclonus.one("frequency") == "rare"
    assert FASCICULATION not in found


@pytest.mark.shared
def test_what_sider_says_of_pregabalin(published: Published) -> None:
    """Twitching in 4 %, myoclonus in 2 %, by labels that also use words."""
    found = {
        claim.statement.object: claim
        for claim in published[1]
        if claim.statement.subject == "pubchem.compound:5486971"
    }
    assert found[TWITCHING].one("frequencyWords") == "4%; frequent"
    assert found[MYOCLONUS].one("frequencyWords") == "2%; infrequent"
    assert found[TWITCHING].one("comparatorFrequencyWords") == "0%; 1%"


@pytest.mark.shared
def test_sider_keeps_the_rules_of_the_ontology(published: Published, ontology: Ontology) -> None:
    """All entities, and each tenth claim, are sound."""
    found, claims, _ = published
    assert not [*check_rows(replace(found, claims=islice(claims, 0, None, 10)), ontology)]
