"""What a query is asked of: the catalog of one release, and what is known of the release."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iatrograph.catalog import Catalog
    from iatrograph.model import Entity, Explanation
    from iatrograph.release import ReleaseInfo
    from iatrograph.vocabulary import Ontology


class Context:
    """One release, opened; what is the same for every query of it is kept."""

    def __init__(self, catalog: Catalog, release: ReleaseInfo) -> None:
        """Take the catalog to ask, and what is known of its release."""
        self.catalog, self.release = catalog, release
        self._members: dict[str, tuple[str, ...]] = {}

    @property
    def ontology(self) -> Ontology:
        """The words of the catalog."""
        return self.catalog.ontology

    @property
    def all_explanations(self) -> Mapping[str, Explanation]:
        """All explanations by id."""
        return self.catalog.tables.all_explanations

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return the entities of the ids by id, asked in one call; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found = self.catalog.entities(wanted)
        return {entity.id: entity for entity in found if entity is not None}

    def members(self, name: str) -> tuple[str, ...]:
        """Return the ids of all entities of a class or role, by label."""
        if name not in self._members:
            self._members[name] = self.catalog.members(name)
        return self._members[name]

    def explanations_about(self, entity: str) -> Sequence[Explanation]:
        """Return the explanations of statements with the entity at either end, by id."""
        return self._explanations.get(entity, ())

    @cached_property
    def _explanations(self) -> Mapping[str, Sequence[Explanation]]:
        found: dict[str, dict[str, Explanation]] = defaultdict(dict)
        for identifier, explanation in sorted(self.all_explanations.items()):
            for key in explanation.explains:
                found[key.subject][identifier] = explanation
                found[key.object][identifier] = explanation
        return {entity: tuple(own.values()) for entity, own in found.items()}
