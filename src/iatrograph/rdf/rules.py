"""The derivation rules of ``ontology/rules`` run as they stand, on any set of curated triples.

They are the specification. A build derives the same faster; tests hold it against this. Who loads
``graph/`` into an engine of their own runs the same files there, in the order of their names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from iatrograph.errors import UnreadableFile
from iatrograph.vocabulary import resource
from iatrograph.vocabulary.reading import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def _run(store: ox.Store, path: Path) -> None:
    try:
        store.update(path.read_text("utf-8"))
    except SyntaxError as error:
        # The parser of updates tells the place only in its message, before a list of what it wants.
        place = re.match(r"error at (\d+):\d+", error.msg)
        line = int(place[1]) if place else None
        raise UnreadableFile(path, line, error.msg[:80]) from error
    except OSError as error:
        raise UnreadableFile(path, None, error.strerror or str(error)) from error


def apply_rules(store: ox.Store, ontology_folder: Path | None = None) -> None:
    """Run every rule on a store that holds curated triples and the ontology, in order.

    The rules only add triples. Raises UnreadableFile where a rule is missing or does not parse.
    """
    folder = (ontology_folder or resource("ontology")) / "rules"
    rules = sorted(folder.glob("*.ru"))
    if not rules:
        raise UnreadableFile(folder, None, "no derivation rules (*.ru) here")
    for path in rules:
        _run(store, path)


def derive_by_rules(lines: Iterable[str], ontology_folder: Path | None = None) -> frozenset[str]:
    """Return the N-Triples lines that the rules add to curated ones; the given are left out.

    The lines are those of ``rdf.triples``, canonical and with their line feeds. The ontology is
    that of the package unless a folder is given.
    """
    folder = ontology_folder or resource("ontology")
    store = ox.Store()
    for name in FILES:
        store.load(path=folder / name, format=ox.RdfFormat.TURTLE)
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    given = {quad.triple for quad in store}
    apply_rules(store, folder)
    added = (quad.triple for quad in store if quad.triple not in given)
    return frozenset(f"{triple} .\n" for triple in added)
