"""What several contributions bring: sources and references are defined once, claims numbered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from iatrograph.errors import InvalidGraph, Problem, Rule
from iatrograph.identity.rewriting import SAID_TWICE
from iatrograph.importers.numbering import digest
from iatrograph.model import claim_id

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from iatrograph.model import Claim, Contribution, Reference, Source

    Meant = TypeVar("Meant", Source, Reference)
    Parts = Sequence[tuple[str, Contribution]]


def shared_sources(parts: Parts) -> frozenset[str]:
    """Return the ids of sources that several contributions, given with their names, bring.

    They are one source if they are defined alike and have an identifier that says which one it is.
    Raises InvalidGraph where contributions mean different things by one id, references included.
    """
    sources = _by_id((name, source) for name, part in parts for source in part.sources)
    references = _by_id((name, work) for name, part in parts for work in part.references)
    problems = [
        *(_problem(own, "source", found) for own, found in sources.items() if not _is_one(found)),
        *(
            _problem(own, "reference", found)
            for own, found in references.items()
            if len(set(found.values())) > 1
        ),
    ]
    if problems:
        raise InvalidGraph(tuple(problems))
    return frozenset(own for own, found in sources.items() if len(found) > 1)


def _by_id(things: Iterable[tuple[str, Meant]]) -> dict[str, dict[str, Meant]]:
    """Return by id what each contribution means by it."""
    found: dict[str, dict[str, Meant]] = defaultdict(dict)
    for name, thing in things:
        found[thing.id][name] = thing
    return found


def _is_one(found: Mapping[str, Source]) -> bool:
    same = set(found.values())
    return len(found) == 1 or (len(same) == 1 and all(one.identifier for one in same))


def _problem(own: str, what: str, found: Mapping[str, Source | Reference]) -> Problem:
    first, other, *_ = found
    meant = f"{first} ({found[first].title}) and {other} ({found[other].title})"
    message = f"the {what} is not told to be one in {meant}; rename the file or the {what}"
    return Problem(other, 0, own, message, Rule.ONE_PLACE)


def numbered(
    own: Contribution,
    parts: Sequence[Contribution],
    shared: frozenset[str],
    dropped: Counter[str],
) -> list[Contribution]:
    """Return data sets in which no two claims of shared sources have one id.

    A claim keeps its id where no other one had it before, in the curated graph or a data set before
    it; else it gets the next free number. What a source says the same again is dropped. Of each
    such claim twice 64 bits are kept. Data sets are read lazily, one after another.
    """
    if not shared:
        return list(parts)
    taken = _Taken()
    for claim in own.claims:
        taken.note(claim)
    return [replace(part, claims=_claims(part.claims, shared, taken, dropped)) for part in parts]


def _claims(
    claims: Iterable[Claim], shared: frozenset[str], taken: _Taken, dropped: Counter[str]
) -> Iterator[Claim]:
    for claim in claims:
        if claim.source not in shared:
            yield claim
        elif taken.has_said(claim):
            dropped[SAID_TWICE] += 1
        else:
            claim = taken.with_free_id(claim)
            taken.note(claim)
            yield claim


class _Taken:
    """What was said, and the ids of claims that are taken."""

    def __init__(self) -> None:
        self._contents: set[int] = set()
        self._ids: set[int] = set()

    def note(self, claim: Claim) -> None:
        self._contents.add(_content(claim))
        self._ids.add(digest(claim.id))

    def has_said(self, claim: Claim) -> bool:
        return _content(claim) in self._contents

    def with_free_id(self, claim: Claim) -> Claim:
        if digest(claim.id) not in self._ids:
            return claim
        names = (claim_id(claim.statement, claim.source, number) for number in count(2))
        return replace(claim, id=next(name for name in names if digest(name) not in self._ids))


def _content(claim: Claim) -> int:
    said = (
        claim.statement,
        claim.source,
        claim.stance,
        sorted(claim.qualifiers.items()),
        claim.knowledge_level,
        claim.agent_type,
    )
    return digest(repr(said))
