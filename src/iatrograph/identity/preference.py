"""Which of several identifiers of one thing is its id.

The slug of the curated entity comes first. Else it is the identifier, among those that a data set
describes, of the vocabulary that comes first for the first kind of the thing; in a vocabulary, the
least by spelling. Vocabularies that the lists do not name come after them, by name.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from iatrograph.identity.spelling import prefix_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_DISEASES: Final = ("MONDO", "DOID", "mesh", "umls", "HP")
_SIGNS: Final = ("HP", "umls", "mesh", "MONDO", "DOID")
_SUBSTANCES: Final = ("drugbank", "CHEBI", "rxcui", "pubchem.compound", "mesh", "umls")

ORDER: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Drug": _SUBSTANCES,
        "DrugClass": ("CHEBI", "mesh", "ndfrt", "umls"),
        "Therapy": ("mesh", "umls"),
        "Condition": _DISEASES,
        "Effect": _SIGNS,
        "Target": ("NCBIGene", "HGNC", "UniProtKB", "CHEBI", "mesh"),
        "Process": ("GO", "wikipathways", "mesh", "umls"),
        "Anatomy": ("UBERON", "GO", "mesh", "umls"),
    }
)
"""Vocabularies by kind, the first that fits is taken."""

OTHERWISE: Final = ("mesh", "umls")


def rank(identifier: str, kinds: tuple[str, ...]) -> tuple[int, str, str]:
    """Return the place of an identifier among those of a thing of these kinds; the least leads."""
    prefix = prefix_of(identifier)
    order = ("", *ORDER.get(kinds[0] if kinds else "", OTHERWISE))
    place = order.index(prefix) if prefix in order else len(order)
    return place, prefix, identifier
