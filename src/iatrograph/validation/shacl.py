"""SHACL over curated Turtle: ``ontology/shapes.ttl`` run by pySHACL, its results as problems.

The ontology is merged into the data, because shapes look at superclasses, super-relations and
schemes; handed over apart, only a part of it would be seen and everything would seem to fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax

from iatrograph.errors import Problem, Rule, UnreadableFile
from iatrograph.rdf.documents import Place, read_descriptions
from iatrograph.vocabulary import compact, resource
from iatrograph.vocabulary.reading import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rdflib.term import Node


def _graph(paths: Iterable[Path]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in paths:
        try:
            graph.parse(path, format="turtle")
        except BadSyntax as error:
            raise UnreadableFile(path, error.lines + 1, str(error)) from error
        except OSError as error:
            raise UnreadableFile(path, None, error.strerror or str(error)) from error
    return graph


def shapes_report(data: Graph, ontology_folder: Path) -> Graph:
    """Run the shapes of a folder over a graph that holds data and ontology, and return the report.

    Raises UnreadableFile where the shapes cannot be run.
    """
    path = ontology_folder / "shapes.ttl"
    try:
        _, report, _ = validate(data, shacl_graph=_graph([path]), inplace=True)
    except ReportableRuntimeError as error:
        raise UnreadableFile(path, None, str(error)) from error
    if not isinstance(report, Graph):
        raise UnreadableFile(path, None, f"the shapes cannot be run: {report}")
    return report


def _text(node: Node | None) -> str:
    return compact(str(node)) if isinstance(node, URIRef) else f'"{node}"'


def _problem(report: Graph, result: Node, places: Mapping[str, Place]) -> Problem:
    """Say where: at the value if the files describe it and not the focus node, else there."""
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    subject = focus if str(focus) in places or str(value) not in places else value
    place = places.get(str(subject))
    message = str(report.value(result, SH.resultMessage))
    if value is not None and value != subject:
        message += f" Found {_text(value)}."
    path, line = (str(place.path), place.line) if place else ("", 1)
    return Problem(path, line, _text(subject), message, Rule.SHAPE)


def check_shapes(graph_folder: Path, ontology_folder: Path | None = None) -> tuple[Problem, ...]:
    """Return what the shapes find in the Turtle files below a folder, sorted by file and line.

    The ontology is that of the package unless a folder is given. Takes about a second for two
    hundred claims. Raises UnreadableFile where a file is not well-formed Turtle.
    """
    ontology_folder = ontology_folder or resource("ontology")
    descriptions, blank = read_descriptions(graph_folder)
    places = {description.iri: description.place for description in reversed(descriptions)}
    files = sorted({description.document.path for description in descriptions})
    data = _graph([*(ontology_folder / name for name in FILES), *files])
    report = shapes_report(data, ontology_folder)
    results = report.objects(predicate=SH.result)
    return tuple(sorted({*blank, *(_problem(report, result, places) for result in results)}))
