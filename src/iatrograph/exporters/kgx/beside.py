"""What is neither node nor edge: the release, sources, references and explanations, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import orjson

from iatrograph.exporters.content import DISCLAIMER
from iatrograph.exporters.kgx.names import infores

if TYPE_CHECKING:
    from iatrograph.model import Explanation
    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology


def beside(release: Release, ontology: Ontology) -> bytes:
    """Return the document; statements are written as their ids."""
    tables = release.tables
    document = {
        "release": release.info.id,
        "ontology": ontology.version,
        "disclaimer": DISCLAIMER,
        "sources": [
            asdict(source) | {"information_resource": infores(source)}
            for source in tables.sources.values()
        ],
        "references": [asdict(work) for work in tables.references.values()],
        "explanations": [_explanation(found) for found in tables.all_explanations.values()],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _explanation(explanation: Explanation) -> dict[str, object]:
    steps = ({**asdict(step), "statement": step.statement.id} for step in explanation.steps)
    explains = [key.id for key in explanation.explains]
    return {**asdict(explanation), "explains": explains, "steps": [*steps]}
