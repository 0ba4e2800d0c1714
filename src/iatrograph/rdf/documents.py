"""Turtle files as descriptions: everything said about one subject, with its file and line."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from iatrograph.errors import Problem, Rule, UnreadableFile
from iatrograph.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RDF_TYPE: Final = PREFIXES["rdf"] + "type"
_PREFIX: Final = re.compile(r"\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"(?:<([^>]*)>|([\w.-]*):((?:[^\s;,\\]|\\.)*))(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file and its 1-based line."""

    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """One Turtle file: its lines, and the line on which each subject begins."""

    path: Path
    lines: Sequence[str]
    starts: Mapping[str, int]

    def place_of(self, subject: str) -> Place:
        """Return where a subject begins; line 1 where it does not begin a line."""
        return Place(self.path, self.starts.get(subject, 1))

    def place_of_term(self, subject: str, *written: str) -> Place:
        """Return where, in the description of a subject, a term stands in one of its spellings."""
        start = self.place_of(subject).line
        others = [line for line in self.starts.values() if line > start]
        for number in range(start, min(others, default=len(self.lines) + 1)):
            if any(_holds(self.lines[number - 1], text) for text in written):
                return Place(self.path, number)
        return Place(self.path, start)


def _holds(line: str, text: str) -> bool:
    """Whether a line has the text as a whole term, not as the start of a longer one."""
    return re.search(rf"(?<![\w:-]){re.escape(text)}(?![\w:-])", line) is not None


@dataclass(frozen=True, slots=True)
class Description:
    """Everything the files say about one subject. Values are in the order of the file."""

    iri: str
    document: Document
    values: Mapping[str, tuple[Term, ...]]

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.document.place_of(self.iri)

    @property
    def types(self) -> tuple[str, ...]:
        """The IRIs of its classes."""
        return tuple(t.value for t in self.all(RDF_TYPE) if isinstance(t, ox.NamedNode))

    def all(self, prop: str) -> tuple[Term, ...]:
        """Return the values of a property."""
        return self.values.get(prop, ())

    def problem(self, rule: Rule, message: str, *at: str) -> Problem:
        """Return a problem with this subject, at the line of a term (IRI or words) if it is there.

        Where several terms are given, the first that is found tells the line.
        """
        spellings = [s for term in at for s in (compact(term), f"<{term}>", f'"{term}')]
        place = self.document.place_of_term(self.iri, *spellings) if at else self.place
        return Problem(str(place.path), place.line, compact(self.iri), message, rule)


def _starts(lines: Iterable[str]) -> dict[str, int]:
    """Find the line of each subject that begins a line, first mention only."""
    prefixes: dict[str, str] = {}
    starts: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if declared := _PREFIX.match(line):
            prefixes[declared[1]] = declared[2]
        elif subject := _SUBJECT.match(line):
            full, prefix, local = subject.groups()
            iri = full if full is not None else prefixes.get(prefix, "") + local.replace("\\", "")
            starts.setdefault(iri, number)
    return starts


def _parsed(path: Path) -> tuple[Document, list[ox.Triple]]:
    """Read one file. Raises UnreadableFile with the line of a fault in the Turtle."""
    try:
        triples = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
        lines = path.read_text("utf-8").splitlines()
    except SyntaxError as error:
        raise UnreadableFile(path, error.lineno, error.msg) from error
    except OSError as error:
        raise UnreadableFile(path, None, error.strerror or str(error)) from error
    return Document(path, lines, _starts(lines)), triples


def turtle_files(folder: Path) -> list[Path]:
    """Return the Turtle files below a folder, sorted.

    Raises UnreadableFile where there is no folder, or none in it.
    """
    if not folder.is_dir():
        raise UnreadableFile(folder, None, "no such folder; give one that holds .ttl files")
    paths = sorted(folder.rglob("*.ttl"))
    if not paths:
        raise UnreadableFile(folder, None, "holds no .ttl file; give the folder of the Turtle")
    return paths


def read_descriptions(folder: Path) -> tuple[list[Description], list[Problem]]:
    """Read all Turtle files below a folder, one description a subject and file.

    Problems are blank nodes, which have no name that a message or another file could use. Raises
    UnreadableFile where a file is not well-formed Turtle.
    """
    found: list[Description] = []
    problems: list[Problem] = []
    for path in turtle_files(folder):
        document, triples = _parsed(path)
        subjects: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode):
                values = subjects[triple.subject.value][triple.predicate.value]
                if triple.object not in values:
                    values.append(triple.object)
            else:
                message = f"a blank node with {compact(triple.predicate.value)}; give it an IRI"
                problems.append(Problem(str(path), 1, "[]", message, Rule.BLANK_NODE))
        found += [
            Description(iri, document, {prop: tuple(v) for prop, v in values.items()})
            for iri, values in subjects.items()
        ]
    return found, problems
