"""What entities, works and sources are called in KGX: compact identifiers that Biolink knows."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from iatrograph.identity.preference import rank
from iatrograph.identity.spelling import prefix_of, spelled
from iatrograph.vocabulary.alignment import alignment

if TYPE_CHECKING:
    from iatrograph.model import Entity, Source
    from iatrograph.tables import Tables

_OWN: Final = "id"
"""The prefix of slugs, as in ``context.jsonld``."""
_INFORES: Final = "infores:"
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")


class Names:
    """The ids of nodes.

    A thing whose id is a slug, or of a vocabulary that Biolink does not know, goes by the
    identifier that would lead if it had no such id: graphs are joined over ids. Where it has none,
    or shares it with another thing, a slug gets the prefix ``id`` and any other id stays.
    """

    def __init__(self, tables: Tables) -> None:
        """Look through the entities once; only the ids that change are held."""
        wanted = {e.id: _leading(e) for e in tables.all_entities() if not _is_known(e.id)}
        given = Counter(filter(None, wanted.values()))
        taken = {e.id for e in tables.entities(sorted(given)) if e}
        self._changed = {
            own: biolink_spelling(name)
            for own, name in wanted.items()
            if name and given[name] == 1 and name not in taken
        }

    def node(self, identifier: str) -> str:
        """Return the id of the node of an entity."""
        return self._changed.get(identifier) or biolink_spelling(identifier)


@lru_cache(maxsize=1 << 17)
def biolink_spelling(identifier: str) -> str:
    """Return an identifier with its prefix as Biolink spells it: ``umls:C1`` is ``UMLS:C1``.

    A slug gets its prefix; a prefix that Biolink does not know stays.
    """
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return f"{_OWN}:{identifier}"
    return f"{alignment().prefixes.get(prefix.casefold(), prefix)}:{local}"


def infores(source: Source) -> str:
    """Return what a source is called as an information resource."""
    if source.identifier and source.identifier.startswith(_INFORES):
        return source.identifier
    return _INFORES + (_NO_SLUG.sub("-", source.id.casefold()).strip("-") or "unnamed")


def _is_known(identifier: str) -> bool:
    return prefix_of(identifier).casefold() in alignment().prefixes


def _leading(entity: Entity) -> str | None:
    known = (spelled(other) for other in entity.identifiers if _is_known(other))
    return min(known, key=lambda other: rank(other, entity.kinds), default=None)
