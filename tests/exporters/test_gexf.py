"""GEXF: valid by both schemas, whole in readers, and free of what breaks in Gephi."""

from __future__ import annotations

import io
import tracemalloc
from itertools import islice
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.exporters.awkward import AWKWARD, DENIED, KEY

from iatrograph.exporters import EXPORTERS, export_release, part_of_release, whole_release
from iatrograph.exporters.content import Content, Stated
from iatrograph.exporters.gexf import gexf, safe_text
from iatrograph.exporters.gexf_columns import ABSENT, EdgeColumns, node_columns
from iatrograph.exporters.values import join, split
from iatrograph.model import Claim, Entity, Stance, Statement, StatementKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from iatrograph.model import Contribution
    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
BUILT_IN = {"id", "label", "timeset", "weight", "x", "y", "z", "size", "color"}


@pytest.fixture(scope="module")
def curated(curated_release: Release, ontology: Ontology) -> bytes:
    """Return the whole graph that ships, unasserted statements included."""
    return b"".join(export_release("gexf", curated_release, ontology, unasserted=True))


@pytest.fixture(scope="module")
def awkward_release(release_of: Callable[[Contribution], Release]) -> Release:
    """Return a release of everything that breaks files."""
    return release_of(AWKWARD)


@pytest.fixture(scope="module")
def awkward(awkward_release: Release, ontology: Ontology) -> bytes:
    """Return its export, unasserted statements included."""
    return b"".join(export_release("gexf", awkward_release, ontology, unasserted=True))


def read(content: bytes) -> nx.MultiDiGraph[str]:
    """Read a file as networkx does."""
    graph = nx.read_gexf(io.BytesIO(content))
    assert isinstance(graph, nx.MultiDiGraph)
    return graph


def document(content: bytes) -> etree._ElementTree:
    """Parse a file."""
    return etree.parse(io.BytesIO(content))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["curated", "awkward"])
def test_files_keep_to_relax_ng(name: str, request: pytest.FixtureRequest, shared: Path) -> None:
    """The published RELAX NG accepts the files as they are."""
    schema = etree.RelaxNG(etree.parse(shared / "gexf" / "1.3" / "gexf.rng"))

    schema.assertValid(document(request.getfixturevalue(name)))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["curated", "awkward"])
def test_files_keep_to_xml_schema(name: str, request: pytest.FixtureRequest, shared: Path) -> None:
    """The published XSD accepts the files, once ``viz:`` is where it mistakenly declares it."""
    schema = etree.XMLSchema(etree.parse(shared / "gexf" / "1.3" / "gexf.xsd"))
    folded = document(request.getfixturevalue(name))
    for element in folded.iter(f"{VIZ}*"):
        element.tag = GEXF + etree.QName(element).localname

    schema.assertValid(folded)


def test_two_runs_are_equal(curated: bytes, curated_release: Release, ontology: Ontology) -> None:
    """The same release gives the same bytes."""
    assert curated == b"".join(export_release("gexf", curated_release, ontology, unasserted=True))


def test_networkx_reads_every_attribute(
    curated: bytes, curated_release: Release, ontology: Ontology
) -> None:
    """What a reader holds afterwards is every entity and statement with all that was written."""
    graph = read(curated)
    content = whole_release(curated_release, ontology)
    columns = EdgeColumns(content)

    assert list(graph) == [entity.id for entity in content.entities]
    for stated in content.statements:
        edge = graph.edges[
            stated.statement.key.subject, stated.statement.key.object, stated.statement.key.id
        ]
        for name, text in columns.values(stated).items():
            assert str(edge.get(name, "")).lower() == safe_text(text).lower()


def test_every_claim_can_be_told_apart(
    curated: bytes, curated_release: Release, ontology: Ontology
) -> None:
    """The n-th entry of every attribute of claims belongs to the n-th claim; none is lost."""
    graph = read(curated)
    content = whole_release(curated_release, ontology)

    for statement, claims in content.statements:
        edge = graph.edges[statement.key.subject, statement.key.object, statement.key.id]
        assert split(edge["claims"]) == tuple(claim.id for claim in claims)
        assert split(edge["stances"]) == tuple(claim.stance for claim in claims)
        for qualifier in ontology.qualifiers.values():
            entries = split(edge.get(qualifier.column, "")) or (ABSENT,) * len(claims)
            given = ("; ".join(content.names(qualifier, claim)) for claim in claims)
            assert entries == tuple(safe_text(text) or ABSENT for text in given)


def test_unasserted_statements_come_on_request(
    awkward: bytes, awkward_release: Release, ontology: Ontology
) -> None:
    """A denied statement is an edge only if it is asked for, and then says that it is denied."""
    unasked = b"".join(export_release("gexf", awkward_release, ontology))

    assert DENIED.id.encode() not in unasked
    edge = read(awkward).edges["infliximab", "mess:1", DENIED.id]
    assert (edge["asserted"], edge["stances"], edge["weight"]) == (False, "denies", 0.5)


def test_names_with_inf_stay_names(awkward: bytes) -> None:
    """Gephi rewrites INF in attributes, never in labels: labels keep it, attributes lose it."""
    nodes = {node.get("id"): node for node in document(awkward).iter(f"{GEXF}node")}

    assert nodes["infliximab"].get("label") == "INFLIXIMAB"
    values = [value.get("value") for value in document(awkward).iter(f"{GEXF}attvalue")]
    assert not [value for value in values if "INF" in str(value)]
    assert "Infliximab for MYOCARDIAL Infarction" in str(values)


@given(st.text(st.sampled_from("INFinf :/|é"), max_size=12))
def test_no_text_keeps_inf(text: str) -> None:
    """Whatever stands around it, INF goes, and a text without it is left alone."""
    assert "INF" not in safe_text(text)
    assert "INF" in text or safe_text(text) == text


def test_characters_that_xml_cannot_hold_are_replaced(awkward: bytes) -> None:
    """Control characters become the replacement character; markup, lines and tabs stay."""
    graph = read(awkward)

    assert graph.nodes["infliximab"]["definition"] == (
        'He said "<&>" \ufffd\ufffd and left.\nA new line\tand a tab.'
    )


def test_edges_are_what_gephi_needs(curated: bytes, awkward: bytes) -> None:
    """Each edge has an id of its own, a kind, a direction, and a weight above zero."""
    for content in (curated, awkward):
        edges = list(document(content).iter(f"{GEXF}edge"))

        assert len({edge.get("id") for edge in edges}) == len(edges) > 0
        assert {edge.get("type") for edge in edges} == {"directed"}
        assert all(edge.get("kind") for edge in edges)
        assert all(float(edge.get("weight", "0")) > 0 for edge in edges)


def test_attributes_are_declared_as_readers_need(curated: bytes) -> None:
    """One block a class; id and title are equal, readable and none that is built in."""
    tree = document(curated)
    blocks = list(tree.iter(f"{GEXF}attributes"))
    declared = list(tree.iter(f"{GEXF}attribute"))

    assert [block.get("class") for block in blocks] == ["node", "edge"]
    assert all(a.get("id") == a.get("title") for a in declared)
    assert not {str(a.get("id")).lower() for a in declared} & BUILT_IN
    assert {a.get("type") for a in declared} <= {"string", "integer", "boolean"}


def test_values_are_declared_and_never_empty(awkward: bytes) -> None:
    """A value belongs to an attribute of its class; an empty one is left out."""
    tree = document(awkward)
    for cls in ("node", "edge"):
        declared = {a.get("id") for a in tree.iterfind(f".//{GEXF}attributes[@class='{cls}']/*")}
        values = list(tree.iterfind(f".//{GEXF}{cls}/{GEXF}attvalues/*"))
        assert values
        assert {value.get("for") for value in values} <= declared
        assert all(value.get("value") for value in values)


def test_colours_are_written_with_the_literal_prefix(curated: bytes) -> None:
    """Gephi Lite looks for ``viz:`` by name; a node of each kind has the colour of the kind."""
    colours = list(document(curated).iter(f"{VIZ}color"))

    assert {colour.prefix for colour in colours} == {"viz"}
    assert all(0 <= int(colour.get(c) or "-1") <= 255 for colour in colours for c in "rgb")
    assert b"schemaLocation" not in curated


def test_the_file_says_where_it_is_from(awkward: bytes, awkward_release: Release) -> None:
    """Release, sources with licences and the disclaimer stand in the description."""
    (description,) = document(awkward).iter(f"{GEXF}description")

    for words in (awkward_release.info.id, "One | two (CC BY 4.0)", "Not medical advice"):
        assert words in str(description.text)


def test_a_part_holds_the_ends_of_its_statements(
    awkward_release: Release, ontology: Ontology
) -> None:
    """A part is the statements given and the entities at their ends, with every name they need."""
    statements = awkward_release.tables.statement([KEY])
    part = part_of_release(awkward_release, ontology, [s for s in statements if s])
    graph = nx.read_gexf(io.BytesIO(b"".join(EXPORTERS["gexf"].write(part))))

    assert set(graph) == {"infliximab", "mess:1"}
    (edge,) = (data for *_, data in graph.edges(data=True))
    assert edge["likelier_with"] == f"=1+1; =1+1 | {ABSENT}"
    assert edge["cited_reference"] == f"A title, quoted | {ABSENT}"


def many(count: int, ontology: Ontology) -> Content:
    """Return a content of so many edges that nobody ever holds."""
    entity = Entity("a", "a", ("Drug",))

    def statements() -> Iterator[Stated]:
        for number in range(count):
            key = StatementKey("a", "mayCause", f"e{number % 500}")
            claim = Claim(f"c{number}", key, Stance.AFFIRMS, "one", {"certainty": ("possible",)})
            yield Stated(Statement(key, 2, None, 1, 1, True, False), (claim,))

    return Content("r", ontology, iter([entity]), statements(), {}, {}, {})


def test_a_large_graph_streams(ontology: Ontology) -> None:
    """Memory does not grow with the number of edges, and the first bytes come at once."""

    def peak(edges: int) -> int:
        tracemalloc.start()
        for _ in gexf(many(edges, ontology)):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1_000)  # what is cached for each entity is there from now on
    assert peak(8_000) < 1.5 * peak(1_000)
    assert len(list(islice(gexf(many(10**9, ontology)), 1))) == 1


@given(st.lists(st.text(min_size=1)))
def test_joined_values_come_apart_again(values: list[str]) -> None:
    """Whatever the values hold, bars and backslashes included, they can be told apart."""
    assert split(join(values)) == tuple(values)


def test_every_node_attribute_is_written(awkward: bytes) -> None:
    """A node that has everything has a value for every attribute declared but its roles."""
    (node,) = document(awkward).iterfind(f".//{GEXF}node[@id='infliximab']")
    names = {value.get("for") for value in node.iter(f"{GEXF}attvalue")}

    assert {column.name for column in node_columns()} - names <= {"roles"}
