"""Reads a query on its tokens before any parser does: its form, its dataset, its size.

The parser and the planner behind it can exhaust stack and time on a few kilobytes, and SERVICE
would go out over the network. What is refused here costs no worker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from iatrograph.errors import LimitExceeded, MalformedQuery, QueryRefused
from iatrograph.sparql.tokens import Token, malformed, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iatrograph.sparql.formats import ResultKind

FORMS: Final[Mapping[str, ResultKind]] = {
    "SELECT": "rows",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}
UPDATES: Final = frozenset(
    "INSERT DELETE LOAD CLEAR DROP CREATE COPY MOVE ADD WITH".split()  # noqa: SIM905  # a sentence
)
VOLATILE: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})

_OPENING: Final = frozenset({"{", "(", "[", "{|", "<<"})
_CLOSING: Final = frozenset({"}", ")", "]", "|}", ">>"})
_SEPARATORS: Final = frozenset({".", ";", ","})
# 1<a)SERVICE?x#> may be an IRI or a comparison: engines read it by place, tokens cannot.
_HIDDEN_SERVICE: Final = re.compile(r"\)(?:.*\W)?SERVICE\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """The bounds of a query text, each named as its setting without ``query_``."""

    max_characters: int = 100_000
    max_depth: int = 64
    max_patterns: int = 150
    max_operators: int = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tokens of a query tell.

    ``prefixes`` are the names used without a declaration; ``is_volatile`` says that two
    evaluations may differ. ``defaults`` and ``named`` are the IRIs of FROM and FROM NAMED.
    """

    text: str
    form: str
    kind: ResultKind
    prefixes: frozenset[str]
    is_volatile: bool
    uses_graph: bool
    has_dataset: bool
    defaults: tuple[str, ...]
    named: tuple[str, ...]
    base: str
    declared: tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def read_query(text: str, limits: QueryLimits) -> Reading:
    """Return what the tokens tell.

    Raises LimitExceeded, QueryRefused (SERVICE, updates) and MalformedQuery.
    """
    if len(text) > limits.max_characters:
        raise LimitExceeded("query_max_characters", limits.max_characters, len(text))
    tokens = list(tokens_of(text))
    _check_size(tokens, limits)
    words = {t.text.upper() for t in tokens if t.kind == "word"}
    form, base, declared = _prologue(text, tokens)
    _refuse_service(tokens, words)
    names = {t.text.partition(":")[0] for t in tokens if t.kind == "name"}
    defaults, named = _dataset(tokens, base, declared) if "FROM" in words else ((), ())
    return Reading(
        text=text,
        form=form,
        kind=FORMS[form],
        prefixes=frozenset(names - set(declared)),
        is_volatile=not VOLATILE.isdisjoint(words),
        uses_graph="GRAPH" in words,
        has_dataset=bool(defaults or named),
        defaults=defaults,
        named=named,
        base=base,
        declared=tuple(declared.items()),
    )


def _check_size(tokens: Sequence[Token], limits: QueryLimits) -> None:
    depth, patterns = _measure(tokens)
    operators = sum(t.kind == "operator" for t in tokens)
    for limit, allowed, asked in (
        ("query_max_depth", limits.max_depth, depth),
        ("query_max_patterns", limits.max_patterns, patterns),
        ("query_max_operators", limits.max_operators, operators),
    ):
        if asked > allowed:
            raise LimitExceeded(limit, allowed, asked)


def _measure(tokens: Iterable[Token]) -> tuple[int, int]:
    """Return the deepest nesting, and the patterns: groups and separators outside parentheses.

    Brackets inside IRIs are counted too, since what looks like an IRI may be a comparison.
    """
    open_brackets: list[str] = []
    deepest = patterns = in_iris = 0
    for kind, text, _ in tokens:
        if kind == "iri":
            if "(" in text or "[" in text or ")" in text or "]" in text:
                in_iris, peak = _nesting(text, in_iris)
                deepest = max(deepest, len(open_brackets) + peak)
        elif text in _OPENING:
            open_brackets.append(text)
            patterns += text == "{"
        elif text in _CLOSING:
            if open_brackets:
                open_brackets.pop()
        elif text in _SEPARATORS and not (open_brackets and open_brackets[-1] == "("):
            patterns += 1
        deepest = max(deepest, len(open_brackets), len(open_brackets) + in_iris)
    return deepest, patterns


def _nesting(text: str, before: int) -> tuple[int, int]:
    """Return the brackets open after this text, and the most that were open inside."""
    depth = peak = before
    for character in text:
        depth += (character in "([") - (character in ")]")
        peak = max(peak, depth)
    return depth, peak


def _prologue(text: str, tokens: Sequence[Token]) -> tuple[str, str, dict[str, str]]:
    """Return the form of the query, its base and its declared prefixes."""
    base, declared, place = "", dict[str, str](), 0
    while place < len(tokens):
        word = tokens[place].text.upper()
        if word == "BASE":
            base = urljoin(base, _iri_text(tokens, place + 1))
            place += 2
        elif word == "PREFIX":
            name = tokens[place + 1].text if place + 1 < len(tokens) else ""
            declared[name.removesuffix(":")] = urljoin(base, _iri_text(tokens, place + 2))
            place += 3
        elif word == "VERSION":
            place += 2
        else:
            return _form(text, tokens[place]), base, declared
    raise MalformedQuery("the query is empty")


def _iri_text(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text[1:-1] if place < len(tokens) else ""


def _form(text: str, token: Token) -> str:
    word = token.text.upper()
    if word in FORMS and token.kind == "word":
        return word
    if word in UPDATES and token.kind == "word":
        raise QueryRefused(f"update ({word})", "the data are read-only")
    raise malformed(text, token.start, f"a query begins with {', '.join(FORMS)}")


def _refuse_service(tokens: Iterable[Token], words: set[str]) -> None:
    hidden = any(t.kind == "iri" and _HIDDEN_SERVICE.search(t.text) for t in tokens)
    if "SERVICE" in words or hidden:
        raise QueryRefused("SERVICE", "this endpoint asks no other; run both queries and join")


def _dataset(
    tokens: Sequence[Token], base: str, declared: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    defaults: list[str] = []
    named: list[str] = []
    for place, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        following = tokens[place + 1 : place + 3]
        is_named = bool(following) and following[0].text.upper() == "NAMED"
        target = following[is_named] if len(following) > is_named else token
        (named if is_named else defaults).append(iri_of_token(target, base, declared))
    return tuple(defaults), tuple(named)


def iri_of_token(token: Token, base: str, declared: Mapping[str, str]) -> str:
    """Return the IRI that a token means: in brackets, or a prefixed name."""
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1]) if base else token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return declared.get(prefix, f"{prefix}:") + local
