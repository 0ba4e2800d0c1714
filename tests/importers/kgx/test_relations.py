"""The relation that an edge states, and the words of Biolink that a relation is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.importers.kgx.reasons import NO_FIT, NO_RELATION, NO_SIGN
from iatrograph.importers.kgx.relations import Read, Said, read_relation
from iatrograph.model.conformance import Known, statement_faults
from iatrograph.model.statement import StatementKey
from iatrograph.vocabulary import ontology as load
from iatrograph.vocabulary.alignment import alignment

if TYPE_CHECKING:
    from iatrograph.vocabulary import Ontology

DRUG, TARGET, CONDITION, EFFECT = ("Drug",), ("Target",), ("Condition",), ("Effect",)
PROCESS, ANATOMY = ("Process",), ("Anatomy",)
KINDS: Final = [cls.name for cls in load().concrete_classes]


def read(
    said: Said | str,
    subject: tuple[str, ...],
    object: tuple[str, ...],
    *,
    is_undirected: bool = False,
) -> Read | str:
    """Return what an edge states."""
    words = Said(said) if isinstance(said, str) else said
    return read_relation(words, subject, object, is_undirected=is_undirected)


@pytest.mark.parametrize(
    ("predicate", "subject", "object", "relation"),
    [
        ("treats", DRUG, CONDITION, "treats"),
        ("has_side_effect", DRUG, EFFECT, "hasSideEffect"),
        ("preventative_for_condition", DRUG, CONDITION, "prevents"),
        ("ameliorates_condition", DRUG, CONDITION, "mitigates"),
        ("applied_to_treat", DRUG, CONDITION, "usedFor"),
        ("in_clinical_trials_for", DRUG, CONDITION, "usedFor"),
        ("contraindicated_in", DRUG, CONDITION, "contraindicatedIn"),
        ("affects", DRUG, TARGET, "actsOn"),
        ("affects", DRUG, CONDITION, "influences"),
        ("causes", TARGET, CONDITION, "mayCause"),
        ("causes", DRUG, PROCESS, "contributesTo"),
        ("contributes_to", TARGET, CONDITION, "contributesTo"),
        ("has_phenotype", CONDITION, EFFECT, "hasSymptom"),
        ("has_phenotype", TARGET, EFFECT, "associatedWith"),
        ("has_adverse_event", DRUG, EFFECT, "associatedWith"),
        ("subclass_of", CONDITION, CONDITION, "kindOf"),
        ("part_of", TARGET, ANATOMY, "partOf"),
        ("located_in", TARGET, ANATOMY, "locatedIn"),
        ("actively_involved_in", TARGET, PROCESS, "participatesIn"),
        ("directly_physically_interacts_with", DRUG, TARGET, "binds"),
        ("physically_interacts_with", DRUG, DRUG, "associatedWith"),
        ("pharmacologically_interacts_with", DRUG, DRUG, "interactsWith"),
        ("entity_positively_regulates_entity", DRUG, TARGET, "increases"),
        ("same_as", TARGET, TARGET, "equatedWith"),
        ("related_to", TARGET, CONDITION, "associatedWith"),
    ],
)
def test_the_narrowest_relation_that_holds_is_taken(
    predicate: str, subject: tuple[str, ...], object: tuple[str, ...], relation: str
) -> None:
    """By the classes of both ends; never one that says more than the predicate."""
    assert read(predicate, subject, object) == (relation, False, "")


@pytest.mark.parametrize(
    ("predicate", "subject", "object", "relation"),
    [
        ("treated_by", CONDITION, DRUG, "treats"),
        ("phenotype_of", EFFECT, CONDITION, "hasSymptom"),
        ("expressed_in", TARGET, ANATOMY, "expresses"),
        ("has_participant", PROCESS, TARGET, "participatesIn"),
        ("disease_has_basis_in", CONDITION, TARGET, "contributesTo"),
        ("directly_physically_interacts_with", TARGET, DRUG, "binds"),
    ],
)
def test_what_reads_backwards_is_turned(
    predicate: str, subject: tuple[str, ...], object: tuple[str, ...], relation: str
) -> None:
    """Inverses always, what reads both ways where a narrower relation holds so."""
    assert read(predicate, subject, object) == (relation, True, "")


def test_edges_in_either_direction_are_turned_to_say_the_most() -> None:
    """A file that writes them so means by a target and its drug that the drug acts."""
    assert read("affects", TARGET, DRUG) == ("influences", False, "")
    assert read("affects", TARGET, DRUG, is_undirected=True) == ("actsOn", True, "")
    assert read("affects", DRUG, TARGET, is_undirected=True) == ("actsOn", False, "")
    assert read("treats", CONDITION, DRUG) == NO_FIT
    assert read("treats", CONDITION, DRUG, is_undirected=True) == ("treats", True, "")


@pytest.mark.parametrize(
    ("said", "object", "wanted"),
    [
        (Said("affects", "causes", "increased", "activity_or_abundance"), TARGET, "increases"),
        (Said("affects", "causes", "decreased", "expression"), TARGET, "decreases expression"),
        (Said("affects", "causes", "upregulated"), TARGET, "increases"),
        (Said("regulates", "", "downregulated"), PROCESS, "decreases"),
        (Said("causes", "", "decreased", "activity"), TARGET, "decreases activity"),
        (
            Said("affects", "causes", "decreased", "degradation"),
            TARGET,
            "actsOn decreased degradation",
        ),
        (Said("affects", "", "", "localization"), TARGET, "actsOn localization"),
        (Said("affects", "", "increased", "abundance"), DRUG, "raisesExposureOf abundance"),
        (
            Said("affects", "", "decreased", "metabolic_processing"),
            DRUG,
            "raisesExposureOf metabolic_processing",
        ),
        (
            Said("affects", "", "increased", "metabolic_processing"),
            DRUG,
            "influences increased metabolic_processing",
        ),
        (Said("affects", "", "decreased"), CONDITION, "lessens"),
        (Said("affects", "", "increased"), CONDITION, "influences increased"),
        (Said("affects_likelihood_of", "", "increased"), CONDITION, "increasesRiskOf"),
        (Said("affects_likelihood_of", "", "decreased"), CONDITION, "lessens"),
        (Said("affects", "", "increased", "activity", "agonism"), TARGET, "increases activity"),
        (Said("physically_interacts_with", "", "", "", "agonism"), TARGET, "agonistOf"),
        (Said("physically_interacts_with", "", "", "", "antagonism"), TARGET, "binds"),
        (Said("affects", "causes"), CONDITION, "mayCause"),
        (Said("affects", "no_such_predicate"), TARGET, "actsOn"),
    ],
)
def test_qualifiers_give_the_sign(said: Said, object: tuple[str, ...], wanted: str) -> None:
    """What the relation does not say itself, direction or aspect, is told in words."""
    found = read(said, DRUG, object)

    assert isinstance(found, Read)
    assert f"{found.relation} {found.unsaid}".strip() == wanted


@pytest.mark.parametrize(
    ("said", "subject", "object", "reason"),
    [
        ("orthologous_to", TARGET, TARGET, NO_RELATION),
        ("no_such_predicate", DRUG, CONDITION, NO_RELATION),
        ("treats", TARGET, CONDITION, NO_FIT),
        ("subclass_of", (), CONDITION, NO_FIT),
        (Said("causes", "", "decreased"), DRUG, CONDITION, NO_FIT),
        (Said("treats", "", "increased"), DRUG, CONDITION, NO_SIGN),
        (Said("affected_by", "", "increased"), TARGET, DRUG, NO_SIGN),
    ],
)
def test_what_no_relation_says_has_a_reason(
    said: Said | str, subject: tuple[str, ...], object: tuple[str, ...], reason: str
) -> None:
    """A sign that would be lost is never lost: ``causes decreased`` is no cause."""
    assert read(said, subject, object) == reason


@given(
    predicate=st.sampled_from(sorted({*alignment().relations, *alignment().inverses})),
    subject=st.sampled_from(KINDS),
    object=st.sampled_from(KINDS),
    direction=st.sampled_from(["", "increased", "decreased"]),
    aspect=st.sampled_from(["", "activity", "degradation"]),
    is_undirected=st.booleans(),
)
def test_what_is_read_keeps_to_the_ontology(
    predicate: str, subject: str, object: str, direction: str, aspect: str, is_undirected: bool
) -> None:
    """Whatever the words and the classes, a relation has the domain and range it needs."""
    said = Said(predicate, "", direction, aspect)
    found = read_relation(said, (subject,), (object,), is_undirected=is_undirected)
    if isinstance(found, str):
        return
    ends = ("a", "b")[:: -1 if found.is_turned else 1]
    words = load()
    if words.relations[found.relation].is_symmetric:
        ends = ("a", "b")
    known = Known(kinds={"a": (subject,), "b": (object,)}, sources=())

    assert (
        list(statement_faults(StatementKey(ends[0], found.relation, ends[1]), known, words)) == []
    )


def test_what_is_written_is_read_as_what_it_was(ontology: Ontology) -> None:
    """A relation whose predicate says no less than it does comes back, with its qualifiers."""
    words = alignment()
    lossy = set()
    for relation in ontology.relations.values():
        match = words.qualified_match(relation.name)
        given = {slot: values[0] for slot, values in match.qualifiers.items()} if match else {}
        said = Said(
            words.predicates[relation.name],
            "",
            given.get("object_direction_qualifier", ""),
            given.get("object_aspect_qualifier", ""),
            given.get("causal_mechanism_qualifier", ""),
        )
        ends = [_concrete(end, ontology) for end in (relation.domain, relation.range)]
        found = read_relation(said, *ends, is_undirected=False)
        if isinstance(found, str) or found.relation != relation.name:
            lossy.add(relation.name)

    assert lossy == {
        *("hasWithdrawalEffect", "hasToxicEffect", "mayCause", "interferesWith", "improves"),
        *("alternativeTo", "mayIndicate", "deficiencyOf", "affectsSite", "crosses", "deliveredBy"),
        *("clearedBy", "monitoredBy", "advises", "callsFor", "advisesAgainst", "modifiesRiskOf"),
        "equatedWith",
    }


def _concrete(name: str, ontology: Ontology) -> tuple[str, ...]:
    wanted = ontology.kind_of_role(name)
    kinds = (cls.name for cls in ontology.concrete_classes if wanted in cls.ancestors)
    return (next(kinds),)
