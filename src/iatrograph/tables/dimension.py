"""One qualifier of all claims while they stream in: sparse first, a column in the end."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.tables import arrow
from iatrograph.tables.ragged import Ragged, offsets_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iatrograph.tables.arrow import Column
    from iatrograph.vocabulary import Ontology, Qualifier

LINKED: Final = frozenset({"entity", "reference"})
"""Kinds of qualifiers whose values are rows of another table."""


class Dimension:
    """Takes the values of one qualifier, claim after claim, and becomes a column.

    ``places`` gives the number of each value: its place in the scheme, or the row of the entity or
    reference it names; None for words, which are kept as they are. The order of several values
    means nothing, so they are sorted.
    """

    def __init__(self, qualifier: Qualifier, places: Mapping[str, int] | None) -> None:
        self.qualifier, self._places = qualifier, places
        self._rows, self._counts, self._numbers = array("i"), array("i"), array("i")
        self._words = arrow.Texts()

    @property
    def notes(self) -> dict[str, str]:
        """What a reader has to know of the column."""
        return {"qualifier": self.qualifier.name, "kind": self.qualifier.kind}

    def add(self, row: int, values: Sequence[str]) -> None:
        """Add the values of one claim. Raises KeyError for a value that nobody defines."""
        if self._places is None:
            for word in values:
                self._words.append(word)
            count = len(values)
        else:
            distinct = sorted({*values})
            self._numbers.extend([self._places[value] for value in distinct])
            count = len(distinct)
        self._rows.append(row)
        self._counts.append(count)

    def column(self, length: int) -> Column:
        """Return the column, of so many claims."""
        rows = np.frombuffer(self._rows, dtype=np.int32)
        return arrow.spread(self._values(), rows, length)

    def _values(self) -> Column:
        numbers = np.frombuffer(self._numbers, dtype=np.int32)
        counts = np.frombuffer(self._counts, dtype=np.int32)
        offsets = offsets_of(counts)
        if self.qualifier.kind in LINKED:
            return arrow.lists(Ragged(offsets, numbers))
        flat = (
            self._words.column()
            if self._places is None
            else arrow.coded(numbers, list(self._places))
        )
        return arrow.lists(Ragged(offsets, numbers), flat) if self.qualifier.is_many else flat


def dimensions(
    ontology: Ontology, entities: Mapping[str, int], references: Mapping[str, int]
) -> dict[str, Dimension]:
    """Return an empty dimension for each qualifier, in the order of the ontology."""
    rows = {"entity": entities, "reference": references}
    found: dict[str, Dimension] = {}
    for name, qualifier in ontology.qualifiers.items():
        places = rows.get(qualifier.kind)
        if qualifier.scheme is not None:
            concepts = ontology.schemes[qualifier.scheme].concepts
            places = {concept.key: place for place, concept in enumerate(concepts)}
        found[name] = Dimension(qualifier, places)
    return found
