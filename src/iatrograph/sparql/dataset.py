"""The dataset of a query: one graph, which is the default graph and also has a name.

Nothing is ever fetched. Naming the graph is allowed wherever SPARQL allows to name one, every
other name is refused. The engine holds the graph once, without a name; ``GRAPH`` is therefore
rewritten to what it means over a dataset whose one named graph has the triples of the default one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from iatrograph.errors import QueryRefused
from iatrograph.sparql.guard import Reading, iri_of_token
from iatrograph.sparql.tokens import Token, malformed, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

GRAPH_NAME: Final = "https://w3id.org/iatrograph/graph"
_FULL_STOP: Final = re.compile(r"(?<!\\)\.")
_HARMLESS: Final = frozenset({"{", "}", ".", "WHERE", "UNION", "OPTIONAL", "GRAPH"})


@dataclass(frozen=True, slots=True)
class Dataset:
    """Whether the graph is the default graph of the query, and whether it is a named one."""

    default: bool = True
    named: bool = True


def dataset_of(
    reading: Reading, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Dataset:
    """Return the dataset: what the request names, else what the query names, else the whole.

    Raises QueryRefused for a graph that is not ours.
    """
    if not default_graphs and not named_graphs:
        if not reading.has_dataset:
            return Dataset()
        default_graphs, named_graphs = reading.defaults, reading.named
    for name in (*default_graphs, *named_graphs):
        if name != GRAPH_NAME:
            raise QueryRefused(f"the graph <{name[:200]}>", f"the only graph is <{GRAPH_NAME}>")
    return Dataset(bool(default_graphs), bool(named_graphs))


@dataclass(frozen=True, slots=True)
class PlacedQuery:
    """A query text for the engine, and whether its default graph has the triples."""

    text: str
    default_graph: bool


def place(reading: Reading, dataset: Dataset) -> PlacedQuery:
    """Return the text that means, over the default graph alone, what was asked of the dataset.

    Raises QueryRefused where the default graph is empty and something beside GRAPH is asked of it.
    """
    if not reading.uses_graph or not dataset.named:
        return PlacedQuery(_readable(reading.text), dataset.default)
    tokens = list(tokens_of(reading.text))
    blocks = _graph_blocks(reading, tokens)
    if not dataset.default:
        _refuse_patterns_outside(tokens, blocks, _where(reading, tokens))
    return PlacedQuery(_readable(_rewritten(reading, tokens, blocks)), True)


@lru_cache(maxsize=256)
def _readable(text: str) -> str:
    """Escape the full stops inside prefixed names: the engine's parser takes them for ends.

    ``st:gabapentin.treats.epilepsy`` is one name in SPARQL 1.1; our tokens know it, Oxigraph 0.5
    does not. Columns that an error tells after such a name are further right by the escapes.
    """
    for token in sorted(tokens_of(text), key=lambda token: -token.start):
        prefix, colon, local = token.text.partition(":")
        if token.kind == "name" and "." in local and prefix != "_":
            name = prefix + colon + _FULL_STOP.sub(r"\\.", local)
            text = text[: token.start] + name + text[token.start + len(token.text) :]
    return text


@dataclass(frozen=True, slots=True)
class _Block:
    """A GRAPH clause: positions of its keyword and its braces in the list of tokens."""

    keyword: int
    opening: int
    closing: int


def _graph_blocks(reading: Reading, tokens: Sequence[Token]) -> list[_Block]:
    blocks = []
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.text.upper() == "GRAPH":
            if at + 2 >= len(tokens) or tokens[at + 2].text != "{":
                raise malformed(reading.text, token.start, "GRAPH wants a name and a group")
            blocks.append(_Block(at, at + 2, _closing(reading, tokens, at + 2)))
    return blocks


def _closing(reading: Reading, tokens: Sequence[Token], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        if tokens[at].kind == "mark":
            depth += (tokens[at].text == "{") - (tokens[at].text == "}")
        if depth == 0:
            return at
    raise malformed(reading.text, tokens[opening].start, "this group is not closed")


def _where(reading: Reading, tokens: Sequence[Token]) -> int:
    """Return where the pattern of the query opens: after the template, if it has one."""
    opening = next(at for at, token in enumerate(tokens) if token.text == "{")
    if reading.form != "CONSTRUCT":
        return opening
    after = _closing(reading, tokens, opening)
    return next(at for at in range(after, len(tokens)) if tokens[at].text == "{")


def _refuse_patterns_outside(tokens: Sequence[Token], blocks: Sequence[_Block], start: int) -> None:
    end = max(at for at, token in enumerate(tokens) if token.text == "}")
    inside = {at for b in blocks for at in range(b.keyword, b.closing + 1)}
    outside = (tokens[at].text.upper() for at in range(start, end) if at not in inside)
    if any(text not in _HARMLESS for text in outside):
        raise QueryRefused(
            "a pattern outside GRAPH where only named graphs were chosen",
            f"add FROM <{GRAPH_NAME}>, or put every pattern inside GRAPH",
        )


def _rewritten(reading: Reading, tokens: Sequence[Token], blocks: Sequence[_Block]) -> str:
    """Blank each GRAPH and its name, and bind the name where it is a variable.

    Positions before a closing brace stay, so that the engine's line and column hold.
    """
    edits: list[tuple[int, int, str]] = []
    for block in blocks:
        keyword, name = tokens[block.keyword], tokens[block.keyword + 1]
        before, after = _brackets(reading, name)
        width = tokens[block.opening].start - keyword.start
        edits.append((keyword.start, tokens[block.opening].start, before.ljust(width)))
        closing = tokens[block.closing].start + 1
        edits.append((closing, closing, after))
    text = reading.text
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _brackets(reading: Reading, name: Token) -> tuple[str, str]:
    """Return what stands before and after a group instead of GRAPH and this name."""
    if name.kind == "variable":
        return "{", f" VALUES {name.text} {{ <{GRAPH_NAME}> }} }}"
    if iri_of_token(name, reading.base, dict(reading.declared)) == GRAPH_NAME:
        return "{", "}"
    return "{", " FILTER(false) }"
