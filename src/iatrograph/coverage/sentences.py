"""Cutting the text of a source into sentences, each known by its place and a hash of its words.

A sentence is whatever a reader can point at: also a heading, a list item, a row of a table or a
line of a reference list. Lines are never joined, for in a saved page a line is a block.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sentencex

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

HASH_DIGITS: Final = 16
"""Hexadecimal digits kept of a SHA-256: enough to see that the words have changed."""

_LIST_MARKER: Final = re.compile(r"^(?:[•‣◦▪*-]|\d{1,3}[.)])\s+")
_QUOTES: Final = str.maketrans("", "", '“”„«»"')
"""Left out, for a segmenter keeps a quotation whole: every sentence of a quoted post is one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text: its place, from 1, and its words."""

    ordinal: int
    text: str

    @property
    def hash(self) -> str:
        """Hash of the words, whatever their case, spacing and form of encoding."""
        words = " ".join(unicodedata.normalize("NFKC", self.text).casefold().split())
        return hashlib.sha256(words.encode()).hexdigest()[:HASH_DIGITS]


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of an English text in order, without list and quotation marks."""
    found: list[str] = []
    for line in text.splitlines():
        block = _LIST_MARKER.sub("", line.strip()).translate(_QUOTES)
        found += (part.strip() for part in sentencex.segment("en", block))
    return tuple(Sentence(n, part) for n, part in enumerate(filter(None, found), 1))


def read_sentences(path: Path) -> tuple[Sentence, ...]:
    """Return the sentences of a file in UTF-8. Raises UnreadableFile where it is none."""
    try:
        return sentences(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UnreadableFile(path, None, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, None, f"no UTF-8 at byte {error.start}; convert it") from error
