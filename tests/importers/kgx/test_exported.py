"""What this project wrote comes back as it was only while it still says that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
from tests.importers.kgx.graph_files import read, write

from iatrograph.errors import UnreadableFile
from iatrograph.importers.rejects import Rejects
from iatrograph.model import Stance, StatementKey
from iatrograph.vocabulary.kgx import BESIDE

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.model import Claim

    Row = dict[str, object]

NODES = (
    {
        "id": "DRUGBANK:DB00996",
        "category": ["biolink:Drug"],
        "name": "null",
        "iatrograph_id": "gabapentin",
        "iatrograph_kinds": ["Drug"],
        "iatrograph_identifiers": ["drugbank:DB00996"],
    },
    {
        "id": "id:sleep",
        "category": ["biolink:PhenotypicFeature"],
        "name": "sleep",
        "iatrograph_id": "sleep",
        "iatrograph_kinds": ["Effect"],
    },
)
EDGE: Row = {
    "id": "gabapentin.hasToxicEffect.sleep.told.3",
    "subject": "DRUGBANK:DB00996",
    "predicate": "biolink:has_adverse_event",
    "object": "id:sleep",
    "negated": False,
    "knowledge_level": "knowledge_assertion",
    "agent_type": "manual_agent",
    "primary_knowledge_source": "infores:told-there",
    "iatrograph_relation": "hasToxicEffect",
    "iatrograph_stance": "affirms",
    "iatrograph_source": "told",
    "iatrograph_certainty": "possible",
    "iatrograph_evidence_level": "trial",
    "iatrograph_severity_words": "null",
    "iatrograph_addressee": ["patient"],
}
BESIDE_IT: Row = {
    "sources": [{"id": "told", "title": "Told", "kind": "article"}],
    "references": [{"id": "work", "title": "A work", "identifiers": ["PMID:1"]}],
    "explanations": [],
}


def found(folder: Path, *edges: Row) -> tuple[list[Claim], dict[str, int]]:
    """Write edges between the two things; return claims, and what was not read by reason."""
    rejects = Rejects("t")
    claims = list(read(write(folder, edges, NODES), rejects).claims)
    return claims, {**rejects.counts, **rejects.remarks}


def test_an_edge_is_the_claim_that_it_was(tmp_path: Path) -> None:
    """Id, number, source, and words that elsewhere stand for nothing."""
    (claim,), rejects = found(tmp_path, EDGE)

    assert rejects == {}
    assert claim.id == EDGE["id"]
    assert claim.statement == StatementKey("gabapentin", "hasToxicEffect", "sleep")
    assert (claim.stance, claim.source) == (Stance.AFFIRMS, "told")
    assert claim.qualifiers == {
        "certainty": ("possible",),
        "evidenceLevel": ("trial",),
        "severityWords": ("null",),
        "addressee": ("patient",),
    }


@pytest.mark.parametrize(
    "change",
    [
        {"negated": True},
        {"predicate": "biolink:has_side_effect"},
        {"subject": "DRUGBANK:DB00181", "subject_category": "biolink:Drug"},
        {"id": "another"},
        {"iatrograph_stance": "denies"},
        {"iatrograph_relation": "treatsNothing"},
        {"iatrograph_source": ""},
    ],
)
def test_an_edge_that_was_changed_is_read_as_any_other(tmp_path: Path, change: Row) -> None:
    """What Biolink's properties say now counts; what is lost is told."""
    (claim,), rejects = found(tmp_path, EDGE | change)

    assert claim.source == "infores-told-there"
    assert claim.qualifiers["certainty"] == ("not-stated",)
    assert claim.statement.object == "sleep"
    is_same_drug = "subject" not in change
    assert claim.statement.subject == ("gabapentin" if is_same_drug else "drugbank:DB00181")
    assert (claim.stance is Stance.DENIES) == ("negated" in change)
    assert rejects["no place for the column iatrograph_relation"] == 1


def test_a_relation_with_qualifiers_needs_them(tmp_path: Path) -> None:
    """An edge that lost the direction does not say any more what it did."""
    lessens = EDGE | {
        "id": "gabapentin.lessens.sleep.told",
        "iatrograph_relation": "lessens",
        "predicate": "biolink:affects",
    }
    whole, _ = found(tmp_path, lessens | {"object_direction_qualifier": "decreased"})
    cut, _ = found(tmp_path, lessens)

    assert [claim.statement.relation for claim in whole] == ["lessens"]
    assert [claim.statement.relation for claim in cut] == ["influences"]


def test_tables_made_of_the_files_are_read_as_any_other(tmp_path: Path) -> None:
    """A table does not tell one text from several, so nothing of it is taken as exact."""
    path = write(tmp_path, [EDGE], NODES, ".tsv")
    claims = list(read(path).claims)

    assert [claim.source for claim in claims] == ["infores-told-there"]


@pytest.mark.parametrize(
    "change",
    [
        {"iatrograph_certainty": 1},
        {"iatrograph_addressee": [1]},
        {"agent_type": None},
    ],
)
def test_an_edge_with_values_of_no_use_is_rejected(tmp_path: Path, change: Row) -> None:
    """Half a claim is none."""
    assert found(tmp_path, EDGE | change) == ([], {"not as iatrograph exported it": 1})


def test_an_edge_that_comes_again_is_one_claim(tmp_path: Path) -> None:
    """The second one is told."""
    claims, rejects = found(tmp_path, EDGE, EDGE)

    assert len(claims) == 1
    assert rejects == {"the same claim again": 1}


def test_a_node_is_the_entity_that_it_was(tmp_path: Path) -> None:
    """Also a name that elsewhere stands for nothing; one of no known class is read as any other."""
    odd = {**NODES[0], "iatrograph_kinds": ["Spell"], "id": "DRUGBANK:DB00181", "name": "baclofen"}
    graph = read(write(tmp_path, [EDGE], (*NODES, odd)))
    drug, effect, other = graph.entities

    assert (drug.id, drug.label, drug.identifiers) == ("gabapentin", "null", ("drugbank:DB00996",))
    assert (effect.id, effect.kinds) == ("sleep", ("Effect",))
    assert (other.id, other.kinds) == ("drugbank:DB00181", ("Drug",))


def test_sources_and_works_lie_beside(tmp_path: Path) -> None:
    """With the file they are as they were; without it a source is known by its id alone."""
    write(tmp_path, [EDGE], NODES)
    without = read(tmp_path)
    (tmp_path / BESIDE).write_bytes(orjson.dumps(BESIDE_IT))
    whole = read(tmp_path / "graph_edges.jsonl")

    assert [(s.id, s.title, s.kind) for s in without.sources] == [("told", "told", "database")]
    assert [(s.id, s.title, s.kind) for s in whole.sources] == [("told", "Told", "article")]
    assert [(w.id, w.identifiers) for w in whole.references] == [("work", ("PMID:1",))]


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        orjson.dumps(BESIDE_IT | {"sources": [{"id": "told"}]}),
        orjson.dumps(BESIDE_IT | {"sources": [{"id": 1, "title": "Told", "kind": "article"}]}),
        orjson.dumps(BESIDE_IT | {"references": [{"id": "work", "title": "A work"}]}),
        orjson.dumps(BESIDE_IT | {"explanations": [{"id": "why", "explains": ["no-key"]}]}),
        orjson.dumps({}),
    ],
)
def test_a_damaged_file_beside_is_told(tmp_path: Path, content: bytes) -> None:
    """With its name and the remedy."""
    write(tmp_path, [EDGE], NODES)
    (tmp_path / BESIDE).write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"{BESIDE}: is not as .* writes it .*export it again"):
        read(tmp_path)
