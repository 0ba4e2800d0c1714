"""The classes of things, by what a file calls them and by the vocabulary of their identifiers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.importers.kgx.identifiers import prefix_of
from iatrograph.vocabulary import ontology
from iatrograph.vocabulary.alignment import alignment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iatrograph.importers.kgx.layout import Layout

BY_PREFIX: Final = {
    prefix.casefold(): kind
    for kind, prefixes in {
        "Drug": "drugbank rxcui CHEBI pubchem.compound CHEMBL.COMPOUND UNII DrugCentral GTOPDB "
        "KEGG.DRUG KEGG.COMPOUND HMDB CAS INCHIKEY NDC",
        "DrugClass": "ndfrt",
        "Therapy": "MAXO CPT",
        "Condition": "MONDO DOID ORPHANET ORDO OMIM.PS OMIMPS ICD9 ICD10 ICD10CM ICD11 "
        "KEGG.DISEASE GARD",
        "Effect": "HP MEDDRA SYMP",
        "Target": "NCBIGene HGNC UniProtKB ENSEMBL PR CHEMBL.TARGET",
        "Process": "REACT wikipathways KEGG.PATHWAY SMPDB",
        "Population": "HANCESTRO",
        "Anatomy": "UBERON CL FMA",
        "Diagnostic": "LOINC",
    }.items()
    for prefix in prefixes.split()
}
"""Vocabularies of one class. GO, MeSH, UMLS, SNOMED CT, NCIT, EFO and OMIM have several."""

_MEDICINES: Final = frozenset({"drugbank", "rxcui"})
"""Vocabularies of medicines: what has such an identifier is one, though it may be a protein too."""


class Kinds(NamedTuple):
    """Classes in display order, and whether some had to go since they exclude each other."""

    names: tuple[str, ...]
    is_cut: bool = False


def kinds_of(identifier: str, categories: Iterable[str], layout: Layout) -> Kinds:
    """Return the classes of a thing; none where neither category nor prefix tells."""
    known = alignment().kinds
    names = (layout.categories.get(category) or category_name(category) for category in categories)
    found = {known[name] for name in names if name in known}
    prefix = prefix_of(identifier)
    by_prefix = layout.kinds.get(prefix) or BY_PREFIX.get(prefix.casefold())
    if by_prefix and (not found or prefix in _MEDICINES):
        found.add(by_prefix)
        return Kinds(compatible(frozenset(found), by_prefix))
    kept = compatible(frozenset(found), by_prefix or "")
    return Kinds(kept, len(kept) < len(found))


@lru_cache(maxsize=1 << 10)
def compatible(kinds: frozenset[str], first: str) -> tuple[str, ...]:
    """Return the classes that one thing may have, in display order.

    Of those that exclude each other ``first`` stays, else what is displayed first.
    """
    words = ontology()
    order = {cls.name: place for place, cls in enumerate(words.concrete_classes)}
    kept: list[str] = []
    above: set[str] = set()
    for kind in sorted(kinds, key=lambda kind: (kind != first, order[kind])):
        ancestors = {*words.classes[kind].ancestors}
        if not any(_exclude(group, above, ancestors) for group in words.disjoint_classes):
            kept.append(kind)
            above |= ancestors
    return tuple(sorted(kept, key=order.__getitem__))


def _exclude(group: frozenset[str], some: set[str], others: set[str]) -> bool:
    return len(group & (some | others)) > 1


@lru_cache(maxsize=1 << 10)
def category_name(category: str) -> str:
    """Return the name of a category of Biolink: ``PhenotypicFeature`` of ``phenotypic feature``."""
    words = category.removeprefix("biolink:").replace("_", " ").split()
    return "".join(word[0].upper() + word[1:] for word in words)
