"""Two independent readings of one source, claim by claim, and how every difference was resolved.

``readings.tsv`` stands beside the ledger: one row for a claim that both readers made, or one of
them, with what became of it and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from iatrograph.coverage.tables import read_table
from iatrograph.errors import Problem, Rule
from iatrograph.vocabulary import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from iatrograph.model import Contribution

READINGS: Final = "readings.tsv"
COLUMNS: Final = (
    "source",
    "sentences",
    "subject",
    "relation",
    "object",
    "stance",
    "found_by",
    "differs",
    "outcome",
    "claims",
    "reason",
)


class FoundBy(StrEnum):
    """Which of the two readers made the claim."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"


class Outcome(StrEnum):
    """What became of a claim of the readings."""

    KEPT = "kept"
    """It stands as it was read, at most in other words."""
    CHANGED = "changed"
    """It stands in another form: relation, stance, certainty, qualifiers, split or joined."""
    DROPPED = "dropped"
    """Nothing of it stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim of the readings: what it said, who made it, in which qualifiers the two differed.

    ``statement`` is subject, relation and object; ``claims`` are the ids of the claims that now say
    it. ``line`` is that of the row.
    """

    line: int
    source: str
    statement: tuple[str, str, str]
    stance: str
    found_by: str
    differs: tuple[str, ...]
    outcome: str
    claims: tuple[str, ...]
    reason: str

    @property
    def is_settled(self) -> bool:
        """Whether nothing had to be decided: both made it, alike, and it stands."""
        return (self.found_by, self.outcome, self.differs) == (FoundBy.BOTH, Outcome.KEPT, ())


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readings of a source agree, before and after their differences were resolved.

    Before: rows that both made, only the first, only the second; ``alike`` of both have the same
    certainty, evidence and qualifiers. After: claims that stand and go back to both readings, only
    the first, only the second, or neither. ``dropped`` rows left no claim.
    """

    source: str
    both: int
    first: int
    second: int
    alike: int
    dropped: int
    claims_of_both: int
    claims_of_first: int
    claims_of_second: int
    claims_of_neither: int

    @property
    def before(self) -> float:
        """Positive specific agreement of the readings, from 0 to 1."""
        return positive_agreement(self.both, self.first, self.second)

    @property
    def after(self) -> float:
        """Positive specific agreement over the claims that stand, from 0 to 1."""
        return positive_agreement(self.claims_of_both, self.claims_of_first, self.claims_of_second)


def positive_agreement(both: int, first: int, second: int) -> float:
    """Return the agreement of two readers who had no list to choose from, from 0 to 1.

    It is twice what both found over all that each found, which equals the F-measure of either
    against the other (Hripcsak and Rothschild 2005, doi:10.1197/jamia.M1733).
    """
    total = 2 * both + first + second
    return 2 * both / total if total else 1.0


def read_readings(path: Path) -> tuple[Found, ...]:
    """Read the table. Raises UnreadableFile where it is none with these columns."""
    return tuple(
        Found(
            line=line,
            source=source,
            statement=(subject, relation, value),
            stance=stance,
            found_by=found_by,
            differs=tuple(differs.split()),
            outcome=outcome,
            claims=tuple(claims.split()),
            reason=reason,
        )
        for line, (
            source,
            _sentences,
            subject,
            relation,
            value,
            stance,
            found_by,
            differs,
            outcome,
            claims,
            reason,
        ) in read_table(path, COLUMNS)
    )


def check_readings(path: Path, contribution: Contribution) -> tuple[Problem, ...]:
    """Hold the readings against the claims that stand; every difference has its reason.

    Raises UnreadableFile as ``read_readings`` does.
    """
    sources = {claim.id: claim.source for claim in contribution.claims}
    problems = [
        Problem(str(path), row.line, " ".join(row.statement), message, Rule.LEDGER)
        for row in read_readings(path)
        for message in _faults(row, sources)
    ]
    return tuple(problems)


def _faults(row: Found, sources: dict[str, str]) -> Iterator[str]:
    if row.found_by not in set(FoundBy):
        yield f"found by {row.found_by!r}; write one of {', '.join(FoundBy)}"
    if row.outcome not in set(Outcome):
        yield f"outcome {row.outcome!r}; write one of {', '.join(Outcome)}"
    if (row.outcome == Outcome.DROPPED) == bool(row.claims):
        yield f"{row.outcome}, with {len(row.claims)} claims; what is dropped has none, others have"
    if not row.reason and not row.is_settled:
        yield "no reason; say what in the sentence decides"
    for claim in row.claims:
        if claim not in sources:
            yield f"nobody describes the claim {claim}{did_you_mean(claim, sources)}"
        elif sources[claim] != row.source:
            yield f"names {claim}, which is of {sources[claim]}"


def agreements(rows: Iterable[Found], contribution: Contribution) -> tuple[Agreement, ...]:
    """Count, for each source in order of its id."""
    by_source: dict[str, list[Found]] = {}
    for row in rows:
        by_source.setdefault(row.source, []).append(row)
    claims = tuple(contribution.claims)
    return tuple(
        _agreement(source, found, {c.id for c in claims if c.source == source})
        for source, found in sorted(by_source.items())
    )


def _agreement(source: str, rows: list[Found], claims: set[str]) -> Agreement:
    of: dict[str, set[str]] = {who: set() for who in FoundBy}
    for row in rows:
        of[row.found_by] |= {*row.claims}
    first, second = (of[FoundBy.BOTH] | of[who] for who in (FoundBy.FIRST, FoundBy.SECOND))
    count = {who: sum(row.found_by == who for row in rows) for who in FoundBy}
    return Agreement(
        source=source,
        both=count[FoundBy.BOTH],
        first=count[FoundBy.FIRST],
        second=count[FoundBy.SECOND],
        alike=sum(row.found_by == FoundBy.BOTH and not row.differs for row in rows),
        dropped=sum(row.outcome == Outcome.DROPPED for row in rows),
        claims_of_both=len(first & second),
        claims_of_first=len(first - second),
        claims_of_second=len(second - first),
        claims_of_neither=len(claims - first - second),
    )
