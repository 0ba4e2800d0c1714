"""Several data sets in one build: each keeps its own name, a source is one or told apart."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from typing import TYPE_CHECKING, Final

import pytest
from tests.importers.kgx.graph_files import DISEASE, DRUG, SIGN, as_json_lines, edge, write

from iatrograph.errors import InvalidGraph
from iatrograph.identity.rewriting import SAID_TWICE
from iatrograph.importers.assembling import Assembly, Input, assemble
from iatrograph.importers.pharmacotherapydb import SOURCE as PHARMACOTHERAPYDB
from iatrograph.model import Contribution, Reference, Source
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iatrograph.model import Claim

NOTHING: Final = Contribution(sources=(), entities=(), claims=())
SIDER: Final[dict[str, object]] = {"primary_knowledge_source": "infores:sider"}
INDICATION: Final = (
    "doid_id\tdrugbank_id\tdisease\tdrug\tcategory\tn_curators\tn_resources\n"
    "DOID:1826\tDB00996\tepilepsy syndrome\tGabapentin\tDM\t2\t4\n"
)


def graph(folder: Path, name: str, *edges: Mapping[str, object]) -> Input:
    """Write a graph into a folder of its own."""
    path = folder / name
    path.mkdir()
    return Input("kgx", write(path, edges))


def claims_of(assembly: Assembly) -> list[Claim]:
    """Read all claims; afterwards everything is counted."""
    return [claim for part in assembly.contributions for claim in part.claims]


def test_the_same_edge_from_two_files_is_one_claim(tmp_path: Path) -> None:
    """A source says it once, whoever passes it on; what it says otherwise is another claim."""
    plain, known = edge() | SIDER, edge(publications="PMID:1") | SIDER
    inputs = [
        graph(tmp_path, "one", plain),
        graph(tmp_path, "two", known, plain),
        graph(tmp_path, "three", known),
    ]

    found = assemble(NOTHING, inputs, (), ontology())
    claims = claims_of(found)

    assert [(c.id.rpartition("0005027.")[2], c.many("publication")) for c in claims] == [
        ("infores-sider", ()),
        ("infores-sider.2", ("PMID:1",)),
    ]
    assert found.dropped == {SAID_TWICE: 2}


@pytest.mark.shared
def test_a_real_graph_given_twice_says_nothing_new(shared: Path, tmp_path: Path) -> None:
    """Monarch's slice and a copy elsewhere: the claims of the first, under the same ids."""
    folder = shared / "data" / "kgx" / "monarch-eds-marfan"
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    one = assemble(NOTHING, [Input("kgx", folder)], (), ontology())
    both = assemble(NOTHING, [Input("kgx", folder), Input("kgx", copy)], (), ontology())

    ids = [claim.id for claim in claims_of(one)]
    assert [claim.id for claim in claims_of(both)] == ids
    assert both.dropped[SAID_TWICE] == len(ids) + 2 * one.dropped[SAID_TWICE]
    assert len(ids) > 6000


def test_edges_of_one_id_in_two_files_are_two_claims(tmp_path: Path) -> None:
    """An id of an edge counts within its file; a source of a file is only that file's."""
    inputs = [
        graph(tmp_path, "one", edge(id="e1")),
        graph(tmp_path, "two", edge(id="e1", negated=True), edge(obj=SIGN, id="e1")),
    ]
    (inputs[0].path / "graph_edges.jsonl").rename(inputs[0].path / "first_edges.jsonl")

    claims = claims_of(assemble(NOTHING, inputs, (), ontology()))

    assert [(c.source, c.one("originalId"), c.stance.value) for c in claims] == [
        ("first", "e1", "affirms"),
        ("graph", "e1", "denies"),
        ("graph", "e1", "affirms"),
    ]


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Both would be called after their files: that is an error which names the two."""
    inputs = [graph(tmp_path, "one", edge()), graph(tmp_path, "two", edge())]

    with pytest.raises(InvalidGraph, match="graph: the source is not told to be one") as caught:
        assemble(NOTHING, inputs, (), ontology())

    message = str(caught.value)
    assert f"kgx={inputs[0].path} (graph) and kgx={inputs[1].path} (graph)" in message
    assert "rename the file or the source" in message


def test_rejects_tell_which_data_set_they_are_of(tmp_path: Path) -> None:
    """Where one importer reads two; the name of the importer is enough for one."""
    rows = edge() | SIDER, {"subject": DRUG["id"], "object": DISEASE["id"], **SIDER}
    one, two = graph(tmp_path, "one", *rows), graph(tmp_path, "two", *rows)
    file = StringIO()

    both = assemble(NOTHING, [one, two], (), ontology(), rejects_file=file)
    claims_of(both)
    alone = assemble(NOTHING, [one], (), ontology())
    claims_of(alone)

    names = [f"kgx={one.path}", f"kgx={two.path}"]
    assert {n: dict(r.counts) for n, r in both.rejects.items()} == {
        name: {"no predicate": 1} for name in names
    }
    assert [json.loads(row)["source"] for row in file.getvalue().splitlines()] == names
    assert {n: dict(r.counts) for n, r in alone.rejects.items()} == {"kgx": {"no predicate": 1}}


def test_a_name_of_kgx_is_never_the_source_of_an_importer(tmp_path: Path) -> None:
    """What is passed on without a licence does not become open by that of another."""
    (tmp_path / "pharmacotherapydb-indications.tsv").write_text(INDICATION)
    inputs = [
        Input("pharmacotherapydb", tmp_path),
        graph(
            tmp_path,
            "kgx",
            edge(primary_knowledge_source="infores:pharmacotherapydb"),
            edge(primary_knowledge_source="PharmacotherapyDB"),
        ),
    ]

    found = assemble(NOTHING, inputs, (), ontology())
    sources = {s.id: s for part in found.contributions for s in part.sources}
    open_ones = assemble(NOTHING, inputs, (), ontology(), open_only=True)

    others = {"infores-pharmacotherapydb", "kgx-pharmacotherapydb"}
    assert set(sources) == {"pharmacotherapydb", *others}
    assert sources["pharmacotherapydb"] == PHARMACOTHERAPYDB
    assert {sources[name].licence for name in others} == {None}
    assert {claim.source for claim in claims_of(open_ones)} == {"pharmacotherapydb"}
    assert {source.id for source in open_ones.left_out} == others


def test_a_source_that_is_defined_otherwise_is_an_error(tmp_path: Path) -> None:
    """A file called as an importer's source, or as an article, does not take its licence."""
    (tmp_path / "pharmacotherapydb-indications.tsv").write_text(INDICATION)
    path = tmp_path / "pharmacotherapydb.jsonl"
    path.write_text(as_json_lines([edge()]))
    article = Contribution((Source("graph", "An article", "article"),), (), ())

    with pytest.raises(InvalidGraph, match=r"pharmacotherapydb \(PharmacotherapyDB 1.0\) and kgx"):
        assemble(
            NOTHING,
            [Input("pharmacotherapydb", tmp_path), Input("kgx", path)],
            (),
            ontology(),
        )
    with pytest.raises(InvalidGraph, match=r"the curated graph \(An article\) and kgx \(graph\)"):
        assemble(article, [graph(tmp_path, "g", edge())], (), ontology())


def test_a_reference_that_is_defined_otherwise_is_an_error(tmp_path: Path) -> None:
    """References are shared by their ids too."""
    columns = "GeneID\tdrugbank_id\tdrugbank_name\tpubmed_ids\tsources\tactions\turls\n"
    row = "781\tDB00996\tGabapentin\t\tDrugCentral (ChEMBL)\t\t\n"
    (tmp_path / "drugcentral-targets.tsv").write_text(columns + row)
    known = Contribution((), (), (), (Reference("drugcentral-chembl", "Other"),))

    with pytest.raises(InvalidGraph, match="drugcentral-chembl: the reference is not told"):
        assemble(known, [Input("drugcentral", tmp_path)], (), ontology())
