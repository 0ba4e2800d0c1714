"""What an edge says beside its subject, predicate and object, as qualifiers of a claim.

Which slot of Biolink is which qualifier stands in the alignment. A slot that limits an edge to a
context, or makes it say something else than its ends do, is never left out: such an edge is a claim
with the context, or no claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.importers.kgx.identifiers import identifier, sound_identifier
from iatrograph.importers.kgx.reasons import (
    NO_CONTEXT,
    OTHER_SPECIES,
    changes_meaning,
    no_value,
)
from iatrograph.vocabulary import ontology
from iatrograph.vocabulary.alignment import alignment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iatrograph.importers.kgx.nodes import Things
    from iatrograph.importers.kgx.record import Record

SPECIES: Final = "species_context_qualifier"
SIGNIFICANCE: Final = "statistical_significance_qualifier"
SUBJECT_DIRECTION: Final = "subject_direction_qualifier"
PUBLICATIONS: Final = "publications"

_SAID_ELSEWHERE: Final = frozenset({SPECIES, "object_aspect_qualifier"})
"""A species that is not human refuses the edge; the aspect of the object makes the relation."""

_HUMAN: Final = frozenset({"NCBITaxon:9606", "taxon:9606"})
_RAISED: Final = frozenset({"increased", "upregulated"})
_CHANGING: Final = tuple(
    f"{end}_{slot}_qualifier"
    for end in ("subject", "object")
    for slot in ("form_or_variant", "derivative", "specialization")
)
"""Slots that say that not the end itself is meant, but something that comes of it."""


def _slots(*names: str) -> tuple[tuple[str, str], ...]:
    """Return the slots of some qualifiers, each with the qualifier."""
    found = alignment().qualifiers
    return tuple((slot, name) for slot, name in found.items() if name in names)


_CONTEXTS: Final = _slots("onlyIf")
_PLACES: Final = _slots("site", "population")
_NAMING: Final = (*_CONTEXTS, *_PLACES)
_CONCEPTS: Final = _slots("severity", "basis", "action")
_WORDS: Final = _slots("timing", "scope")

USED: Final = frozenset(
    {
        *alignment().qualifiers,
        *_CHANGING,
        SUBJECT_DIRECTION,
    }
)


_LOOKED_AT: Final = USED - {PUBLICATIONS, "id", "original_predicate"}


def refusal(record: Record, things: Things) -> str | None:
    """Return why an edge would be wrong without what it is limited to, None where it is right."""
    values = record.values
    if _LOOKED_AT.isdisjoint(values):
        return None
    for slot in _CHANGING:
        if slot in values:
            return changes_meaning(slot)
    if record.one(SUBJECT_DIRECTION) not in ("", *_RAISED):
        return changes_meaning(SUBJECT_DIRECTION)
    if SPECIES in values and not _HUMAN & {*record.many(SPECIES)}:
        return OTHER_SPECIES
    for slot, _ in _CONTEXTS:
        if any(identifier(text) not in things for text in record.many(slot)):
            return NO_CONTEXT
    return None


def named_things(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the identifiers in qualifiers that name things, with the class that each has to have.

    No class where any will do.
    """
    for slot, name in _NAMING:
        if slot in record.values:
            kind = ontology().qualifiers[name].range
            for text in record.many(slot):
                if found := identifier(text):
                    yield found, "" if kind == "Entity" else kind


def read_qualifiers(
    record: Record, things: Things, tell: Callable[[str, str], None]
) -> dict[str, tuple[str, ...]]:
    """Return the qualifiers of an edge that is not refused, frequency apart.

    Values that cannot be read are told as reason and text.
    """
    found: dict[str, tuple[str, ...]] = {}
    if not _LOOKED_AT.isdisjoint(record.values):
        words: dict[str, list[str]] = {}
        _things(record, things, found, words)
        _concepts(record, found, tell)
        for slot, name in _WORDS:
            if slot in record.values and slot not in _SAID_ELSEWHERE:
                words.setdefault(name, []).append(_said(slot, record, things))
        for name, said in words.items():
            found[name] = ("; ".join(said),)
    if publications := record.many(PUBLICATIONS):
        found["publication"] = tuple(
            dict.fromkeys(sound_identifier(text) or text for text in publications)
        )
    return found


def _things(
    record: Record,
    things: Things,
    found: dict[str, tuple[str, ...]],
    words: dict[str, list[str]],
) -> None:
    """Read what names things; a place or a group that is no thing of its class stays in words."""
    classes = ontology().classes
    for slot, name in _NAMING:
        if slot not in record.values:
            continue
        kind = ontology().qualifiers[name].range
        for text in record.many(slot):
            own = identifier(text) or ""
            if any(kind in classes[each].ancestors for each in things.kinds(own)):
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), things.entity_id(own))))
            else:
                words.setdefault("scope", []).append(f"{_heading(slot)} {text}")


def _concepts(
    record: Record, found: dict[str, tuple[str, ...]], tell: Callable[[str, str], None]
) -> None:
    """Read what names concepts; a severity without one stays in words, others are told."""
    words = ontology()
    for slot, name in _CONCEPTS:
        if not (text := record.one(slot)):
            continue
        scheme = words.schemes[words.qualifiers[name].scheme or ""]
        iri = alignment().concepts.get(identifier(text) or text)
        concept = scheme.by_iri.get(iri or "") or scheme.by_key.get(text.casefold())
        if concept is not None:
            found[name] = (concept.key,)
        elif name == "severity":
            found["severityWords"] = (text,)
        else:
            tell(no_value(slot), text)


def _said(slot: str, record: Record, things: Things) -> str:
    """Return a qualifier in words: ``onset Congenital onset (HP:0003577)``."""
    said: list[str] = []
    for text in record.many(slot):
        own = identifier(text)
        name = things.name(own) if own else ""
        said.append(f"{name} ({own})" if name else text)
    return f"{_heading(slot)} {', '.join(said)}"


def _heading(slot: str) -> str:
    return slot.removesuffix("_qualifier").replace("_", " ")
