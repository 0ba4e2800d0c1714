from __future__ import annotations

from typing import TYPE_CHECKING, Final

import bioregistry

if TYPE_CHECKING:
    from iatrograph.vocabulary import Ontology

NAMES: Final = {"rxcui": "rxnorm", "PMID": "pubmed", "UniProtKB": "uniprot"}
"""What the Bioregistry calls some prefixes."""


def test_patterns_are_those_of_the_bioregistry(ontology: Ontology) -> None:
    """Every prefix of an outside vocabulary is registered, with the pattern that stands here."""
    registered = {
        prefix: bioregistry.get_pattern(NAMES.get(prefix, prefix))
        for prefix in ontology.identifier_patterns
    }

    assert registered == ontology.identifier_patterns
    assert len(registered) == 19
