from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.release.builds import MINI

from iatrograph.catalog import WORDS, Catalog
from iatrograph.catalog.words import words_of
from iatrograph.errors import NotFound
from iatrograph.model import Direction, StatementFilter
from iatrograph.rdf.curated import read_curated
from iatrograph.release import build_bundled, build_folder, open_release
from iatrograph.tables.folding import fold
from iatrograph.vocabulary import ontology, resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def opened(data_dir: Path, *, bundled: bool) -> Iterator[Catalog]:
    """Build a release and open it as a catalog."""
    info = build_bundled(data_dir) if bundled else build_folder(MINI, data_dir)
    release = open_release(data_dir / "releases" / info.folder)
    yield Catalog(release.tables, ontology())
    release.tables.close()


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """Open the tiny invented graph."""
    yield from opened(tmp_path_factory.mktemp("mini"), bundled=False)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """Open the graph that ships with Iatrograph."""
    yield from opened(tmp_path_factory.mktemp("bundled"), bundled=True)


@pytest.mark.parametrize(
    "name",
    [
        "testol",
        "TESTOL",
        "\u03b1-testol",
        "alpha-testol",
        "CHEBI:1",
        "chebi 1",
        "https://w3id.org/iatrograph/id/testol",
        "http://purl.obolibrary.org/obo/CHEBI_1",
    ],
)
def test_names_resolve(mini: Catalog, name: str) -> None:
    """A slug, an IRI, a CURIE, a label and a synonym in any spelling are one entity."""
    assert mini.resolve(name).id == "testol"


def test_names_that_nobody_has(mini: Catalog) -> None:
    """What is not found tells what was perhaps meant."""
    with pytest.raises(
        NotFound, match=r"no entity 'testoll' in this release; near.*testol"
    ) as caught:
        mini.resolve("testoll")
    assert caught.value.near[0] == "testol"
    with pytest.raises(NotFound, match="no Drug 'rash'"):
        mini.resolve("rash", frozenset({"Drug"}))
    with pytest.raises(NotFound, match="no class 'Drugg'; near matches: Drug"):
        mini.search("testol", frozenset({"Drugg"}))
    with pytest.raises(NotFound, match=r"relation 'mayCaus'.*mayCause"):
        mini.statements(["testol"], "mayCaus", Direction.OUT)
    with pytest.raises(NotFound, match="source"):
        mini.source("three")
    with pytest.raises(NotFound, match="entity"):
        mini.label("three")


def test_classes_cover_what_is_below_them(mini: Catalog) -> None:
    """An interface finds all its kinds, a kind its roles."""
    assert mini.members("Intervention") == ("slow-start", "soothing-cream", "testol", "testols")
    assert mini.members("Effect") == ("rash",)
    assert mini.members("AdverseEffect") == ("rash",)
    assert mini.members("RiskFactor") == ("old-age",)
    assert mini.members("Mitigation") == ("soothing-cream",)
    assert len(mini.members("Entity")) == 8
    (rash,) = mini.entities(["rash"])
    assert rash is not None
    assert mini.is_a(rash, "Finding")
    assert not mini.is_a(rash, "Intervention")
    assert mini.resolve("rash", frozenset({"Finding"})) == rash
    assert [hit.entity for hit in mini.search("s", frozenset({"Mitigation"}))] == ["soothing-cream"]


@pytest.mark.parametrize(
    ("entity", "relation", "direction", "relations"),
    [
        ("testol", "influences", Direction.OUT, ["agonistOf", "hasSideEffect"]),
        ("testol", "mayCause", Direction.OUT, ["hasSideEffect"]),
        ("testol", "relatedTo", Direction.OUT, ["agonistOf", "hasSideEffect", "treats"]),
        ("testol", "relatedTo", Direction.IN, ["modifiesRiskOf"]),
        ("rash", "addresses", Direction.IN, ["mitigates", "prevents"]),
        ("rash", "addresses", Direction.OUT, []),
    ],
)
def test_relations_cover_what_is_below_them(
    mini: Catalog, entity: str, relation: str, direction: Direction, relations: list[str]
) -> None:
    """A relation finds statements of every narrower one; the root finds all."""
    (page,) = mini.statements([entity], relation, direction)
    assert sorted(statement.key.relation for statement in page.statements) == relations


def test_filters_and_what_is_behind_statements(mini: Catalog) -> None:
    """Statements lead to their claims, sources and explanations."""
    (page,) = mini.statements(
        ["rash"], "relatedTo", Direction.IN, StatementFilter(is_contested=True)
    )
    (statement,) = page.statements
    ((first, second),) = mini.claims([statement.key])
    assert (first.stance, second.stance) == ("affirms", "denies")
    assert mini.source(second.source).title == "Second invented source"
    assert len(mini.statements_of("rash")) == 3
    assert len(mini.statements_of("testol")) == 4
    explained = [s.key for s in mini.statements_of("testol", "treats")]
    ((explanation,),) = mini.explanations(explained)
    assert explanation.id == "testol-fever"


def test_relations_read_both_ways(mini: Catalog) -> None:
    """A relation has words for either direction."""
    assert mini.relation_label("treats") == "treats"
    assert mini.relation_label("treats", Direction.IN) == "treated by"


def test_words_name_relations_and_classes_of_the_ontology() -> None:
    """The words of users stand for relations between entities of the right classes."""
    words = ontology()
    for word in WORDS:
        relation = words.relations[word.relation]
        end = relation.domain if word.direction is Direction.OUT else relation.range
        wanted = words.kind_of_role(end)
        assert {wanted, word.subject_class} & {*words.classes[word.subject_class].ancestors}
        assert wanted in words.classes[word.subject_class].ancestors
    assert [word.name for word in words_of("Condition", words)] == [
        "treatments",
        "mitigations",
        "riskFactors",
    ]
    for kind in words.classes:
        names = [word.name for word in words_of(kind, words)]
        assert len(names) == len(set(names))


def test_every_name_of_the_bundled_graph_finds_its_entity(bundled: Catalog) -> None:
    """Labels, synonyms and identifiers of the curated graph resolve, and are found first."""
    for entity in bundled.tables.all_entities():
        assert bundled.resolve(entity.label) == entity
        assert bundled.search(entity.label)[0].entity == entity.id
        for name in (entity.id, *entity.synonyms, *entity.identifiers):
            found = [hit.entity for hit in bundled.search(name, limit=5)]
            assert entity.id in found, name


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("alpha2delta-1", "alpha2delta"),
        ("\u03b12\u03b4-1", "alpha2delta"),
        ("GABA-B", "gabab"),
        ("GABAB", "gabab"),
    ],
)
def test_spellings_of_targets_find_them_first(bundled: Catalog, text: str, spelling: str) -> None:
    """Greek letters, their names and any punctuation find the same target."""
    hit = bundled.search(text)[0]
    assert spelling in fold(hit.matched)
    assert "Target" in hit.kinds


def test_the_bundled_graph_comes_back_whole(bundled: Catalog) -> None:
    """Every claim that was curated is in the tables, word for word."""
    curated = read_curated(resource("graph"), ontology()).contribution
    claims = {claim.id: claim for claim in bundled.tables.all_claims()}
    assert claims == {claim.id: claim for claim in curated.claims}
