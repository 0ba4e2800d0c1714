"""Reading a folder of curated Turtle into one contribution, with the place of every subject.

Every triple of the files becomes part of a model value, or is a problem; none is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from iatrograph.errors import InvalidGraph
from iatrograph.model import Contribution
from iatrograph.rdf.checks import check
from iatrograph.rdf.documents import Place, read_descriptions
from iatrograph.rdf.reading import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iatrograph.rdf.reading import Reading
    from iatrograph.vocabulary import Ontology

__all__ = ["Curated", "Place", "read_curated"]


@dataclass(frozen=True, slots=True)
class Curated:
    """What the curated files hold; ``places`` says where each subject is described, by IRI.

    All values are in tuples, sorted by id, so the contribution can be read more than once.
    """

    contribution: Contribution
    places: Mapping[str, Place]


def _contribution(reading: Reading) -> Contribution:
    by_id = attrgetter("id")
    return Contribution(
        sources=tuple(sorted(reading.sources, key=by_id)),
        entities=tuple(sorted(reading.entities, key=by_id)),
        claims=tuple(sorted(reading.claims, key=by_id)),
        references=tuple(sorted(reading.references, key=by_id)),
        explanations=tuple(sorted(reading.explanations, key=by_id)),
    )


def read_curated(folder: Path, ontology: Ontology) -> Curated:
    """Read all Turtle files below a folder.

    Raises UnreadableFile where a file is not well-formed Turtle (file, line), and InvalidGraph with
    all problems at once (file, line, term, remedy) where the files break the ontology.
    """
    descriptions, problems = read_descriptions(folder)
    reading = read(descriptions, ontology, problems)
    check(reading, ontology)
    if problems:
        raise InvalidGraph(tuple(sorted(set(problems))))
    places = {description.iri: description.place for description in reversed(descriptions)}
    return Curated(_contribution(reading), places)
