"""A path through the graph, with the score that ranks it, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iatrograph.model.claim import Claim
    from iatrograph.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Score:
    """How well a path stands.

    ``weakest_evidence`` is the least weight among its steps (0 to 8). ``degree_weight`` lies in
    (0, 1]: each step from a node with many edges of that relation counts less (the path-degree
    product of Himmelstein and Baranzini, 2015, doi:10.1371/journal.pcbi.1004259, damping 0.4).
    ``length`` counts steps. Paths rank by the three in this order.
    """

    weakest_evidence: int
    degree_weight: float
    length: int


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step: the statements that carry it, best first, and whether it holds only on this path.

    ``relation`` is the relation the path asked for; the statements may be narrower. ``claims`` are
    the claims of the best statement.
    """

    subject: str
    relation: str
    object: str
    statements: tuple[Statement, ...]
    is_conditional: bool
    weight: int
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """The entities visited in order, the steps between them, and the score."""

    entities: tuple[str, ...]
    steps: tuple[PathStep, ...]
    score: Score
    sentence: str


class PathPage(NamedTuple):
    """Paths, best first: how many there are, and those asked for."""

    total: int
    paths: tuple[Path, ...]

    @property
    def is_cut(self) -> bool:
        """Whether there are more paths than those given."""
        return self.total > len(self.paths)
