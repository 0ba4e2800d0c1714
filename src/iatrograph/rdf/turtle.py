"""The one form in which curated Turtle is kept, so that a change shows as the lines it changes.

Subjects begin their own lines, with a blank line between; a claim follows its statement and a step
its explanation; the rest goes by IRI. Only prefixes of the project are used, and only those needed.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import TurtleSerializer

from iatrograph.errors import UnreadableFile
from iatrograph.rdf.documents import turtle_files
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from rdflib.term import Node

_WRITTEN: Final = (
    *("ig", "id", "st", "cl", "src", "ref", "ex"),
    *("biolink", "rdf", "rdfs", "skos", "dcterms", "xsd"),
)
_FIRST: Final = (
    "rdf:type",
    "rdfs:label",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "ig:affirms",
    "ig:denies",
    "ig:mixedOn",
    "ig:position",
)
_NUMBERED: Final = re.compile(r"(.*)\.(\d+)")


def _iri(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def _unnumbered(name: str) -> tuple[str, int]:
    """Split ``name.2`` into name and number; without a number it is 0."""
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 0)


def _order(subject: Node) -> tuple[int, str, int, str, int]:
    """Return what sorts a subject: claims after their statement, steps after their explanation."""
    iri = str(subject)
    if iri.startswith(PREFIXES["cl"]):
        name, number = _unnumbered(iri.removeprefix(PREFIXES["cl"]))
        statement, _, source = name.rpartition(".")
        return 0, statement, 1, source, number
    if iri.startswith(PREFIXES["st"]):
        return 0, iri.removeprefix(PREFIXES["st"]), 0, "", 0
    if iri.startswith(PREFIXES["ex"]):
        name, number = _unnumbered(iri.removeprefix(PREFIXES["ex"]))
        return 1, name, number, "", 0
    return 2, iri, 0, "", 0


class _Serializer(TurtleSerializer):
    """rdflib's writer of Turtle with our order of subjects and of properties."""

    predicateOrder = [_iri(name) for name in _FIRST]  # noqa: N815, RUF012  # rdflib's name

    def orderSubjects(self) -> list[Node]:  # noqa: N802  # rdflib's name
        return sorted(self._subjects, key=_order)


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        is_typed = term.language is None and term.datatype.value != PREFIXES["xsd"] + "string"
        datatype = term.datatype.value if is_typed else None
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return BNode(str(term).removeprefix("_:"))


def _parsed(text: str, path: Path) -> Graph:
    """Read with Oxigraph, which tells lines and refuses what rdflib lets pass."""
    graph = Graph(bind_namespaces="none")
    for prefix in _WRITTEN:
        graph.bind(prefix, PREFIXES[prefix])
    try:
        for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE):
            graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    except SyntaxError as error:
        raise UnreadableFile(path, error.lineno, error.msg) from error
    return graph


def _serialized(graph: Graph) -> str:
    buffer = BytesIO()
    _Serializer(graph).serialize(buffer, encoding="utf-8")
    return buffer.getvalue().decode()


def canonical(text: str, path: Path = Path("<text>")) -> str:
    """Return curated Turtle in its one form; doing it again changes nothing.

    Raises UnreadableFile, which names ``path``, where the text is not well-formed Turtle.
    """
    graph = _parsed(text, path)
    if not graph:
        return ""
    head, _, body = (_serialized(graph).rstrip("\n") + "\n").partition("\n\n")
    needed = [line for line in head.splitlines() if re.search(rf"\b{line.split()[1]}", body)]
    return "\n".join(needed) + f"\n\n{body}"


def format_folder(folder: Path, *, check: bool = False) -> tuple[Path, ...]:
    """Bring the Turtle files below a folder into canonical form, and return those that change.

    With ``check`` nothing is written. Raises UnreadableFile where a file is not well formed.
    """
    changed: list[Path] = []
    for path in turtle_files(folder):
        text = _text(path)
        right = canonical(text, path)
        if right == text:
            continue
        changed.append(path)
        if not check:
            path.write_text(right, "utf-8")
    return tuple(changed)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path, None, str(error)) from error
