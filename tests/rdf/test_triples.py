from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.curated_graphs import WORDS, curated, lines_of

from iatrograph.model import Entity, Statement, StatementKey
from iatrograph.rdf import terms, triples
from iatrograph.rdf.curated import read_curated

if TYPE_CHECKING:
    from iatrograph.model import Contribution
    from iatrograph.vocabulary import Ontology

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
IG = "https://w3id.org/iatrograph/ns#"


def parsed(lines: str) -> list[ox.Triple]:
    """Read N-Triples."""
    return [quad.triple for quad in ox.parse(input=lines, format=ox.RdfFormat.N_TRIPLES)]


def short(lines: list[str]) -> list[str]:
    """Return lines with the project's IRIs as prefixed names, for reading."""
    return [
        line.replace("<https://w3id.org/iatrograph/", "").replace(">", "").removesuffix(" .\n")
        for line in lines
    ]


@settings(max_examples=25, deadline=None)
@given(curated())
def test_what_is_written_reads_back_as_the_same_values(contribution: Contribution) -> None:
    """Curated values survive writing and reading, with every qualifier and any text."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "all.ttl").write_text("".join(lines_of(contribution)), "utf-8")
        read = read_curated(Path(folder), WORDS).contribution

    assert contribution == read


@settings(max_examples=25, deadline=None)
@given(curated())
def test_lines_are_canonical(contribution: Contribution) -> None:
    """Each line is one triple, spelt as Oxigraph spells it."""
    lines = list(lines_of(contribution))

    assert lines == [f"{triple} .\n" for triple in parsed("".join(lines))]


@given(ANY_TEXT, st.none() | st.just("en"))
def test_any_text_survives_a_literal(text: str, language: str | None) -> None:
    """A literal is escaped so that its text comes back."""
    line = f"<a:a> <a:b> {terms.literal(text, language)} .\n"

    assert [ox.Literal(text, language=language)] == [t.object for t in parsed(line)]


@given(ANY_TEXT.map(lambda text: text.replace("#", "")))
@example("\U000e0000")
@example("\U000e1000\ue000\ufffe")
def test_any_identifier_gives_a_term_that_parses(identifier: str) -> None:
    """Characters that no IRI may hold are percent-encoded, so a line never breaks."""
    line = f"{terms.source(identifier)} <a:b> <a:c> .\n"

    assert len(parsed(line)) == 1


def test_every_triple_of_the_bundled_graph_survives(checkout: Path, ontology: Ontology) -> None:
    """Reading graph/ loses nothing: the model writes each of its triples again, and no other."""
    written = set(lines_of(read_curated(checkout / "graph", ontology).contribution))
    given_ = {
        f"{quad.triple} .\n"
        for path in (checkout / "graph").rglob("*.ttl")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    }

    assert given_ == written


def test_a_summary_says_what_is_known_and_leaves_out_the_rest() -> None:
    """Support and opposition are absent where there is none; asserted is always said."""
    key = StatementKey("CHEBI:1", "treats", "fever")
    statement = Statement(key, 5, None, 2, 1, True, True, ("age",))

    assert [
        "statement/CHEBI%3A1.treats.fever ns#support " + terms.integer(5).replace(">", ""),
        "statement/CHEBI%3A1.treats.fever ns#claimCount " + terms.integer(2).replace(">", ""),
        "statement/CHEBI%3A1.treats.fever ns#lineageCount " + terms.integer(1).replace(">", ""),
        "statement/CHEBI%3A1.treats.fever ns#asserted " + terms.boolean(True).replace(">", ""),
        "statement/CHEBI%3A1.treats.fever "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type ns#ContestedStatement",
        "statement/CHEBI%3A1.treats.fever ns#conditionalOn id/age",
    ] == short(list(triples.summary_lines(statement)))


def test_a_derived_statement_names_the_claims_it_comes_from() -> None:
    """``derived_from`` becomes ig:derivedFrom."""
    statement = Statement(StatementKey("age", "modifiesRiskOf", "a"), 1, None, 1, 1, True, False)

    assert "statement/age.modifiesRiskOf.a ns#derivedFrom claim/x.one" in short(
        list(triples.statement_lines(statement, ["x.one"]))
    )


def test_edges_climb_to_below_the_root(ontology: Ontology) -> None:
    """A direct edge has its super-relations, but not relatedTo."""
    key = StatementKey("a", "hasSideEffect", "b")

    assert [
        f"id/a ns#{relation} id/b" for relation in ("hasSideEffect", "mayCause", "influences")
    ] == short(list(triples.edge_lines(key, ontology)))


def test_symmetric_edges_run_both_ways(ontology: Ontology) -> None:
    """What is symmetric is written back again."""
    lines = triples.edge_lines(StatementKey("a", "interactsWith", "b"), ontology)

    assert short(list(lines)) == ["id/a ns#interactsWith id/b", "id/b ns#interactsWith id/a"]


def test_links_lead_from_a_statement_to_its_object(ontology: Ontology) -> None:
    """A statement has an edge: link for its relation and each super-relation below the root."""
    lines = triples.statement_link_lines(StatementKey("a", "treats", "b"), ontology)

    assert short(list(lines)) == [
        "statement/a.treats.b edge#treats id/b",
        "statement/a.treats.b edge#addresses id/b",
    ]


def test_superclasses_are_those_not_written(ontology: Ontology) -> None:
    """Types by closure leave out the classes and roles that the entity has itself."""
    entity = Entity("a", "a", ("Effect",), roles=("AdverseEffect",))
    found = short(list(triples.entity_type_lines(entity, ontology)))

    assert [line.rsplit(" ", 1)[1] for line in found] == ["ns#Entity", "ns#Finding"]


def test_relations_are_closed_with_the_root(ontology: Ontology) -> None:
    """Each relation is under itself, its super-relations and the root, and has a link."""
    found = short(list(triples.relation_lines(ontology)))
    under = "ns#treats <http://www.w3.org/2000/01/rdf-schema#subPropertyOf ns#"

    assert {f"{under}{name}" for name in ("treats", "addresses", "relatedTo")} == {
        line for line in found if line.startswith("ns#treats ")
    }
    assert "edge#treats ns#edgeOf ns#treats" in found


@pytest.mark.parametrize("ancestors", [(), ("b", "c")])
def test_broader_entities_near_and_far(ancestors: tuple[str, ...]) -> None:
    """Of broader entities, skos:broaderTransitive is written for each ancestor given."""
    lines = short(list(triples.broader_transitive_lines("a", ancestors)))

    assert [f"id/{name}" for name in ancestors] == [line.rsplit(" ", 1)[1] for line in lines]
