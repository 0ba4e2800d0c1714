"""A statement: a possible edge of the graph with a summary of the claims about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote


@lru_cache(maxsize=1 << 17)
def encoded(part: str) -> str:
    """Return a part of an id of a statement percent-encoded, full stops too.

    Cached, since few entities stand in many statements.
    """
    return quote(part, safe="").replace(".", "%2E")


class StatementKey(NamedTuple):
    """Subject id, relation name, object id: what makes two statements one."""

    subject: str
    relation: str
    object: str

    @property
    def id(self) -> str:
        """``subject.relation.object``, each part a slug or a percent-encoded CURIE."""
        return f"{encoded(self.subject)}.{encoded(self.relation)}.{encoded(self.object)}"

    @classmethod
    def parse(cls, identifier: str) -> StatementKey | None:
        """Return the key that has this id, None where the text is no id of a statement."""
        parts = identifier.split(".")
        return cls(*map(unquote, parts)) if len(parts) == 3 else None


@dataclass(frozen=True, slots=True)
class Statement:
    """One subject, relation and object, and what the claims about it come to.

    ``support`` and ``opposition`` are weights of the best unconditional evidence on each side (0 to
    8, None without any); ``claim_count`` and ``lineage_count`` count its own claims;
    ``conditional_on`` are ids of entities to which some affirming claim is limited;
    ``possible_confounding_by_indication`` marks harm that the subject is also used against.
    """

    key: StatementKey
    support: int | None
    opposition: int | None
    claim_count: int
    lineage_count: int
    is_asserted: bool
    is_contested: bool
    conditional_on: tuple[str, ...] = ()
    possible_confounding_by_indication: bool = False
