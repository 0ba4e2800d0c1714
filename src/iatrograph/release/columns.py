"""Whole columns to N-Triples: terms as columns of text, and lines put together of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from iatrograph.rdf import terms
from iatrograph.tables import arrow

if TYPE_CHECKING:
    import numpy.typing as npt

    from iatrograph.tables.arrow import Column
    from iatrograph.vocabulary import Ontology, Qualifier


def iris(stem: str, names: Column) -> Column:
    """Return the IRIs that begin with a stem, spelt as ``terms.iri`` spells them."""
    right = arrow.mended(names, terms.SUSPECT_IN_IRIS, lambda name: terms.iri(name)[1:-1])
    return arrow.joined(f"<{stem}", right, ">")


def literals(texts: Column) -> Column:
    """Return string literals, spelt as ``terms.literal`` spells them."""
    right = arrow.mended(texts, terms.SUSPECT_IN_LITERALS, lambda text: terms.literal(text)[1:-1])
    return arrow.joined('"', right, '"')


def integers(numbers: npt.NDArray[np.integer]) -> Column:
    """Return ``xsd:integer`` literals, null for a number below zero."""
    different, places = np.unique(numbers, return_inverse=True)
    texts = arrow.strings([terms.integer(int(n)) if n >= 0 else None for n in different])
    return arrow.taken(texts, places)


def booleans(flags: npt.NDArray[np.bool_]) -> Column:
    """Return ``xsd:boolean`` literals."""
    texts = arrow.strings([terms.boolean(False), terms.boolean(True)])
    return arrow.taken(texts, flags.astype(np.int8))


def where(flags: npt.NDArray[np.bool_], text: str) -> Column:
    """Return a text where a flag is set, null elsewhere."""
    return arrow.texts_at(arrow.strings([text]), flags.astype(np.int8) - 1)


class Lines:
    """The triples of one subject after another, predicate after predicate."""

    def __init__(self, subjects: Column) -> None:
        self._subjects = subjects
        self._parts: list[Column | str] = []

    def add(self, predicate: str, objects: Column | str) -> None:
        """Add a triple for each subject that has an object: a constant, or a column with nulls."""
        parts = self._subjects, f" {predicate} ", objects, " .\n"
        if isinstance(objects, str) or not objects.null_count:
            self._parts += parts
        elif objects.null_count < len(objects):
            self._parts.append(arrow.joined(*parts))

    def add_lists(self, predicate: str, owners: npt.NDArray[np.integer], objects: Column) -> None:
        """Add triples for subjects with any number of objects, in the order of their lines."""
        if len(owners):
            subjects = arrow.taken(self._subjects, owners)
            lines = arrow.joined(subjects, f" {predicate} ", objects, " .\n")
            self._parts.append(arrow.sorted_lists(owners, lines, len(self._subjects)))

    def text(self) -> memoryview:
        """Return all lines."""
        return arrow.bytes_of(arrow.concatenated(*self._parts))


class Objects:
    """The values of qualifiers as terms; ``linked`` are the IRIs that row numbers point to."""

    def __init__(self, ontology: Ontology, linked: dict[str, Column]) -> None:
        self._schemes = {
            name: {concept.key: terms.iri(concept.iri) for concept in scheme.concepts}
            for name, scheme in ontology.schemes.items()
        }
        self._linked = linked

    def of(self, qualifier: Qualifier, values: Column) -> Column:
        """Return the terms of values, null for null."""
        if qualifier.scheme is not None:
            known = self._schemes[qualifier.scheme]
            concepts = arrow.strings([known[key] for key in arrow.names_of(values)])
            return arrow.texts_at(concepts, arrow.codes_of(values))
        if qualifier.kind == "text":
            return literals(values)
        if qualifier.kind == "number":
            return arrow.joined('"', values, terms.decimal("")[1:])
        return arrow.taken(self._linked[qualifier.kind], arrow.array_of(values))
