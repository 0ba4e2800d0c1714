"""One spelling of an identifier, whoever wrote it: that of the prefixes of the project."""

from __future__ import annotations

import re
from typing import Final

from iatrograph.vocabulary import PREFIXES, contract

_ALIASES: Final = {
    "db": "drugbank",
    "entrez": "NCBIGene",
    "hpo": "HP",
    "msh": "mesh",
    "ncbi_gene": "NCBIGene",
    "pubmed": "PMID",
    "rxnorm": "rxcui",
    "umls_cui": "umls",
    "uniprot": "UniProtKB",
}
_SPELLINGS: Final = {prefix.casefold(): prefix for prefix in PREFIXES} | _ALIASES
_SLUG: Final = re.compile(r'[^\s:<>"{}|^`\\]+')
_CURIE: Final = re.compile(r'[^\s:<>"{}|^`\\]+:[^\s<>"{}|^`\\]+')


def prefix_of(identifier: str) -> str:
    """Return the prefix of a CURIE, nothing for a slug: slugs are the project's own vocabulary."""
    return identifier.partition(":")[0] if ":" in identifier else ""


def local_of(curie: str) -> str:
    """Return what stands behind the prefix of a CURIE."""
    return curie.partition(":")[2]


def is_curie(text: str) -> bool:
    """Whether a text is a prefix and something after it, with nothing that an IRI cannot hold."""
    return _CURIE.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Whether a text can be the id of a curated entity."""
    return _SLUG.fullmatch(text) is not None


def spelled(identifier: str) -> str:
    """Return an identifier as the project writes it: ``UMLS:C0027066`` is ``umls:C0027066``.

    An IRI is contracted, ``id:gabapentin`` is the slug; a prefix that nobody knows stays.
    """
    if identifier.startswith(("http://", "https://")):
        return contract(identifier)
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return identifier
    known = _SPELLINGS.get(prefix.casefold(), prefix)
    return local if known == "id" else f"{known}:{local}"
