"""The types of care paths, their steps and their score taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.graphql.paging import FIRST, page_size
from iatrograph.graphql.specification import Argument, Field, OutputType, plain
from iatrograph.graphql.statement_types import Edge
from iatrograph.paths import CARE, care_paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.graphql.projection import Level
    from iatrograph.model import Entity, PathPage, PathStep

_POSITIONS: Final = {
    "condition": ("Finding", "The condition treated."),
    "drug": ("Intervention", "What treats it and may cause the effect."),
    "effect": ("Finding", "What the drug may cause."),
    "mitigation": ("Intervention", "What helps against the effect."),
}


def _at(position: int) -> Callable[[Level], list[Entity | None]]:
    def load(level: Level) -> list[Entity | None]:
        return _entities(level, [path.entities[position] for path in level.values])

    return load


def _entities(level: Level, ids: list[str]) -> list[Entity | None]:
    entities = level.context.entities(ids)
    return [entities.get(i) for i in ids]


def _edges(step: PathStep) -> list[Edge]:
    return [Edge(statement) for statement in step.statements]


CARE_PATHS: Final = OutputType(
    "CarePaths",
    "Care paths, best first.",
    (
        plain("totalCount", "int", "How many paths there are.", lambda page: page.total),
        plain("nodes", "list[CarePath]", "The best of them.", lambda page: page.paths),
    ),
)

CARE_PATH: Final = OutputType(
    "CarePath",
    "A drug treats a condition and may cause an effect, and a mitigation helps against the effect.",
    (
        *(
            Field(name, type_, text, _at(CARE.positions.index(name)))
            for name, (type_, text) in _POSITIONS.items()
        ),
        plain("steps", "list[CarePathStep]", "Its steps, in order.", lambda path: path.steps),
        plain("score", "PathScore", "How well it stands, taken apart.", lambda path: path.score),
        plain("sentence", "str", "The path in words.", lambda path: path.sentence),
    ),
)

CARE_PATH_STEP: Final = OutputType(
    "CarePathStep",
    "One step of a care path.",
    (
        Field(
            "subject",
            "Entity",
            "The entity it is said of.",
            lambda level: _entities(level, [step.subject for step in level.values]),
        ),
        plain("relation", "RelationName", "The relation asked for.", lambda step: step.relation),
        Field(
            "object",
            "Entity",
            "The entity it leads to.",
            lambda level: _entities(level, [step.object for step in level.values]),
        ),
        plain(
            "statements",
            "list[Statement]",
            "The statements that carry it, best first; their relations may be narrower.",
            _edges,
        ),
        plain(
            "conditional",
            "bool",
            "Whether it holds only because what it is limited to is on the path.",
            lambda step: step.is_conditional,
        ),
        plain("weight", "int", "Weight of its evidence, 0 to 8.", lambda step: step.weight),
        plain(
            "claims", "list[Claim]", "The claims of its best statement.", lambda step: step.claims
        ),
    ),
)

PATH_SCORE: Final = OutputType(
    "PathScore",
    "How well a path stands. Paths rank by the three parts, in this order.",
    (
        plain(
            "weakestEvidence",
            "int",
            "The least weight of evidence among its steps, 0 to 8.",
            lambda score: score.weakest_evidence,
        ),
        plain(
            "degreeWeight",
            "float",
            "Between 0 and 1: steps from entities with many edges count less.",
            lambda score: score.degree_weight,
        ),
        plain("length", "int", "How many steps it has.", lambda score: score.length),
    ),
)


def _care_paths(level: Level) -> list[PathPage]:
    named = {name: level.arguments.get(name) for name in CARE.positions}
    page = care_paths(level.context.catalog, **named, limit=page_size(level.arguments))
    return [page]


CARE_PATHS_FIELD: Final = Field(
    "carePaths",
    "CarePaths | None",
    "The best care paths through the entities named, at least one of them: which drugs treat a "
    "condition, what they may cause, and what helps against that.",
    _care_paths,
    (
        *(
            Argument(name, "str | None", f"{text} Identifier, IRI, label or synonym.")
            for name, (_, text) in _POSITIONS.items()
        ),
        FIRST,
    ),
    size=page_size,
)
