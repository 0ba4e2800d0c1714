from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.identity.things import SLUGS, effect, entity_lists, mapping_lists, same

from iatrograph.errors import NotFound
from iatrograph.identity import Identity, Mapping, ReportKind, Strength, join
from iatrograph.identity.kinds import Kinds
from iatrograph.identity.preference import rank
from iatrograph.identity.spelling import prefix_of
from iatrograph.model import Entity

if TYPE_CHECKING:
    from random import Random

    from iatrograph.vocabulary import Ontology

XREF = Strength.CROSS_REFERENCE


def kinds_of(identity: Identity) -> list[ReportKind]:
    """Return the kinds of its reports, names left out."""
    return [one.kind for one in identity.reports if one.kind is not ReportKind.SAME_NAME]


def test_stated_identifiers_join() -> None:
    """Two entities are one where one states the other's id, or both states an identifier."""
    identity = join([effect("myoclonus", "umls:C1"), effect("umls:C1")], [])

    assert identity.canonical("umls:C1") == "myoclonus"
    assert identity.canonical("myoclonus") == "myoclonus"
    assert identity.reports == ()


def test_mappings_join_over_what_nobody_describes() -> None:
    """A chain of mappings joins, though its middle is in no data set."""
    identity = join(
        [effect("umls:C1"), effect("mesh:D1")],
        [same("umls:C1", "MONDO:1"), same("MONDO:1", "mesh:D1")],
    )

    assert {identity.canonical(i) for i in ("umls:C1", "MONDO:1", "mesh:D1")} == {"umls:C1"}
    assert identity.identifiers("umls:C1") == ("MONDO:1", "mesh:D1")


def test_names_never_join() -> None:
    """One name with two identifiers is reported, whatever its capitals, and stays two things."""
    one, other = effect("umls:C1", label="Tinnitus"), effect("mesh:D1", label="tinnitus")
    identity = join([one, other], [])

    assert identity.canonicals == {}
    (report,) = identity.reports
    assert (report.kind, report.ids) == (ReportKind.SAME_NAME, ("mesh:D1", "umls:C1"))
    assert str(report) == (
        "same name: mesh:D1 and umls:C1 have one name, 'tinnitus', and no identifier joins them"
    )


def test_names_of_different_families_are_not_compared() -> None:
    """A drug that is called like an effect is no surprise."""
    drug = Entity("drugbank:DB00001", "flush", ("Drug",))

    assert join([drug, effect("umls:C1", label="flush")], []).reports == ()


def test_what_nobody_describes_is_no_thing() -> None:
    """Mappings about identifiers that are in no data set join nothing."""
    identity = join([effect("umls:C1")], [same("umls:C2", "HP:2")])

    assert identity.canonicals == {}


def test_one_identifier_claimed_by_two_curated_entities() -> None:
    """The identifier joins neither, both keep it, and the report tells who claims it."""
    entities = [effect("cramp", "umls:C1"), effect("spasm", "umls:C1"), effect("umls:C1")]
    identity = join(entities, [])

    assert identity.canonicals == {}
    (report,) = identity.reports
    assert report.ids == ("cramp", "spasm")
    assert "cramp = umls:C1 (stated with cramp)" in report.sentence
    assert {e.id: e.identifiers for e in identity.merged(entities)} == {
        "cramp": ("umls:C1",),
        "spasm": ("umls:C1",),
        "umls:C1": (),
    }


def test_one_identifier_claimed_by_two_that_nobody_describes_otherwise() -> None:
    """Where only two curated entities know an identifier, it is told as shared."""
    identity = join([effect("cramp", "umls:C1"), effect("spasm", "umls:C1")], [])

    (report,) = identity.reports
    assert report.kind is ReportKind.SHARED_IDENTIFIER
    assert report.sentence.startswith(
        "umls:C1 is claimed for cramp and spasm, two curated entities"
    )


def test_a_chain_between_two_curated_entities_is_cut_in_its_mappings() -> None:
    """What curators state holds; the mappings on the shortest way between them are not used."""
    entities = [effect("cramp", "umls:C1"), effect("spasm", "HP:2")]
    identity = join(entities, [same("umls:C1", "MONDO:1", 5), same("MONDO:1", "HP:2", 6)])

    assert identity.canonicals == {"umls:C1": "cramp", "HP:2": "spasm"}
    (report,) = identity.reports
    assert (report.kind, report.ids) == (ReportKind.CHAIN, ("cramp", "spasm"))
    assert [link.place for link in report.unused] == ["m.tsv:6", "m.tsv:5"]


def test_the_weakest_links_of_a_chain_give_way() -> None:
    """A cross-reference gives way before an exact mapping."""
    entities = [effect("cramp", "umls:C1"), effect("spasm", "HP:2")]
    exact, xref = same("umls:C1", "MONDO:1"), same("MONDO:1", "HP:2", strength=XREF)
    identity = join(entities, [exact, xref])

    assert identity.canonical("MONDO:1") == "cramp"
    assert identity.canonical("HP:2") == "spasm"


def test_a_second_way_is_cut_too() -> None:
    """After the shortest way the next one is looked for, until the two are apart."""
    entities = [effect("cramp", "umls:C1"), effect("spasm", "HP:2")]
    mappings = [
        same("umls:C1", "HP:2", 1),
        same("umls:C1", "DOID:3", 2),
        same("DOID:3", "x:1", 3),
        same("x:1", "HP:2", 4),
    ]
    identity = join(entities, mappings)

    assert identity.canonicals == {"umls:C1": "cramp", "HP:2": "spasm"}
    assert {link.place for report in identity.reports for link in report.unused} == {
        f"m.tsv:{line}" for line in range(1, 5)
    }


def test_curated_entities_are_not_joined_by_a_mapping_between_them() -> None:
    """Not even a mapping of slugs makes two curated entities one."""
    identity = join([effect("cramp"), effect("spasm")], [same("cramp", "spasm")])

    assert identity.canonicals == {}
    assert kinds_of(identity) == [ReportKind.CHAIN]


@pytest.mark.parametrize("kind", ["Drug", "Process"])
def test_kinds_that_exclude_each_other_stay_apart(kind: str) -> None:
    """A drug is no finding and an intervention no mechanism, whatever a mapping says."""
    other = "Effect" if kind == "Drug" else "Therapy"
    entities = [Entity("mesh:D1", "one", (kind,)), Entity("umls:C1", "other", (other,))]
    identity = join(entities, [same("mesh:D1", "umls:C1")])

    assert identity.canonicals == {}
    (report,) = identity.reports
    assert report.kind is ReportKind.KINDS
    assert report.sentence == (
        f"mesh:D1 is {kind} and umls:C1 is {other}, which cannot be one thing: "
        "mesh:D1 = umls:C1 (m.tsv:1); not used: mesh:D1 = umls:C1"
    )


def test_an_id_described_as_two_kinds_that_exclude_each_other() -> None:
    """One id cannot be cut: the kind that is shown first is kept, and it is reported."""
    entities = [Entity("mesh:D1", "one", (kind,)) for kind in ("Effect", "Drug")]
    identity = join(entities, [])

    assert [e.kinds for e in identity.merged(entities)] == [("Drug",)]
    assert [one.sentence for one in identity.reports] == [
        "mesh:D1 is described as Drug and Effect; it is taken as Drug"
    ]


def test_two_described_identifiers_of_one_vocabulary_stay_apart() -> None:
    """A vocabulary that has two identifiers means two things, over however many mappings."""
    entities = [effect("umls:C1"), effect("umls:C2"), effect("HP:1")]
    identity = join(entities, [same("umls:C1", "HP:1"), same("HP:1", "umls:C2", strength=XREF)])

    assert identity.canonicals == {"umls:C1": "HP:1"}
    assert kinds_of(identity) == [ReportKind.CHAIN]


def test_a_second_identifier_that_nobody_describes_is_joined_and_reported() -> None:
    """Two DOIDs of one thing are odd, and no reason to take it apart."""
    identity = join([effect("umls:C1")], [same("umls:C1", "DOID:1"), same("umls:C1", "DOID:2")])

    assert identity.identifiers("umls:C1") == ("DOID:1", "DOID:2")
    assert [one.sentence for one in identity.reports] == [
        "umls:C1 has several identifiers of one vocabulary: DOID:1 and DOID:2"
    ]


def test_a_curators_identifier_is_the_one_of_its_vocabulary() -> None:
    """Where a curator states one, a mapping brings no second, described or not."""
    identity = join([effect("cramp", "umls:C1", "HP:1")], [same("HP:1", "umls:C2")])

    assert identity.identifiers("cramp") == ("HP:1", "umls:C1")
    assert kinds_of(identity) == [ReportKind.CHAIN]


def test_a_curator_may_state_two_identifiers_of_one_vocabulary() -> None:
    """Then the curator says that the vocabulary has it twice."""
    identity = join(
        [effect("tingling", "umls:C1", "umls:C2"), effect("umls:C1"), effect("umls:C2")], []
    )

    assert identity.canonicals == {"umls:C1": "tingling", "umls:C2": "tingling"}
    assert identity.reports == ()


def test_the_order_of_vocabularies() -> None:
    """The slug leads, then the vocabulary that comes first for the kind, then the spelling."""
    names = ["x:1", "mesh:D1", "CHEBI:1", "drugbank:DB00002", "drugbank:DB00001", "gabapentin"]

    assert sorted(names, key=lambda name: rank(name, ("Drug",))) == [
        "gabapentin",
        "drugbank:DB00001",
        "drugbank:DB00002",
        "CHEBI:1",
        "mesh:D1",
        "x:1",
    ]


def test_an_id_is_one_that_is_described() -> None:
    """A vocabulary that comes first, but that no data set uses, gives no id."""
    identity = join([effect("mesh:D1")], [same("HP:1", "mesh:D1")])

    assert identity.canonical("HP:1") == "mesh:D1"


def test_merging_keeps_every_name_and_identifier() -> None:
    """The curated label leads; other labels are synonyms once, whatever their capitals."""
    entities = [
        Entity("umls:C1", "MYOCLONUS", ("Condition",), synonyms=("Jerks",), broader=("HP:9",)),
        Entity("HP:9", "movement", ("Effect",)),
        Entity(
            "myoclonus",
            "myoclonus",
            ("Effect",),
            synonyms=("jerks",),
            definition="Jerks.",
            identifiers=("umls:C1",),
        ),
        Entity("mesh:D1", "Myoclonus", ("Effect",), synonyms=("Nodding",), definition="Other."),
        Entity("movement", "movement", ("Effect",), identifiers=("HP:9",)),
    ]
    identity = join(entities, [same("umls:C1", "mesh:D1"), same("mesh:D1", "HP:1")])
    merged = {entity.id: entity for entity in identity.merged(entities)}

    assert list(merged) == ["movement", "myoclonus"]
    assert merged["myoclonus"] == Entity(
        "myoclonus",
        "myoclonus",
        ("Condition", "Effect"),
        synonyms=("Nodding", "jerks"),
        definition="Jerks.",
        identifiers=("HP:1", "mesh:D1", "umls:C1"),
        broader=("movement",),
    )


def test_what_was_not_joined_comes_through_as_it_is() -> None:
    """An entity that stands alone is the same object after merging."""
    alone = effect("umls:C1", "x:1")
    lone = replace(alone, id="umls:C2", identifiers=())

    assert join([lone], []).merged([lone])[0] is lone


def test_an_explanation_goes_the_shortest_way() -> None:
    """Each identifier comes with the links that lead to it, each link with file and line."""
    entities = [effect("gabapentin", "drugbank:DB00996"), effect("drugbank:DB00996")]
    mapping = Mapping("drugbank:DB00996", "pubchem.compound:3446", Path("terms/drugs.tsv.gz"), 987)
    found = join(entities, [mapping]).explain("pubchem.compound:3446")

    assert found.canonical == "gabapentin"
    assert [member.id for member in found.members] == ["drugbank:DB00996", "pubchem.compound:3446"]
    assert [str(link) for link in found.members[1].links] == [
        "gabapentin = drugbank:DB00996 (stated with gabapentin)",
        "drugbank:DB00996 = pubchem.compound:3446 (drugs.tsv.gz:987)",
    ]


def test_an_explanation_tells_what_was_kept_apart() -> None:
    """The reports about any identifier of the thing come with it; others do not."""
    entities = [effect("cramp", "umls:C1"), effect("spasm", "umls:C1"), effect("HP:1")]
    identity = join(entities, [])

    assert identity.explain("cramp").reports == identity.reports
    assert identity.explain("HP:1").reports == ()
    assert identity.explain("HP:1").members == ()


def test_an_unknown_identifier_is_told_with_near_ones() -> None:
    """Nothing to explain is an error that helps."""
    with pytest.raises(NotFound, match=r"no identifier 'gabapentine'.*near matches: gabapentin"):
        join([effect("gabapentin")], []).explain("gabapentine")


@given(entity_lists(), mapping_lists(), st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(
    entities: list[Entity], mappings: list[Mapping], random: Random
) -> None:
    """Entities and mappings in any order give the same ids, reports, entities and explanations."""
    one = join(entities, mappings)
    others, more = [*entities], [*mappings]
    random.shuffle(others)
    random.shuffle(more)
    other = join(others, more)

    assert one.canonicals == other.canonicals
    assert one.reports == other.reports
    assert one.merged(entities) == other.merged(others)
    assert [one.explain(e.id) for e in entities] == [other.explain(e.id) for e in entities]


@given(entity_lists(), mapping_lists())
def test_no_curated_slug_is_lost(entities: list[Entity], mappings: list[Mapping]) -> None:
    """Every slug is its own id and stands among the merged entities."""
    identity = join(entities, mappings)
    slugs = {entity.id for entity in entities} & {*SLUGS}

    assert all(identity.canonical(slug) == slug for slug in slugs)
    assert slugs <= {entity.id for entity in identity.merged(entities)}


@given(entities=entity_lists(), mappings=mapping_lists())
def test_nothing_is_joined_that_may_not_be(
    ontology: Ontology, entities: list[Entity], mappings: list[Mapping]
) -> None:
    """No thing has kinds that exclude each other, or two described ids of one vocabulary.

    The second may be where a curator states both.
    """
    identity = join(entities, mappings)
    kinds = Kinds(entities, ontology)
    stated = [{*entity.identifiers} for entity in entities if not prefix_of(entity.id)]
    for entity in identity.merged(entities):
        described = [i for i in (entity.id, *identity.identifiers(entity.id)) if i in kinds]
        together = [kind for name in described for kind in kinds[name]]
        assert kinds.compatible(together) == kinds.ordered(together)
        for prefix in {prefix_of(name) for name in described}:
            same_prefix = {name for name in described if prefix_of(name) == prefix}
            assert len(same_prefix) == 1 or any(same_prefix <= known for known in stated)


@given(entity_lists(), mapping_lists())
def test_every_identifier_is_kept(entities: list[Entity], mappings: list[Mapping]) -> None:
    """What was stated or joined stands with the thing, and no other entity comes or goes."""
    identity = join(entities, mappings)
    merged = {entity.id: entity for entity in identity.merged(entities)}

    assert {*merged} == {identity.canonical(entity.id) for entity in entities}
    for entity in entities:
        thing = merged[identity.canonical(entity.id)]
        assert {entity.id, *entity.identifiers} <= {thing.id, *thing.identifiers}


@given(entity_lists(), mapping_lists(), st.integers(0, 10))
def test_merging_parts_and_then_all_is_merging_all(
    entities: list[Entity], mappings: list[Mapping], cut: int
) -> None:
    """Contributions may be merged one by one, and merging again changes nothing."""
    identity = join(entities, mappings)
    parts = (identity.merged(entities[:cut]), identity.merged(entities[cut:]))
    merged = identity.merged(entities)

    assert identity.merged(chain(*parts)) == merged
    assert identity.merged(merged) == merged
