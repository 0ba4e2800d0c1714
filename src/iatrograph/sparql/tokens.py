"""Cuts SPARQL text into tokens, so that a word in a string, an IRI or a comment is no keyword."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.errors import MalformedQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

# https://www.w3.org/TR/sparql11-query/#rPN_CHARS_BASE and following; wider where that does no harm.
_BASE: Final = (
    r"A-Za-z\u00C0-\u02FF\u0370-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF"
    r"\uF900-\uFFFD\U00010000-\U000EFFFF"
)
_CHARS: Final = rf"{_BASE}_0-9\u00B7\u0300-\u036F\u203F\u2040"
# Atomic groups, no possessive ones: before 3.11.5 Python kept what a failed alternative had read.
# Bounded and possessive: whatever the text, each character is looked at a limited number of times.
_PREFIX: Final = rf"[{_BASE}][{_CHARS}.-]{{0,200}}+"
_LOCAL: Final = (
    rf"(?>(?:[{_CHARS}:-]|\.+(?=[{_CHARS}:%\\-])|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])*)"
)
_IRI: Final = r"""[^<>"{}|^`\\\x00-\x20]*+"""
_SKIP: Final = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_TOKEN: Final = re.compile(
    rf"""
  (?: [ \t\r\n]++ | \#[^\r\n]*+ )*+
  (?:
    (?P<iri>      <{_IRI}(?>(?:\\(?:u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}){_IRI})*)> )
  | (?P<variable> [?$][{_CHARS}]++ )
  | (?P<string>   \"\"\"(?>(?:[^"\\]|\\.|"(?!""))*)\"\"\"
                | \'\'\'(?>(?:[^'\\]|\\.|'(?!\'\'))*)\'\'\'
                | "(?>(?:[^"\\\r\n]|\\.)*)" | '(?>(?:[^'\\\r\n]|\\.)*)' )
  | (?P<name>     _:[{_CHARS}]++(?>(?:\.+[{_CHARS}-]++|-++)*) | (?:{_PREFIX})?:{_LOCAL} )
  | (?P<number>   (?:\d*\.\d+|\d+\.(?=[eE][+-]?\d)|\d+)(?:[eE][+-]?\d+)? )
  | (?P<language> @[A-Za-z]++(?>(?:-[A-Za-z0-9]++)*)(?:--[A-Za-z]++)? )
  | (?P<word>     [A-Za-z_][A-Za-z_0-9]*+ )
  | (?P<operator> \|\||&&|\^\^|!=|<=|>=|<<|>>|\{{\||\|\}}|[-+*/|^=!<>?~] )
  | (?P<mark>     [{{}}()\[\].;,] )
  | (?P<end>      \Z )
  )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


class Token(NamedTuple):
    """One token: its kind (a group of the pattern), its text, its place in characters."""

    kind: str
    text: str
    start: int


def tokens_of(query: str) -> Iterator[Token]:
    """Yield the tokens without white space and comments.

    Raises MalformedQuery where no token can begin.
    """
    position = 0
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup or ""
        if found.start() != position:
            break
        if kind == "end":
            return
        yield Token(kind, found[kind], found.start(kind))
        position = found.end()
    skipped = _SKIP.match(query, position)
    raise malformed(query, skipped.end() if skipped else position, "no SPARQL token begins here")


def malformed(query: str, position: int, message: str) -> MalformedQuery:
    """Return the error for a place in the text."""
    before = query[:position]
    line = before.count("\n") + 1
    return MalformedQuery(message, line, position - (before.rfind("\n") + 1) + 1)
