"""Several descriptions of one thing become one entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iatrograph.identity.preference import rank
from iatrograph.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iatrograph.identity.kinds import Kinds


class Name(NamedTuple):
    """The label and the definition that a thing goes by."""

    label: str
    definition: str | None


def leading_name(same: Sequence[Entity], kinds: Kinds) -> Name:
    """Return the label of the first in rank, and the definition of the first that has one."""
    together = kinds.compatible(kind for entity in same for kind in entity.kinds)
    ranked = sorted(same, key=lambda entity: (rank(entity.id, together), _plain(entity.label)))
    defined = [entity for entity in ranked if entity.definition]
    definition = min(
        (e.definition for e in defined if e.id == defined[0].id and e.definition), default=None
    )
    return Name(ranked[0].label, definition)


def merge(canonical: str, same: Sequence[Entity], name: Name | None, kinds: Kinds) -> Entity:
    """Return one entity for all these; without a name that leads, it is found among them.

    What is ``broader`` is left to the caller, who knows what it is called.
    """
    label, definition = name or leading_name(same, kinds)
    ids = {name for entity in same for name in (entity.id, *entity.identifiers)}
    names = [
        text
        for entity in same
        for text in (entity.label, *entity.synonyms)
        if ":" not in text or text not in ids  # as stands for the label of a thing without a name
    ]
    return Entity(
        id=canonical,
        label=label,
        kinds=kinds.compatible(kind for entity in same for kind in entity.kinds),
        roles=tuple(sorted({role for entity in same for role in entity.roles})),
        synonyms=_synonyms(names, label),
        definition=definition,
        identifiers=tuple(sorted(ids - {canonical})),
    )


def _plain(name: str) -> tuple[int, str]:
    """Order spellings of a name: the one with the fewest capitals first."""
    return sum(map(str.isupper, name)), name


def _synonyms(names: Iterable[str], label: str) -> tuple[str, ...]:
    """Return each name once, whatever its capitals, without the label, in order."""
    spellings: dict[str, str] = {}
    for name in sorted(names, key=_plain):
        spellings.setdefault(name.casefold(), name)
    spellings.pop(label.casefold(), None)
    return tuple(sorted(spellings.values()))
