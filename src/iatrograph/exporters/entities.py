"""Entities as CSV: one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.exporters.csv import csv_bytes
from iatrograph.exporters.values import join
from iatrograph.vocabulary import iri_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.exporters.content import Content
    from iatrograph.model import Entity

_HEADER: Final = (
    "id",
    "label",
    "kinds",
    "roles",
    "synonyms",
    "definition",
    "identifiers",
    "broader",
    "iri",
)


def entity_rows(content: Content) -> Iterator[bytes]:
    """Yield a row for every entity; several values in a cell are joined by a bar."""
    return csv_bytes(_HEADER, map(_row, content.entities))


def _row(entity: Entity) -> tuple[object, ...]:
    return (
        entity.id,
        entity.label,
        join(entity.kinds),
        join(entity.roles),
        join(entity.synonyms),
        entity.definition,
        join(entity.identifiers),
        join(entity.broader),
        iri_of(entity.id),
    )
