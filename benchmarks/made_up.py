"""A made-up contribution in the shape of the published data sets: Hetionet, with SIDER on top.

Degrees are skewed, most claims are alike in all but their ends, some statements have a second claim
from another source, with frequencies. Equal sizes give equal contributions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from iatrograph.model import Claim, Contribution, Entity, Source, Stance, StatementKey, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt


class _Group(NamedTuple):
    """Entities of one sort: their class, their prefix, how many, the name the data set has."""

    kind: str
    prefix: str
    size: int
    title: str


class _Edge(NamedTuple):
    """Edges of one sort, and how many of a million they are."""

    name: str
    subject: str
    relation: str
    object: str
    share: int
    evidence: str


_GROUPS: Final = {
    "C": _Group("Drug", "drugbank:DB", 1_552, "Compound"),
    "P": _Group("DrugClass", "mesh:N", 345, "Pharmacologic Class"),
    "D": _Group("Condition", "DOID:", 1_137, "Disease"),
    "S": _Group("Effect", "umls:C", 6_172, "Side Effect"),
    "G": _Group("Target", "NCBIGene:", 20_945, "Gene"),
    "B": _Group("Process", "GO:", 17_478, "Biological Process"),
    "A": _Group("Anatomy", "UBERON:", 1_402, "Anatomy"),
}
_EDGES: Final = (
    _Edge("AdG", "A", "expresses", "G", 64_000, "computed"),
    _Edge("AeG", "A", "expresses", "G", 280_000, "computed"),
    _Edge("AuG", "A", "increases", "G", 61_000, "computed"),
    _Edge("CbG", "C", "binds", "G", 8_000, "opinion"),
    _Edge("CcSE", "C", "hasSideEffect", "S", 70_000, "label"),
    _Edge("CdG", "C", "decreases", "G", 13_000, "computed"),
    _Edge("CuG", "C", "increases", "G", 12_000, "computed"),
    _Edge("CpD", "C", "mitigates", "D", 1_000, "opinion"),
    _Edge("CtD", "C", "treats", "D", 1_500, "opinion"),
    _Edge("CcD", "C", "mayCause", "D", 1_500, "computed"),
    _Edge("CtS", "C", "usedFor", "S", 2_000, "label"),
    _Edge("CrC", "C", "associatedWith", "C", 4_000, "computed"),
    _Edge("DaG", "D", "associatedWith", "G", 8_000, "computed"),
    _Edge("DlA", "D", "locatedIn", "A", 2_500, "computed"),
    _Edge("DpS", "D", "hasSymptom", "S", 2_200, "computed"),
    _Edge("DrD", "D", "associatedWith", "D", 400, "computed"),
    _Edge("GcG", "G", "associatedWith", "G", 40_000, "computed"),
    _Edge("GiG", "G", "binds", "G", 93_000, "opinion"),
    _Edge("Gr>G", "G", "actsOn", "G", 167_000, "computed"),
    _Edge("GpBP", "G", "participatesIn", "B", 109_000, "opinion"),
    _Edge("GpMF", "G", "contributesTo", "B", 57_000, "opinion"),
    _Edge("PCiC", "C", "kindOf", "P", 600, "opinion"),
    _Edge("DdG", "D", "decreases", "G", 900, "computed"),
    _Edge("DuG", "D", "increases", "G", 900, "computed"),
)
_SOURCES: Final = (
    Source("hetionet", "Made up after Hetionet", "database"),
    Source("sider", "Made up after SIDER", "database"),
)
_AGAIN: Final = {"CcSE": 2, "CtD": 2, "CpD": 2, "CbG": 2}
"""Further claims, from the other source, on each statement of an edge."""

_LEVELS: Final = {
    "computed": ("statistical_association", "data_analysis_pipeline"),
    "label": ("knowledge_assertion", "text_mining_agent"),
    "opinion": ("knowledge_assertion", "manual_agent"),
}
_BANDS: Final = ("very-common", "common", "uncommon", "rare", "very-rare")


def made_up(claims: int) -> Contribution:
    """Return a contribution of about so many claims, and 49,031 entities whatever their number."""
    ids = {name: _ids(group) for name, group in _GROUPS.items()}
    entities = [
        Entity(identifier, f"{group.title.lower()} {place}", (group.kind,), synonyms=(f"{place}",))
        for name, group in _GROUPS.items()
        for place, identifier in enumerate(ids[name])
    ]
    return Contribution(_SOURCES, entities, _claims(claims, ids))


def _ids(group: _Group) -> list[str]:
    return [f"{group.prefix}{7 * place + 10_000:07}" for place in range(group.size)]


def _claims(claims: int, ids: dict[str, list[str]]) -> Iterator[Claim]:
    chance = np.random.default_rng(1)
    for edge in _EDGES:
        number = max(1, claims * edge.share // (1_000_000 + _further()))
        sizes = _GROUPS[edge.subject].size, _GROUPS[edge.object].size
        for subject, value in zip(*_pairs(chance, number, *sizes), strict=True):
            yield from _on(edge, ids[edge.subject][subject], ids[edge.object][value])


def _further() -> int:
    return sum(edge.share * _AGAIN.get(edge.name, 0) for edge in _EDGES)


def _pairs(
    chance: np.random.Generator, number: int, subjects: int, objects: int
) -> tuple[list[int], list[int]]:
    """Return so many different pairs, in which few take part often."""
    found: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)
    while len(found) < min(number, subjects * objects // 3):
        first = (subjects * chance.random(number) ** 2).astype(np.int64)
        second = (objects * chance.random(number) ** 1.5).astype(np.int64)
        found = np.unique(np.concatenate([found, first * objects + second]))
    kept = np.sort(chance.permutation(found)[:number])
    return (kept // objects).tolist(), (kept % objects).tolist()


def _on(edge: _Edge, subject: str, value: str) -> Iterator[Claim]:
    """Yield the claims on one edge."""
    key = StatementKey(subject, edge.relation, value)
    ends = _GROUPS[edge.subject].title, _GROUPS[edge.object].title
    # Three sorts of edges are of one relation and may meet in one statement.
    source = "hetionet"
    number = 2 if edge.name in {"AeG", "CrC"} else 1
    yield Claim(
        claim_id(key, source, number),
        key,
        Stance.AFFIRMS,
        source,
        {
            "certainty": ("not-stated",),
            "evidenceLevel": (edge.evidence,),
            "originalPredicate": (edge.name,),
            "originalId": (f"{ends[0]}::{subject} {edge.name} {ends[1]}::{value}",),
        },
        *_LEVELS[edge.evidence],
    )
    for again in range(_AGAIN.get(edge.name, 0)):
        yield _again(edge, key, again)


def _again(edge: _Edge, key: StatementKey, again: int) -> Claim:
    """Return a claim of the other source, with a frequency that goes by its place."""
    share = (len(key.object) * 7 + again * 13 + int(key.subject[-4:])) % 89 + 1
    qualifiers: dict[str, tuple[str, ...]] = {
        "certainty": ("not-stated",),
        "evidenceLevel": ("label",),
        "originalPredicate": ("side effect",),
        "originalId": (f"{key.subject} {key.object} {again}",),
    }
    if again:
        qualifiers |= {
            "frequency": (_BANDS[share % len(_BANDS)],),
            "frequencyWords": (f"{share}%",),
            "frequencyLow": (f"0.{share:02}".rstrip("0"),),
            "frequencyHigh": (f"0.{share:02}".rstrip("0"),),
        }
    stance = Stance.DENIES if edge.name == "CtD" and share % 9 == 0 else Stance.AFFIRMS
    return Claim(
        claim_id(key, "sider", again + 1), key, stance, "sider", qualifiers, *_LEVELS["label"]
    )
