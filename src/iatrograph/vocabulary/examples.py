"""The example queries that ship with the package, each a question with its summary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from iatrograph.vocabulary.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

Language = Literal["sparql", "graphql"]
_SUFFIXES: Final[dict[Language, str]] = {"sparql": ".rq", "graphql": ".graphql"}


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its name, one line that asks it, what the answer holds, and the query.

    The same name in both languages is the same question.
    """

    name: str
    summary: str
    description: str
    text: str

    @property
    def query(self) -> str:
        """The text without the lines that say what it is."""
        lines = self.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+")).lstrip("\n")


@lru_cache
def examples(language: Language) -> tuple[Example, ...]:
    """Return the example queries of a language by name."""
    paths = (resource("queries") / language).glob(f"*{_SUFFIXES[language]}")
    return tuple(_read(path) for path in sorted(paths, key=lambda path: path.stem))


def _read(path: Path) -> Example:
    text = path.read_text("utf-8")
    return Example(path.stem, _note(text, "summary"), _note(text, "description"), text)


def _note(text: str, name: str) -> str:
    """Return what a comment line ``#+ name: ...`` at the head of a query says."""
    start = f"#+ {name}: "
    lines = (line for line in text.splitlines() if line.startswith(start))
    return next(lines, start).removeprefix(start)
