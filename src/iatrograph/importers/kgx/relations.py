"""The relation that an edge states: the narrowest that its predicate and its ends allow."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from iatrograph.importers.kgx.reasons import NO_FIT, NO_RELATION, NO_SIGN
from iatrograph.vocabulary import ontology
from iatrograph.vocabulary.alignment import alignment

DIRECTION: Final = "object_direction_qualifier"
ASPECT: Final = "object_aspect_qualifier"
MECHANISM: Final = "causal_mechanism_qualifier"
QUALIFIED: Final = "qualified_predicate"
SIGNING: Final = (DIRECTION, ASPECT, MECHANISM)
"""Qualifiers that can say which relation is meant."""

_UNSIGNED: Final = frozenset({"influences", "actsOn", "associatedWith"})
"""Relations that hold whatever the direction is, and whatever aspect of the object is meant."""


class Said(NamedTuple):
    """The words of an edge that decide on its relation; an absent qualifier is empty."""

    predicate: str
    qualified_predicate: str = ""
    direction: str = ""
    aspect: str = ""
    mechanism: str = ""


class Read(NamedTuple):
    """What they come to: a relation, whether its ends change places, what it leaves unsaid."""

    relation: str
    is_turned: bool
    unsaid: str = ""


@lru_cache(maxsize=1 << 14)
def read_relation(
    said: Said, subject: tuple[str, ...], object: tuple[str, ...], *, is_undirected: bool
) -> Read | str:
    """Return the relation between things of these classes, or the reason why there is none.

    Ends change places where the predicate reads backwards; where it reads both ways, or the file
    writes edges in either direction, also if a narrower relation holds so.
    """
    words = alignment()
    predicate = words.inverses.get(said.predicate, said.predicate)
    is_inverse = predicate != said.predicate
    if is_inverse and (said.direction or said.aspect):
        return NO_SIGN
    names = _candidates(said._replace(predicate=predicate))
    if isinstance(names, str):
        return names
    ends = (object, subject) if is_inverse else (subject, object)
    as_said = _narrowest(names, *ends)
    if is_undirected or predicate in words.symmetric:
        turned = _narrowest(names, *ends[::-1])
        if turned and (as_said is None or _narrowness(turned) > _narrowness(as_said)):
            return Read(turned, not is_inverse, _unsaid(turned, said))
    return Read(as_said, is_inverse, _unsaid(as_said, said)) if as_said else NO_FIT


def _candidates(said: Said) -> tuple[str, ...] | str:
    """Return the relations that the words allow, or the reason why there is none."""
    words = alignment()
    plain = words.relations.get(said.predicate, ())
    refined = words.relations.get(said.qualified_predicate, ())
    signed = tuple(dict.fromkeys(_signed(said)))
    if not plain and not refined and not signed:
        return NO_RELATION
    if not (said.direction or said.aspect):
        return (*signed, *(refined or plain))
    unsigned = tuple(name for name in plain if name in _UNSIGNED)
    return (*signed, *unsigned) or NO_SIGN


def _signed(said: Said) -> list[str]:
    """Return the relations whose qualified match the edge is."""
    given = {DIRECTION: said.direction, ASPECT: said.aspect, MECHANISM: said.mechanism}
    return [
        match.relation
        for match in alignment().qualified
        if said.predicate in match.predicates
        and all(given[slot] in values for slot, values in match.qualifiers.items())
        and not any(given[slot] and slot not in match.qualifiers for slot in (DIRECTION, ASPECT))
    ]


def _fits(relation: str, subject: tuple[str, ...], object: tuple[str, ...]) -> bool:
    words = ontology()
    found = words.relations[relation]
    domain = (words.kind_of_role(found.domain),)
    range_ = found.object_kinds or (words.kind_of_role(found.range),)
    return _is_any(subject, domain) and _is_any(object, range_)


def _is_any(kinds: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    classes = ontology().classes
    return any(name in classes[kind].ancestors for kind in kinds for name in wanted)


def _narrowest(
    names: tuple[str, ...], subject: tuple[str, ...], object: tuple[str, ...]
) -> str | None:
    """Return the narrowest relation that holds: farthest from the root, with the narrowest ends."""
    fitting = [name for name in names if _fits(name, subject, object)]
    return max(fitting, key=_narrowness, default=None)


def _unsaid(relation: str, said: Said) -> str:
    """Return the direction and the aspect that a relation does not say, in words."""
    direction = said.direction if relation in _UNSIGNED else ""
    aspect = "" if said.aspect == "activity_or_abundance" else said.aspect
    return " ".join(filter(None, (direction, aspect)))


def _narrowness(relation: str) -> tuple[int, int]:
    words = ontology()
    found = words.relations[relation]
    ends = (words.kind_of_role(found.domain), words.kind_of_role(found.range))
    return len(found.ancestors), sum(len(words.classes[end].ancestors) for end in ends)
