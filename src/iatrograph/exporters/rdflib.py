"""The triples for analysts in Python: an rdflib graph of everything that SPARQL sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib

from iatrograph.store.dumping import dump_ntriples
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from iatrograph.release import Release


def to_rdflib(release: Release) -> rdflib.Graph:
    """Return the triples of a release, derived ones and ontology included, with its prefixes.

    All is parsed into memory: about a minute and a gigabyte a million triples.
    Raises ReleaseUnavailable where the store of the release cannot be read.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, stem in PREFIXES.items():
        graph.bind(prefix, stem)
    graph.parse(data=dump_ntriples(release.store_path), format="nt")
    return graph
