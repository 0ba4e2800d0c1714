"""The edges of a graph as claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.importers.kgx import frequency, qualifiers, sources
from iatrograph.importers.kgx.evidence import NOT_PROVIDED, evidence_level, known_agent, known_level
from iatrograph.importers.kgx.exported import exported_claim, exported_key
from iatrograph.importers.kgx.frequency import read_frequency
from iatrograph.importers.kgx.identifiers import identifier
from iatrograph.importers.kgx.layout import Meaning
from iatrograph.importers.kgx.nodes import tell
from iatrograph.importers.kgx.qualifiers import (
    SIGNIFICANCE,
    named_things,
    read_qualifiers,
    refusal,
)
from iatrograph.importers.kgx.reading import EDGES, records
from iatrograph.importers.kgx.reasons import (
    DAMAGED,
    NO_OBJECT,
    NO_PREDICATE,
    NO_SUBJECT,
    NO_TRUTH,
    ONE_THING,
    TWICE,
    UNKNOWN_END,
    no_value,
)
from iatrograph.importers.kgx.relations import (
    ASPECT,
    DIRECTION,
    MECHANISM,
    QUALIFIED,
    Read,
    Said,
    read_relation,
)
from iatrograph.importers.numbering import Numbering
from iatrograph.importers.rejects import Rejects
from iatrograph.model import Claim, Stance, StatementKey, claim_id
from iatrograph.vocabulary import ontology
from iatrograph.vocabulary.kgx import SOURCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from iatrograph.importers.kgx.layout import Layout
    from iatrograph.importers.kgx.nodes import Things
    from iatrograph.importers.kgx.record import Record
    from iatrograph.importers.kgx.sources import Sources

_NAMES: Final = ("{end}_name", "{end}_label")
_CATEGORIES: Final = "{end}_category"
_ORIGINALS: Final = ("original_subject", "original_object")
_PREDICATES: Final = ("original_predicate", "relation", "predicate")
_TRUE: Final = frozenset({"true", "1", "yes"})
_FALSE: Final = frozenset({"", "false", "0", "no"})

USED: Final = frozenset(
    {
        *("id", "subject", "predicate", "object", "negated", "knowledge_level", "agent_type"),
        *(pattern.format(end=end) for pattern in _NAMES for end in ("subject", "object")),
        *(_CATEGORIES.format(end=end) for end in ("subject", "object")),
        *(*_ORIGINALS, *_PREDICATES, DIRECTION, ASPECT, MECHANISM, QUALIFIED),
        *(":TYPE", ":START_ID", ":END_ID"),
        *frequency.USED,
        *qualifiers.USED,
        *sources.USED,
    }
)
"""The properties that a claim takes in, or that say once more what another says."""


class _Ends(NamedTuple):
    """Subject and object of an edge, as the project writes them."""

    subject: str
    object: str


def survey(paths: Iterable[Path], things: Things, found: Sources, layout: Layout) -> frozenset[str]:
    """Take the sources of edges between known things, and the things that only edges name.

    Returns the ids of the sources of edges that this project wrote. Rejects nothing, since the
    edges are read again. Raises UnreadableFile where a file is none.
    """
    exported: set[str] = set()
    for path in paths:
        for record in records(path, EDGES, Rejects(""), layout):
            ends = _ends(record, layout)
            if isinstance(ends, str):
                continue
            _mention(record, ends, things)
            if exported_key(record, *map(things.entity_id, ends)):
                exported.add(record.one(SOURCE))
            elif all(own in things for own in ends):
                found.of(record)
    return frozenset(exported)


def _mention(record: Record, ends: _Ends, things: Things) -> None:
    for end, own in zip(("subject", "object"), ends, strict=True):
        if own not in things:
            name = next(filter(None, (record.one(p.format(end=end)) for p in _NAMES)), "")
            things.mention(own, name, record.many(_CATEGORIES.format(end=end)))
    for own, kind in named_things(record):
        things.mention(own, "", (), kind)


def read_edges(
    paths: Iterable[Path], things: Things, found: Sources, layout: Layout, rejects: Rejects
) -> Iterator[Claim]:
    """Yield a claim for each edge between known things; the others are rejected."""
    numbering = Numbering()
    for path in paths:
        told = {*USED, *layout.table(path, is_edges=True).needed}
        for record in records(path, EDGES, rejects, layout):
            claim = _known(record, things, layout, numbering)
            if claim is None:
                tell(record, told, rejects)
                claim = _claim(record, things, found.of, layout, rejects, numbering)
            if isinstance(claim, Claim):
                yield claim
            elif claim != TWICE or not layout.is_undirected:
                rejects.add(record.path, record.line, claim, record.text)


def _known(
    record: Record, things: Things, layout: Layout, numbering: Numbering
) -> Claim | str | None:
    """Return the claim that this project wrote, or why there is none; None for other edges."""
    ends = _ends(record, layout)
    if isinstance(ends, str) or not (key := exported_key(record, *map(things.entity_id, ends))):
        return None
    claim = exported_claim(record, key)
    if claim is None:
        return DAMAGED
    is_new = numbering.number(key, claim.source, claim.id) is not None
    return claim if is_new else TWICE


def _prefixed(text: str, layout: Layout) -> str | None:
    if not layout.prefixes:
        return identifier(text)
    prefix, colon, local = text.partition(":")
    return identifier(f"{layout.prefixes.get(prefix, prefix)}:{local}" if colon else text)


def _ends(record: Record, layout: Layout) -> _Ends | str:
    subject = _prefixed(record.one("subject"), layout)
    if subject is None:
        return NO_SUBJECT
    object_ = _prefixed(record.one("object"), layout)
    if object_ is None:
        return NO_OBJECT
    return ONE_THING if subject == object_ else _Ends(subject, object_)


def _meaning(record: Record, layout: Layout) -> Meaning | str:
    """Return what the predicate says in Biolink's words, or why there is nothing."""
    predicate = record.one("predicate")
    if not predicate:
        return NO_PREDICATE
    if predicate in layout.predicates:
        return layout.predicates[predicate]
    negated = record.one("negated").casefold()
    if negated not in _TRUE | _FALSE:
        return NO_TRUTH
    return Meaning(_biolink(predicate), negated in _TRUE)


def _biolink(predicate: str) -> str:
    return predicate.removeprefix("biolink:").replace(" ", "_")


def _said(record: Record, meaning: Meaning) -> Said:
    return Said(
        meaning.predicate,
        _biolink(record.one(QUALIFIED)),
        record.one(DIRECTION),
        record.one(ASPECT),
        record.one(MECHANISM),
    )


def _claim(
    record: Record,
    things: Things,
    source_of: Callable[[Record], str],
    layout: Layout,
    rejects: Rejects,
    numbering: Numbering,
) -> Claim | str:
    """Return the claim of an edge, or the reason why there is none."""
    ends, meaning = _ends(record, layout), _meaning(record, layout)
    if isinstance(ends, str):
        return ends
    if isinstance(meaning, str):
        return meaning
    kinds = [things.kinds(own) for own in ends]
    if not all(kinds):
        return UNKNOWN_END
    if refused := refusal(record, things):
        return refused
    read = read_relation(_said(record, meaning), *kinds, is_undirected=layout.is_undirected)
    if isinstance(read, str):
        return read
    key = _key(_Ends(*map(things.entity_id, ends)), read)
    origin = _origin(record, key, layout)
    stance, values, levels = _content(record, things, meaning, read, origin, rejects)
    source = source_of(record)
    number = numbering.number(key, source, repr((stance, *values.items(), *levels)))
    if number is None:
        return TWICE
    return Claim(claim_id(key, source, number), key, stance, source, values, *levels)


def _key(ends: _Ends, read: Read) -> StatementKey:
    subject, object_ = ends[::-1] if read.is_turned else ends
    if ontology().relations[read.relation].is_symmetric:
        subject, object_ = sorted(ends)
    return StatementKey(subject, read.relation, object_)


def _content(
    record: Record,
    things: Things,
    meaning: Meaning,
    read: Read,
    origin: dict[str, tuple[str, ...]],
    rejects: Rejects,
) -> tuple[Stance, dict[str, tuple[str, ...]], tuple[str, str]]:
    """Return stance, qualifiers, and knowledge level with agent type."""

    def say(reason: str, text: str) -> None:
        rejects.add(record.path, record.line, reason, text)

    often = read_frequency(record, say)
    levels = _levels(record, meaning, say)
    stance = _stance(record, is_denied=meaning.is_negated or often.is_never)
    values = {
        "certainty": ("not-stated",),
        "evidenceLevel": (meaning.evidence_level or evidence_level(*levels),),
        **read_qualifiers(record, things, say),
        **often.qualifiers,
        **origin,
    }
    if read.unsaid:
        values["scope"] = ("; ".join((read.unsaid, *values.get("scope", ()))),)
    if stance is Stance.DENIES:
        values.pop("frequency", None)
    return stance, values, levels


def _stance(record: Record, *, is_denied: bool) -> Stance:
    if is_denied:
        return Stance.DENIES
    is_vain = record.one(SIGNIFICANCE) == "not_significant"
    return Stance.MIXED if is_vain else Stance.AFFIRMS


def _levels(record: Record, meaning: Meaning, say: Callable[[str, str], None]) -> tuple[str, str]:
    """Return knowledge level and agent type; what Biolink does not have is told."""
    found: list[str] = []
    for slot, given, known in (
        ("knowledge_level", meaning.knowledge_level, known_level),
        ("agent_type", meaning.agent_type, known_agent),
    ):
        text = given or record.one(slot)
        if (value := known(text)) is None:
            say(no_value(slot), text)
        found.append(value or NOT_PROVIDED)
    return found[0], found[1]


def _origin(record: Record, key: StatementKey, layout: Layout) -> dict[str, tuple[str, ...]]:
    """Return what the file calls the edge: its predicate, its id, its ends before they were mapped.

    An edge without an id is called by its three parts.
    """
    is_told = "predicate" in layout.table(record.path, is_edges=True).columns
    names = _PREDICATES[::-1] if is_told else _PREDICATES
    predicate = next(filter(None, map(record.one, names)))
    ends = key[::2] if layout.is_undirected else (record.one("subject"), record.one("object"))
    found: dict[str, tuple[str, ...]] = {
        "originalPredicate": (predicate,),
        "originalId": (record.one("id") or f"{ends[0]} {record.one('predicate')} {ends[1]}",),
    }
    before = [(slot, record.one(slot)) for slot in _ORIGINALS if slot in record.values]
    if before:
        said = ", ".join(f"{slot.removeprefix('original_')} {text}" for slot, text in before)
        found["locator"] = (said,)
    return found
