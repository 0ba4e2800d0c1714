from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
from tests.curated_graphs import WORDS

from iatrograph.errors import UnreadableFile
from iatrograph.model import Claim, Entity, Source, Stance, StatementKey, claim_id
from iatrograph.rdf import triples
from iatrograph.rdf.rules import apply_rules, derive_by_rules
from iatrograph.vocabulary import PREFIXES, compact, resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = {
    "drug": "Drug",
    "other": "Drug",
    "CHEBI:1": "Drug",
    "cream": "Therapy",
    "rash": "Effect",
    "fever": "Condition",
    "age": "Context",
    "HP:2.0": "Condition",
    "receptor": "Target",
}
CREAM, DRUG = "cream addresses rash", "drug hasSideEffect rash"


class Said(NamedTuple):
    """One claim in short: the statement, the stance, the evidence, other qualifiers, the source."""

    statement: str
    stance: str = "affirms"
    evidence: str = "editorial"
    others: dict[str, str] = {}  # noqa: RUF012
    source: str = "one"


class Derived:
    """What the rules add, asked in short names."""

    def __init__(self, *said: Said) -> None:
        self.added = {_short(line) for line in derive_by_rules(_lines(said))}

    def of(self, statement: str, prop: str) -> list[str]:
        """Return the values of a property of a statement."""
        this = "st:" + StatementKey(*statement.split()).id
        return sorted(o for s, p, o in self.added if s == this and p == f"ig:{prop}")

    def edges(self) -> set[str]:
        """Return the direct edges, with super-relations."""
        return {
            f"{s.removeprefix('id:')} {p.removeprefix('ig:')} {o.removeprefix('id:')}"
            for s, p, o in self.added
            if p.removeprefix("ig:") in WORDS.relations
        }

    def types(self, subject: str) -> set[str]:
        """Return the classes that are added to a subject."""
        return {o.removeprefix("ig:") for s, p, o in self.added if (s, p) == (subject, "rdf:type")}

    def is_asserted(self, statement: str) -> bool:
        """Return the one value of ig:asserted."""
        (value,) = self.of(statement, "asserted")
        return value == "true"

    def is_contested(self, statement: str) -> bool:
        """Whether it is a contested statement."""
        this = "st:" + StatementKey(*statement.split()).id
        return "ContestedStatement" in self.types(this)


def _short(line: str) -> tuple[str, str, str]:
    (quad,) = ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES)
    value = quad.object
    assert isinstance(quad.subject, ox.NamedNode)
    assert isinstance(value, ox.NamedNode | ox.Literal)
    shown = compact(value.value) if isinstance(value, ox.NamedNode) else value.value
    return compact(quad.subject.value), compact(quad.predicate.value), shown


def _lines(said: tuple[Said, ...]) -> Iterator[str]:
    for name, kind in KINDS.items():
        yield from triples.entity_lines(Entity(name, name, (kind,)))
    for name in ("one", "two", "three"):
        yield from triples.source_lines(Source(name, name, "article"), WORDS)
    for name in ("copy", "other-copy"):
        yield from triples.source_lines(Source(name, name, "database", origin="work"), WORDS)
    numbers: Counter[tuple[StatementKey, str]] = Counter()
    for one in said:
        key = StatementKey(*one.statement.split())
        numbers[key, one.source] += 1
        yield from triples.statement_key_lines(key)
        yield from triples.claim_lines(
            Claim(
                claim_id(key, one.source, numbers[key, one.source]),
                key,
                Stance(one.stance),
                one.source,
                {
                    "certainty": ("definite",),
                    "evidenceLevel": (one.evidence,),
                    **{name: tuple(values.split()) for name, values in one.others.items()},
                },
            ),
            WORDS,
        )


def test_an_affirmed_statement_has_its_edges_and_no_opposition() -> None:
    """Support is the weight of the evidence; the edge and its super-relations are there."""
    found = Derived(Said(DRUG, evidence="trial"))

    assert (
        found.of(DRUG, "support"),
        found.of(DRUG, "opposition"),
        found.is_asserted(DRUG),
    ) == (["7"], [], True)
    assert found.edges() == {
        "drug hasSideEffect rash",
        "drug mayCause rash",
        "drug influences rash",
    }


def test_support_is_the_best_evidence() -> None:
    """Of several affirming claims the best counts."""
    found = Derived(Said(DRUG), Said(DRUG, evidence="trial", source="two"))

    assert found.of(DRUG, "support") == ["7"]
    assert found.of(DRUG, "claimCount") == ["2"]


@pytest.mark.parametrize(
    ("against", "is_asserted"), [("anecdote", True), ("editorial", True), ("trial", False)]
)
def test_a_denial_wins_only_with_better_evidence(against: str, is_asserted: bool) -> None:
    """An edge stands while its support is at least the opposition."""
    found = Derived(Said(DRUG), Said(DRUG, "denies", against, source="two"))

    assert found.is_asserted(DRUG) is is_asserted
    assert ("drug hasSideEffect rash" in found.edges()) is is_asserted
    assert found.is_contested(DRUG)


def test_a_denied_statement_is_not_asserted_and_not_contested() -> None:
    """A denial by itself gives opposition, no edge and no contest."""
    found = Derived(Said(DRUG, "denies", "review"))

    assert found.of(DRUG, "opposition") == ["8"]
    assert not found.is_asserted(DRUG)
    assert not found.is_contested(DRUG)
    assert found.edges() == set()


def test_mixed_counts_as_opposition() -> None:
    """Mixed results oppose at their weight, and contest what is affirmed."""
    found = Derived(Said(DRUG), Said(DRUG, "mixedOn", "trial", source="two"))

    assert found.of(DRUG, "opposition") == ["7"]
    assert not found.is_asserted(DRUG)
    assert found.is_contested(DRUG)


def test_a_denial_and_a_mixed_claim_contest_a_statement() -> None:
    """Denied by one and mixed for another is a contest without an affirmation."""
    found = Derived(Said(DRUG, "denies"), Said(DRUG, "mixedOn", source="two"))

    assert found.is_contested(DRUG)


def test_harm_that_the_subject_is_used_against_may_be_confounded() -> None:
    """Harm is flagged where some claim affirms a use against the same; no other statement is."""
    flag = "possibleConfoundingByIndication"
    use, harm = "drug treats fever", "drug hasSideEffect fever"
    found = Derived(Said(use, others={"onlyIf": "age"}), Said(harm, "denies", source="two"))

    assert found.of(harm, flag) == ["true"]
    assert found.of(use, flag) == []
    for no in (
        Said(use, "denies"),
        Said(use, "mixedOn"),
        Said(use, others={"rank": "deprecated"}),
        Said("other treats fever"),
        Said("drug treats rash"),
        Said("drug worsens fever"),
    ):
        assert Derived(Said(harm), no).of(harm, flag) == []
    assert Derived(Said("drug worsens fever"), Said(use)).of("drug worsens fever", flag) == []


def test_affirmation_rises_to_a_broader_relation() -> None:
    """What supports treats supports addresses, where that statement stands."""
    found = Derived(
        Said("drug treats fever", evidence="trial"), Said("drug addresses fever", source="two")
    )

    assert found.of("drug addresses fever", "support") == ["7"]


def test_affirmation_does_not_descend() -> None:
    """What supports addresses says nothing for treats."""
    found = Derived(
        Said("drug addresses fever", evidence="trial"), Said("drug treats fever", source="two")
    )

    assert found.of("drug treats fever", "support") == ["2"]


def test_affirmation_stops_at_a_refuted_narrower_statement() -> None:
    """A claim that is outweighed where it stands carries nothing upwards."""
    found = Derived(
        Said("drug treats fever"),
        Said("drug treats fever", "denies", "trial", source="two"),
        Said("drug addresses fever", evidence="anecdote", source="three"),
    )

    assert found.of("drug addresses fever", "support") == ["1"]
    assert found.is_asserted("drug addresses fever")


def test_denial_descends_to_a_narrower_relation() -> None:
    """What is denied of mayCause is denied of hasSideEffect."""
    found = Derived(Said(DRUG), Said("drug mayCause rash", "denies", "review", source="two"))

    assert found.of(DRUG, "opposition") == ["8"]
    assert not found.is_asserted(DRUG)
    assert found.is_contested(DRUG)
    assert found.is_contested("drug mayCause rash")
    assert found.edges() == set()


def test_denial_does_not_rise() -> None:
    """What is denied of hasSideEffect leaves mayCause alone."""
    found = Derived(
        Said(DRUG, "denies", "review"),
        Said("drug mayCause rash", evidence="anecdote", source="two"),
    )

    assert found.of("drug mayCause rash", "opposition") == []
    assert found.is_asserted("drug mayCause rash")
    assert not found.is_contested("drug mayCause rash")


def test_a_conditional_claim_gives_no_edge() -> None:
    """A claim with onlyIf gives neither support nor edge, and tells its condition."""
    found = Derived(Said("cream prevents rash", others={"onlyIf": "drug age"}))

    assert found.of("cream prevents rash", "support") == []
    assert not found.is_asserted("cream prevents rash")
    assert found.of("cream prevents rash", "conditionalOn") == ["id:age", "id:drug"]
    assert found.edges() == set()


def test_a_conditional_denial_opposes_nothing_but_contests() -> None:
    """A denial under a condition leaves the edge, and is seen as a contest."""
    found = Derived(Said(DRUG), Said(DRUG, "denies", "trial", {"onlyIf": "age"}, "two"))

    assert found.of(DRUG, "opposition") == []
    assert found.is_asserted(DRUG)
    assert found.is_contested(DRUG)
    assert found.of(DRUG, "conditionalOn") == []


def test_a_deprecated_claim_is_only_counted() -> None:
    """A deprecated claim counts in claimCount and nowhere else."""
    others = {"rank": "deprecated", "likelierWith": "age", "onlyIf": "fever"}
    found = Derived(Said(DRUG, others=others), Said(DRUG, "denies", source="two"))

    assert found.of(DRUG, "support") == found.of(DRUG, "conditionalOn") == []
    assert not found.is_contested(DRUG)
    assert found.of(DRUG, "claimCount") == ["2"]
    assert found.of(DRUG, "lineageCount") == ["1"]
    assert "RiskFactor" not in found.types("id:age")


def test_a_deprecated_denial_opposes_nothing() -> None:
    """Opposition leaves deprecated denials out, and so does the contest."""
    found = Derived(Said(DRUG), Said(DRUG, "denies", "trial", {"rank": "deprecated"}, "two"))

    assert found.of(DRUG, "opposition") == []
    assert not found.is_contested(DRUG)


def test_only_deprecated_claims_make_no_lineage() -> None:
    """The number of lineages is written as 0, not left out."""
    found = Derived(Said(DRUG, others={"rank": "deprecated"}))

    assert found.of(DRUG, "lineageCount") == ["0"]
    assert not found.is_asserted(DRUG)


def test_claims_of_one_lineage_count_once() -> None:
    """Two sources that rest on one reference are one lineage; a source of its own is another."""
    found = Derived(
        Said(DRUG, others={"lineage": "work"}),
        Said(DRUG, others={"lineage": "work"}, source="two"),
        Said(DRUG, source="three"),
        Said(DRUG, "denies", source="three"),
    )

    assert found.of(DRUG, "claimCount") == ["4"]
    assert found.of(DRUG, "lineageCount") == ["2"]


def test_sources_of_one_origin_count_once() -> None:
    """Also beside a claim that names that origin, or another one, itself."""
    copies = Said(DRUG, source="copy"), Said(DRUG, source="other-copy")
    named = Said(DRUG, others={"lineage": "work"})
    apart = Said(DRUG, others={"lineage": "a-trial"}, source="copy")

    assert Derived(*copies).of(DRUG, "lineageCount") == ["1"]
    assert Derived(*copies, named).of(DRUG, "lineageCount") == ["1"]
    assert Derived(*copies, named, apart).of(DRUG, "lineageCount") == ["2"]
    assert Derived(*copies, Said(DRUG, source="two")).of(DRUG, "lineageCount") == ["2"]


def test_a_symmetric_relation_holds_both_ways() -> None:
    """InteractsWith is written for both drugs."""
    found = Derived(Said("drug interactsWith other"))

    assert found.edges() == {"drug interactsWith other", "other interactsWith drug"}


def test_what_makes_a_side_effect_likelier_modifies_the_risk_of_the_drug() -> None:
    """LikelierWith and worseWith give a derived statement with its summary and its edge."""
    found = Derived(
        Said(DRUG, others={"likelierWith": "age"}),
        Said(DRUG, evidence="trial", others={"worseWith": "age", "lineage": "work"}, source="two"),
        Said(DRUG, "denies", "anecdote", {"likelierWith": "fever"}, "three"),
    )
    derived = "age modifiesRiskOf drug"

    assert derived in found.edges()
    assert {
        name: found.of(derived, name)
        for name in (
            "support",
            "opposition",
            "claimCount",
            "lineageCount",
            "asserted",
            "derivedFrom",
        )
    } == {
        "support": ["7"],
        "opposition": [],
        "claimCount": ["2"],
        "lineageCount": ["2"],
        "asserted": ["true"],
        "derivedFrom": ["cl:drug.hasSideEffect.rash.one", "cl:drug.hasSideEffect.rash.two"],
    }
    assert "fever modifiesRiskOf drug" not in found.edges()


def test_a_refuted_side_effect_gives_no_risk() -> None:
    """Nothing is derived from a claim on a statement that is not asserted."""
    found = Derived(
        Said(DRUG, others={"likelierWith": "age"}), Said(DRUG, "denies", "trial", source="two")
    )

    assert "age modifiesRiskOf drug" not in found.edges()


def test_only_interventions_have_their_risk_modified() -> None:
    """A claim whose subject is no intervention gives no modifiesRiskOf."""
    found = Derived(Said("fever mayCause rash", others={"likelierWith": "age"}))

    assert not any("modifiesRiskOf" in edge for edge in found.edges())


def test_what_makes_a_benefit_likelier_is_no_risk() -> None:
    """Only claims about harm make risk factors and modified risks."""
    found = Derived(Said("drug treats fever", others={"likelierWith": "age", "worseWith": "rash"}))

    assert not any("modifiesRiskOf" in edge for edge in found.edges())
    assert "RiskFactor" not in found.types("id:age") | found.types("id:rash")


def test_derived_statements_of_imported_entities_have_encoded_names() -> None:
    """The IRI of a derived statement has percent-encoded CURIEs, as a key gives it."""
    found = Derived(Said("CHEBI:1 mayCause rash", others={"likelierWith": "HP:2.0"}))
    key = StatementKey("HP:2.0", "modifiesRiskOf", "CHEBI:1")

    assert key.id == "HP%3A2%2E0.modifiesRiskOf.CHEBI%3A1"
    assert found.is_asserted(" ".join(key))


def test_roles_come_from_use() -> None:
    """Mitigation, AdverseEffect and RiskFactor are inferred, with their superclasses."""
    found = Derived(
        Said("cream mitigates fever"),
        Said("drug mayCause fever", others={"worseWith": "age"}),
        Said("receptor increasesRiskOf rash"),
    )

    assert found.types("id:cream") == {"Mitigation", "Intervention", "Entity"}
    assert found.types("id:fever") == {"AdverseEffect", "Effect", "Finding", "Entity"}
    assert found.types("id:age") == {"RiskFactor", "Entity"}
    assert found.types("id:receptor") == {"RiskFactor", "Mechanism", "Entity"}


def test_treating_is_no_mitigation_and_a_disease_gives_no_adverse_effect() -> None:
    """Roles need the right relation and an intervention that causes."""
    found = Derived(Said("drug treats fever"), Said("fever mayCause rash"))

    assert "Mitigation" not in found.types("id:drug")
    assert "AdverseEffect" not in found.types("id:rash")


def test_claims_and_statements_are_linked() -> None:
    """Every claim has ig:about, every statement an edge: link, asserted or not."""
    found = Derived(Said("drug treats fever", "denies"))
    statement = "st:drug.treats.fever"

    assert ("cl:drug.treats.fever.one", "ig:about", statement) in found.added
    assert {(statement, f"edge:{r}", "id:fever") for r in ("treats", "addresses")} == {
        triple for triple in found.added if triple[1].startswith("edge:")
    }


def test_broader_entities_are_reached_over_many_steps() -> None:
    """skos:broader is closed into skos:broaderTransitive, and nothing claimed flows along it."""
    line = "<{0}a> <http://www.w3.org/2004/02/skos/core#broader> <{0}b> .\n".format(PREFIXES["id"])
    more = line.replace("b> .", "c> .").replace("id/a>", "id/b>")
    found = {_short(added) for added in derive_by_rules([line, more])}

    assert ("id:a", "skos:broaderTransitive", "id:c") in found


def test_the_rules_write_the_hierarchy_as_the_writer_does() -> None:
    """Closed relations and links are the same lines as ``relation_lines``."""
    derived = derive_by_rules([])
    given = {
        f"{triple} .\n"
        for name in ("iatrograph.ttl", "schemes.ttl")
        for quad in ox.parse(path=resource("ontology") / name, format=ox.RdfFormat.TURTLE)
        if (triple := quad.triple)
    }

    assert set(triples.relation_lines(WORDS)) - given == derived


def test_the_rules_name_terms_that_exist() -> None:
    """Every ig: name in a rule is in the ontology or is a relation, class or concept of it."""
    known = {
        quad.subject.value
        for name in ("iatrograph.ttl", "schemes.ttl")
        for quad in ox.parse(path=resource("ontology") / name, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
    }
    used = {
        PREFIXES["ig"] + name
        for path in sorted((resource("ontology") / "rules").glob("*.ru"))
        for name in re.findall(r"\big:([\w-]+)", path.read_text("utf-8"))
    }

    assert used <= known


def test_rules_that_do_not_parse_are_named(tmp_path: Path) -> None:
    """A broken rule is an unreadable file with its line; no rules at all are told as well."""
    with pytest.raises(UnreadableFile, match="no derivation rules"):
        apply_rules(ox.Store(), tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "01.ru").write_text("INSERT { ?a ?b }")

    with pytest.raises(UnreadableFile, match=r"01\.ru:1"):
        apply_rules(ox.Store(), tmp_path)
