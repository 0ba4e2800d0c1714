"""Rewriting a contribution so that everything in it goes by the id of its thing.

Claims pass through one by one. Only claims about things that the contribution knows under several
ids can meet on one statement; of those, and no others, it is remembered what was said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iatrograph.model import Claim, Contribution, StatementKey, claim_id

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from iatrograph.identity.joining import Identity
    from iatrograph.model import Entity, Explanation, Step

    Qualifiers = Mapping[str, tuple[str, ...]]
    Key = Callable[[StatementKey], StatementKey]

FALLEN_TOGETHER: Final = "both ends are one thing"
SAID_TWICE: Final = "one source says the same twice"
UNEXPLAINED: Final = "explains nothing any more"


def rewrite(
    contribution: Contribution, identity: Identity, dropped: Counter[str] | None = None
) -> Contribution:
    """Return the contribution with every id in it the id of its thing; claims are read lazily.

    The ends of symmetric relations stand in the order of their ids. Claims whose ends fall together
    are dropped, and so is what one source says twice about what became one statement; ``dropped``
    counts them by reason, claims as they are read. Other claims that meet on a statement are
    numbered in the order they come. Entities are merged as far as this contribution has them.
    """
    counts = Counter() if dropped is None else dropped
    entities = tuple(contribution.entities)
    words = _Words(identity)
    explained = (_explanation(found, words.key) for found in contribution.explanations)
    explanations = tuple(found for found in explained if found.explains)
    if lost := len(contribution.explanations) - len(explanations):
        counts[UNEXPLAINED] += lost
    return replace(
        contribution,
        entities=identity.merged(entities),
        claims=_claims(contribution.claims, words, _alone(entities, identity), counts),
        explanations=explanations,
    )


def _alone(entities: Iterable[Entity], identity: Identity) -> frozenset[str]:
    """Return the ids of those entities that fall together with no other one here."""
    ids = {entity.id for entity in entities}
    together = Counter(map(identity.canonical, ids))
    return frozenset(name for name in ids if together[identity.canonical(name)] == 1)


class _Words:
    """The words of the ontology and the ids of things, as rewriting asks for them."""

    def __init__(self, identity: Identity) -> None:
        words = identity.ontology
        self.canonicals = identity.canonicals
        self.symmetric = frozenset(r.name for r in words.relations.values() if r.is_symmetric)
        self.entity_valued = frozenset(
            q.name for q in words.qualifiers.values() if q.kind == "entity"
        )

    def key(self, old: StatementKey) -> StatementKey:
        """Return what a statement is called now; the same object if that is the same."""
        subject, relation, value = old
        new_subject = self.canonicals.get(subject, subject)
        new_value = self.canonicals.get(value, value)
        if new_subject > new_value and relation in self.symmetric:
            return StatementKey(new_value, relation, new_subject)
        if new_subject is subject and new_value is value:
            return old
        return StatementKey(new_subject, relation, new_value)

    def qualifiers(self, old: Qualifiers) -> Qualifiers:
        """Return qualifiers with ids of things, each once; the same object if none is new."""
        if self.entity_valued.isdisjoint(old):
            return old
        changed = {
            name: new
            for name in self.entity_valued
            if (values := old.get(name))
            and (new := tuple(dict.fromkeys(self.canonicals.get(v, v) for v in values))) != values
        }
        return {**old, **changed} if changed else old


def _claims(
    claims: Iterable[Claim], words: _Words, alone: Container[str], dropped: Counter[str]
) -> Iterator[Claim]:
    meetings = _Meetings()
    for claim in claims:
        old = claim.statement
        key, qualifiers = words.key(old), words.qualifiers(claim.qualifiers)
        if key.subject == key.object:
            dropped[FALLEN_TOGETHER] += 1
            continue
        if old.subject in alone and old.object in alone:
            if key is old and qualifiers is claim.qualifiers:
                yield claim
                continue
            name = claim.id if key is old else _renamed(claim.id, key)
        elif not (name := meetings.name(claim, key, qualifiers)):
            dropped[SAID_TWICE] += 1
            continue
        yield Claim(
            name,
            key,
            claim.stance,
            claim.source,
            qualifiers,
            claim.knowledge_level,
            claim.agent_type,
        )


def _renamed(name: str, key: StatementKey) -> str:
    """Return the id of a claim on another statement; source and number stay.

    The id of a statement has two full stops, for those in its parts are encoded.
    """
    return f"{key.id}.{name.split('.', 3)[3]}"


class _Meetings:
    """Names claims that may meet on a statement, and knows what was said already."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[int, ...]] = {}

    def name(self, claim: Claim, key: StatementKey, qualifiers: Qualifiers) -> str:
        """Return the id of the claim; nothing if its source has said the same of it before.

        Of each claim a hash of 64 bits is kept and compared with those of the same statement and
        source, which are few.
        """
        first = claim_id(key, claim.source)
        levels = claim.knowledge_level, claim.agent_type
        content = hash((claim.stance, levels, tuple(sorted(qualifiers.items()))))
        said = self._said.get(first, ())
        if content in said:
            return ""
        self._said[first] = (*said, content)
        return claim_id(key, claim.source, len(said) + 1) if said else first


def _explanation(explanation: Explanation, key: Key) -> Explanation:
    explains = dict.fromkeys(map(key, explanation.explains))
    return replace(
        explanation,
        explains=tuple(new for new in explains if new.subject != new.object),
        steps=_steps(explanation.steps, key),
    )


def _steps(steps: Iterable[Step], key: Key) -> tuple[Step, ...]:
    """Return the steps without those whose ends fall together, numbered anew."""
    moved = (replace(step, statement=key(step.statement)) for step in steps)
    kept = (step for step in moved if step.statement.subject != step.statement.object)
    return tuple(replace(step, position=place) for place, step in enumerate(kept, start=1))
