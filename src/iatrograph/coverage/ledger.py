"""The ledger of a curated folder: for each sentence of each source, what it gave, or why nothing.

``coverage.tsv`` stands beside the Turtle. It names a sentence by source, place and hash and never
holds its words, so the ledger can be published where the source cannot.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from iatrograph.coverage.sentences import read_sentences
from iatrograph.coverage.tables import read_table
from iatrograph.errors import Problem, Rule, UnreadableFile
from iatrograph.vocabulary import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from iatrograph.model import Contribution

LEDGER: Final = "coverage.tsv"
COLUMNS: Final = ("source", "ordinal", "hash", "gives", "why_none")


class WhyNone(StrEnum):
    """Why a sentence gave nothing."""

    HEADING = "heading"
    """It names what follows."""
    QUESTION = "question"
    """It asks and asserts nothing; a related question that is only asked is one."""
    ANNOUNCEMENT = "announcement"
    """It says what the text will do, or leads into a list."""
    NAVIGATION = "navigation"
    """It belongs to the page, not to the text."""
    DISCLAIMER = "disclaimer"
    """It limits what the text is to be taken for."""
    SELF_DESCRIPTION = "self-description"
    """The source speaks of itself or of its makers."""
    REFERENCE = "reference"
    """An entry of the list of references that names no work."""
    NO_CLAIM = "no-claim"
    """It tells something, but of nothing that the graph is about."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence by source, place (from 1) and hash, with what it gave, or why nothing.

    ``gives`` are ids with their prefix: ``cl:`` a claim, ``ex:`` an explanation, ``ref:`` a work
    that the source cites. ``line`` is that of the row in the ledger.
    """

    line: int
    source: str
    ordinal: int
    hash: str
    gives: tuple[str, ...]
    why_none: str

    @property
    def name(self) -> str:
        """How messages call the sentence."""
        return f"{self.source} {self.ordinal}"


def read_ledger(path: Path) -> tuple[Row, ...]:
    """Read a ledger. Raises UnreadableFile where it is no table with these columns."""
    rows: list[Row] = []
    for line, (source, ordinal, digits, gives, why_none) in read_table(path, COLUMNS):
        if not (ordinal.isascii() and ordinal.isdigit()):
            raise UnreadableFile(path, line, f"the ordinal {ordinal!r} is no whole number")
        rows.append(Row(line, source, int(ordinal), digits, tuple(gives.split()), why_none))
    return tuple(rows)


def check_ledger(path: Path, contribution: Contribution) -> tuple[Problem, ...]:
    """Hold a ledger against the claims, explanations and references of its folder.

    Every row gives something or says why not; every thing stands in some row of its own source.
    Raises UnreadableFile as ``read_ledger`` does.
    """
    rows = read_ledger(path)
    owners = _owners(contribution)
    problems = [
        Problem(str(path), row.line, row.name, message, Rule.LEDGER)
        for row in rows
        for message in _row_faults(row, owners, {source.id for source in contribution.sources})
    ]
    given = {name for row in rows for name in row.gives}
    problems += (
        Problem(str(path), 1, name, "no sentence gives it; name it where it stands", Rule.LEDGER)
        for name in owners.keys() - given
    )
    for source, ordinals in _ordinals(rows).items():
        if ordinals != list(range(1, len(ordinals) + 1)):
            message = "its sentences are not numbered from 1 without gaps, in order"
            problems.append(Problem(str(path), 1, source, message, Rule.LEDGER))
    return tuple(sorted(problems))


def _owners(contribution: Contribution) -> dict[str, str | None]:
    """Return everything a sentence can give, with the source it belongs to; a work has none."""
    claims = {f"cl:{claim.id}": claim.source for claim in contribution.claims}
    explanations = {f"ex:{found.id}": found.source for found in contribution.explanations}
    return claims | explanations | {f"ref:{work.id}": None for work in contribution.references}


def _row_faults(
    row: Row, owners: Mapping[str, str | None], sources: Iterable[str]
) -> Iterator[str]:
    reasons = [reason.value for reason in WhyNone]
    if row.source not in sources:
        yield f"nobody describes the source {row.source}{did_you_mean(row.source, sources)}"
    if row.gives and row.why_none:
        yield f"gives something and says {row.why_none}; keep one"
    if not row.gives and not row.why_none:
        yield f"gives nothing; name claims, or say why: {', '.join(reasons)}"
    if row.why_none and row.why_none not in reasons:
        yield f"no reason {row.why_none!r}; write one of {', '.join(reasons)}"
    for name in row.gives:
        if name not in owners:
            yield f"nobody describes {name}{did_you_mean(name, owners)}"
        elif owners[name] not in (None, row.source):
            yield f"gives {name}, which is of {owners[name]}"


def _ordinals(rows: Iterable[Row]) -> Mapping[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[row.source].append(row.ordinal)
    return found


def check_sentences(path: Path, texts: Mapping[str, Path]) -> tuple[Problem, ...]:
    """Hold a ledger against the texts of its sources, by id: no sentence more, none less, none new.

    Raises UnreadableFile where the ledger or a text cannot be read.
    """
    rows = read_ledger(path)
    problems: list[Problem] = []
    for source, text in sorted(texts.items()):
        stated = {row.ordinal: row for row in rows if row.source == source}
        found = {sentence.ordinal: sentence.hash for sentence in read_sentences(text)}
        for ordinal in sorted(stated.keys() | found.keys()):
            row = stated.get(ordinal)
            line, name = (row.line, row.name) if row else (1, f"{source} {ordinal}")
            if row is None:
                problems.append(
                    Problem(str(path), line, name, f"missing; {text.name} has it", Rule.LEDGER)
                )
            elif ordinal not in found:
                problems.append(
                    Problem(str(path), line, name, f"not in {text.name}; take it away", Rule.LEDGER)
                )
            elif row.hash != found[ordinal]:
                message = (
                    f"hash {row.hash}, but that of {text.name} is {found[ordinal]}; read again"
                )
                problems.append(Problem(str(path), line, name, message, Rule.LEDGER))
    return tuple(problems)
