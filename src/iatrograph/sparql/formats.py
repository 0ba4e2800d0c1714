"""The formats of answers: one line each, found by name, extension or media type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

ResultKind = Literal["rows", "boolean", "graph"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer; ``aliases`` are further media types and names it answers to."""

    name: str
    media_type: str
    extension: str
    aliases: frozenset[str]
    is_text: bool = True

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type

    @property
    def media_types(self) -> frozenset[str]:
        """All media types it answers to."""
        return frozenset({self.media_type} | {a for a in self.aliases if "/" in a})


def _format(name: str, media_type: str, extension: str, *aliases: str, text: bool = True) -> Format:
    return Format(name, media_type, extension, frozenset(aliases), text)


# https://www.w3.org/TR/sparql11-overview/, results; the first is given where a client names none.
RESULTS: Final = (
    _format(
        "json",
        "application/sparql-results+json",
        "srj",
        "application/json",
        "application/javascript",
        "text/javascript",
        "text/json",
        text=False,
    ),
    _format(
        "xml",
        "application/sparql-results+xml",
        "srx",
        "application/xml",
        "text/xml",
        text=False,
    ),
    _format("csv", "text/csv", "csv"),
    _format("tsv", "text/tab-separated-values", "tsv"),
)
# https://www.w3.org/TR/rdf11-new/, concrete syntaxes.
GRAPHS: Final = (
    _format("ttl", "text/turtle", "ttl", "turtle", "application/x-turtle", "application/turtle"),
    _format("nt", "application/n-triples", "nt", "ntriples", "n-triples", "text/plain", text=False),
    _format(
        "rdf",
        "application/rdf+xml",
        "rdf",
        "xml",
        "rdfxml",
        "rdf+xml",
        "application/xml",
        "text/xml",
        text=False,
    ),
    _format(
        "jld", "application/ld+json", "jsonld", "json", "json-ld", "application/json", text=False
    ),
)
OFFERED: Final[dict[ResultKind, tuple[Format, ...]]] = {
    "rows": RESULTS,
    "boolean": RESULTS,
    "graph": GRAPHS,
}


def named(name: str, kind: ResultKind) -> Format | None:
    """Return the format that a short name, an extension or a media type means for this kind."""
    wanted = name.strip().lower()
    for offered in OFFERED[kind]:
        if wanted in {offered.name, offered.media_type, offered.extension} | offered.aliases:
            return offered
    return None
