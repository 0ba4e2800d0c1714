"""The one family of errors, as a tree.

::

    IatrographError
    ├── InvalidSetting              a setting has a value that cannot be used
    ├── InvalidRequest              the caller can mend it
    │   ├── MalformedQuery          does not parse; line and column
    │   ├── QueryRefused            parses, but asks for a feature that is never served
    │   ├── LimitExceeded           longer, deeper or larger than a limit allows
    │   ├── NotAcceptable           none of the wanted formats is offered
    │   ├── UnsupportedMediaType    the request's body has a type that is not read
    │   └── RequestTimeout          the request's body did not arrive in time
    ├── NotFound                    no such thing; carries near matches
    ├── QueryTimeout                the deadline passed
    ├── Busy                        too many requests are waiting
    ├── EngineUnavailable           the engine cannot answer
    ├── ReleaseUnavailable          there is no release, or it is of another version
    ├── DownloadFailed              a public file could not be fetched; its address
    └── InvalidData                 a file is wrong
        ├── UnreadableFile          not readable or not well formed; path and line
        └── InvalidGraph            well formed, but breaks the ontology; all problems at once

Errors carry values and know no HTTP; ``web.errors`` maps them to statuses, the command line to
exit codes. ``str(error)`` is one line that names the thing, the place and the remedy.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Busy",
    "DownloadFailed",
    "EngineUnavailable",
    "IatrographError",
    "InvalidData",
    "InvalidGraph",
    "InvalidRequest",
    "InvalidSetting",
    "LimitExceeded",
    "MalformedQuery",
    "NotAcceptable",
    "NotFound",
    "Problem",
    "QueryRefused",
    "QueryTimeout",
    "ReleaseUnavailable",
    "RequestTimeout",
    "Rule",
    "UnreadableFile",
    "UnsupportedMediaType",
]


class IatrographError(Exception):
    """Anything that Iatrograph itself reports."""


class InvalidSetting(IatrographError):
    """A setting has a value that cannot be used."""

    def __init__(self, name: str, value: object, remedy: str) -> None:
        """Take the setting's name, the value given and what to do instead."""
        self.name, self.value, self.remedy = name, value, remedy
        super().__init__(f"setting {name} cannot be {value!r}: {remedy}")


class InvalidRequest(IatrographError):
    """The caller can mend it."""


class MalformedQuery(InvalidRequest):
    """A query that does not parse."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Take the parser's message and, where known, the 1-based line and column."""
        self.message, self.line, self.column = message, line, column
        place = "" if line is None else f" at line {line}, column {column}"
        super().__init__(f"the query does not parse{place}: {message}")


class QueryRefused(InvalidRequest):
    """A query that asks for something that is never served, such as SERVICE or an update."""

    def __init__(self, feature: str, remedy: str) -> None:
        """Take the feature's name and what to do instead."""
        self.feature, self.remedy = feature, remedy
        super().__init__(f"{feature} is refused: {remedy}")


class LimitExceeded(InvalidRequest):
    """A request over a limit."""

    def __init__(self, limit: str, allowed: int, asked: int | None = None) -> None:
        """Take the limit's setting name, its value and, where known, what was asked."""
        self.limit, self.allowed, self.asked = limit, allowed, asked
        got = "more was asked" if asked is None else f"{asked} was asked"
        super().__init__(f"over the limit {limit}: at most {allowed} allowed, {got}")


class NotAcceptable(InvalidRequest):
    """None of the wanted formats is offered."""

    def __init__(self, offered: tuple[str, ...]) -> None:
        """Take the media types that are offered."""
        self.offered = offered
        super().__init__(f"none of the accepted formats is offered; offered: {', '.join(offered)}")


class UnsupportedMediaType(InvalidRequest):
    """A request body of a type that is not read."""

    def __init__(self, given: str, offered: tuple[str, ...]) -> None:
        """Take the content type given and those that are read."""
        self.given, self.offered = given, offered
        super().__init__(f"cannot read a body of type {given!r}; send {' or '.join(offered)}")


class RequestTimeout(InvalidRequest):
    """A request whose body did not arrive in time."""

    def __init__(self, seconds: float) -> None:
        """Take how long was waited, in seconds."""
        self.seconds = seconds
        super().__init__(f"the body of the request did not arrive within {seconds:g} s")


_OF_THE_PROGRAM: Final = frozenset({"importer", "class", "relation"})
"""What is not found in the program or its ontology, whatever the release."""


class NotFound(IatrographError):
    """No such thing in this release, or in the program."""

    def __init__(
        self, kind: str, identifier: str, near: tuple[str, ...] = (), other_kind: str = ""
    ) -> None:
        """Take what was looked for, under which name, names near to it, and what has that name."""
        self.kind, self.identifier, self.near = kind, identifier, near
        hint = f"; near matches: {', '.join(near)}" if near else ""
        if other_kind:
            hint = f"; it is of another kind: {other_kind}"
        where = "" if kind in _OF_THE_PROGRAM else " in this release"
        super().__init__(f"no {kind} {identifier!r}{where}{hint}")


class QueryTimeout(IatrographError):
    """The deadline passed and the worker was ended."""

    def __init__(self, seconds: float) -> None:
        """Take the deadline in seconds."""
        self.seconds = seconds
        super().__init__(f"the query did not end within {seconds:g} s (query_timeout_s)")


class Busy(IatrographError):
    """Too many requests are waiting."""

    def __init__(self, waiting: int) -> None:
        """Take how many requests wait already."""
        self.waiting = waiting
        super().__init__(f"{waiting} queries are waiting already; try again in a moment")


class EngineUnavailable(IatrographError):
    """The engine cannot answer: a worker died, or ran out of its memory."""

    def __init__(self, reason: str) -> None:
        """Take the reason in words."""
        self.reason = reason
        super().__init__(reason)


class ReleaseUnavailable(IatrographError):
    """There is no release to serve, or it cannot be opened by this version."""

    def __init__(self, path: Path, reason: str) -> None:
        """Take the folder and why it cannot be served, with the remedy."""
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class DownloadFailed(IatrographError):
    """A public file could not be fetched."""

    def __init__(self, address: str, what: str, remedy: str) -> None:
        """Take the file's address, what happened and what to do."""
        self.address, self.what, self.remedy = address, what, remedy
        super().__init__(f"{address}: {what}; {remedy}")


class InvalidData(IatrographError):
    """A file is wrong."""


class UnreadableFile(InvalidData):
    """A file that cannot be read or is not well formed."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        """Take the file, the 1-based line where known, and the reason."""
        self.path, self.line, self.reason = path, line, reason
        place = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{place}: {reason}")


class Rule(StrEnum):
    """What is asked of data; a problem names the one that is broken."""

    BLANK_NODE = "blank-node"
    """Everything has an IRI: messages, releases and other files call it by that."""
    BROADER = "broader"
    """Nothing is broader than itself, over however many steps."""
    CARDINALITY = "cardinality"
    """What is single has one value."""
    CLASS = "class"
    """A thing has classes that may be written; a claim, a statement, a source has no second one."""
    DENIED_FREQUENCY = "denied-frequency"
    """What does not happen has no frequency."""
    DESCRIBED = "described"
    """Whatever is named is described somewhere."""
    DISJOINT = "disjoint"
    """Nothing is of two classes that exclude each other."""
    DOMAIN = "domain"
    """The subject of a statement is of the domain of its relation."""
    FORM = "form"
    """A value is what its property takes: an IRI, a whole number, a text without stray spaces."""
    IDENTIFIER = "identifier"
    """An identifier has a known prefix and, after it, the form that the Bioregistry gives."""
    IRI = "iri"
    """An IRI says what it names: that of a statement its parts, that of a claim its source."""
    LABEL = "label"
    """No two entities have one label."""
    LEDGER = "ledger"
    """Each sentence gives something or says why not; each claim stands in a sentence."""
    ONE_PLACE = "one-place"
    """A thing is described once, in one file."""
    PRESENCE = "presence"
    """What is mandatory is there."""
    PROPERTY = "property"
    """A thing has only properties that things of its class have."""
    RANGE = "range"
    """The object of a statement, and the value of a qualifier, is of the range."""
    RELATION = "relation"
    """A statement's relation is one of the ontology that can be claimed."""
    SELF = "self"
    """Nothing is related to itself."""
    SHAPE = "shape"
    """The SHACL shapes hold."""
    STANCE = "stance"
    """A claim takes one stance on one statement."""
    STEPS = "steps"
    """The steps of an explanation are numbered from 1 and stand on claims."""
    SYMMETRY = "symmetry"
    """The ends of a relation that reads both ways stand in the order of their ids."""
    USE = "use"
    """A statement has a claim, a step an explanation."""
    VALUE = "value"
    """A value that is chosen from a list is on it."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in curated data: where, which term, which rule, and what would be right."""

    path: str
    line: int
    term: str
    message: str
    rule: Rule

    def __str__(self) -> str:
        """``file:line: term: message [rule]``."""
        return f"{self.path}:{self.line}: {self.term}: {self.message} [{self.rule}]"


class InvalidGraph(InvalidData):
    """Well-formed data that break the ontology; every problem is listed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Take all problems found, at least one."""
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
