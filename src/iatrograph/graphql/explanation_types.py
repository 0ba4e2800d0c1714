"""The types of explanations and their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.graphql.specification import Field, OutputType, plain
from iatrograph.graphql.statement_types import Edge
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from iatrograph.graphql.projection import Level
    from iatrograph.model import Explanation, StatementKey, Step
    from iatrograph.vocabulary import Concept


def edges_of(level: Level, keys: Iterable[Sequence[StatementKey]]) -> list[list[Edge]]:
    """Return the statements of each list of keys, asked in one call."""
    lists = list(keys)
    wanted = list(dict.fromkeys(key for own in lists for key in own))
    found = level.context.catalog.statement(wanted) if wanted else []
    edges = {s.key: Edge(s) for s in found if s is not None}
    return [[edges[key] for key in own if key in edges] for own in lists]


def _concept(
    scheme: str, read: Callable[[Explanation | Step], str | None]
) -> Callable[[Level], list[Concept | None]]:
    def load(level: Level) -> list[Concept | None]:
        concepts = level.context.ontology.schemes[scheme].by_key
        return [concepts.get(read(value) or "") for value in level.values]

    return load


def _step_statements(level: Level) -> list[Edge | None]:
    found = edges_of(level, ([step.statement] for step in level.values))
    return [next(iter(own), None) for own in found]


EXPLANATION: Final = OutputType(
    "Explanation",
    "The way a source says a benefit or a harm comes about; "
    "without any step it says that the way is unclear.",
    (
        plain("id", "ID", "Its identifier, unique among explanations.", lambda e: e.id),
        plain("iri", "str", "Its IRI.", lambda e: PREFIXES["ex"] + e.id),
        plain("label", "str", "What it explains, in words.", lambda e: e.label),
        Field(
            "explains",
            "list[Statement]",
            "The statements it is about.",
            lambda level: edges_of(level, (e.explains for e in level.values)),
        ),
        Field(
            "source",
            "Source",
            "Who says so.",
            lambda level: [level.context.catalog.sources[e.source] for e in level.values],
        ),
        Field(
            "certainty",
            "Concept | None",
            "How sure the source is of it as a whole.",
            _concept("CertaintyScheme", lambda e: e.certainty),
        ),
        plain("hedge", "str | None", "The hedging words.", lambda e: e.hedge),
        plain("paraphrase", "str | None", "What it says, in other words.", lambda e: e.paraphrase),
        plain("locator", "str | None", "Where in the source it stands.", lambda e: e.locator),
        plain(
            "steps",
            "list[ExplanationStep]",
            "Its steps, in order; none where the way is said to be unclear.",
            lambda e: e.steps,
        ),
    ),
)

EXPLANATION_STEP: Final = OutputType(
    "ExplanationStep",
    "One position in an explanation.",
    (
        plain("position", "int", "Its place in the chain, from 1.", lambda s: s.position),
        Field("statement", "Statement", "The statement that stands here.", _step_statements),
        Field(
            "direction",
            "Concept | None",
            "Whether the object goes up or down with the subject.",
            _concept("DirectionScheme", lambda s: s.direction),  # type: ignore[union-attr]  # a step
        ),
        Field(
            "certainty",
            "Concept | None",
            "How sure the source is of this step.",
            _concept("CertaintyScheme", lambda s: s.certainty),
        ),
    ),
)
