"""Writes the tables of a release into a folder."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from iatrograph.tables import arrow, layout
from iatrograph.tables.ragged import Ragged
from iatrograph.tables.search_index import write_search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from iatrograph.model import Entity, Explanation, Reference, Source, StatementKey
    from iatrograph.tables.arrow import Column
    from iatrograph.tables.intake import Intake, Progress
    from iatrograph.tables.ragged import Ints, Rows
    from iatrograph.tables.summary import Roles, StatementColumns
    from iatrograph.vocabulary import Ontology


def write_tables(
    folder: Path,
    intake: Intake,
    statements: StatementColumns,
    roles: Roles,
    ontology: Ontology,
    progress: Progress,
) -> None:
    """Write ``tables/`` and the search index below an existing folder of a release."""
    tables = folder / layout.FOLDER
    tables.mkdir()
    entities = with_roles(intake.entities, roles, ontology)
    arrow.Batch.of(_entity_columns(entities)).save(tables / layout.ENTITIES)
    arrow.Batch.of(_statement_columns(statements, intake.relations)).save(
        tables / layout.STATEMENTS
    )
    np.save(tables / layout.STATEMENT_KEYS, statements.keys)
    statements.claims.save(tables, layout.STATEMENT_CLAIMS)
    for name, ragged in _adjacency(entities, statements, intake.relations, ontology).items():
        ragged.save(tables, name)
    _write_claims(tables, intake, statements)
    _write_small(tables, intake, statements.keys)
    progress("tables", 1, 1)
    write_search(folder / layout.SEARCH, entities, _degrees(statements, len(entities)))
    progress("search", 1, 1)


def with_roles(entities: Sequence[Entity], roles: Roles, ontology: Ontology) -> list[Entity]:
    """Return the entities with their roles, and kinds in display order.

    What is an adverse effect is an effect, too.
    """
    order = {cls.name: place for place, cls in enumerate(ontology.concrete_classes)}
    flags = {
        "AdverseEffect": roles.adverse_effect,
        "Mitigation": roles.mitigation,
        "RiskFactor": roles.risk_factor,
    }
    found = []
    for row, entity in enumerate(entities):
        own = tuple(name for name, flag in flags.items() if flag[row])
        kinds = {*entity.kinds, "Effect"} if "AdverseEffect" in own else {*entity.kinds}
        found.append(replace(entity, kinds=tuple(sorted(kinds, key=order.__getitem__)), roles=own))
    return found


def _entity_columns(entities: Sequence[Entity]) -> dict[str, Column]:
    rows = {entity.id: row for row, entity in enumerate(entities)}
    pairs = [(row, rows[above]) for row, e in enumerate(entities) for above in e.broader]
    owners, above = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    return {
        "id": arrow.strings([e.id for e in entities]),
        "label": arrow.strings([e.label for e in entities]),
        "kinds": arrow.string_lists([e.kinds for e in entities]),
        "roles": arrow.string_lists([e.roles for e in entities]),
        "synonyms": arrow.string_lists([e.synonyms for e in entities]),
        "definition": arrow.strings([e.definition for e in entities]),
        "identifiers": arrow.string_lists([e.identifiers for e in entities]),
        "broader": arrow.lists(Ragged.of_pairs(owners, above, len(entities))),
    }


def _statement_columns(statements: StatementColumns, relations: Sequence[str]) -> dict[str, Column]:
    columns = {
        "subject": arrow.numbers(statements.subject),
        "relation": arrow.coded(statements.relation, relations),
        "object": arrow.numbers(statements.object),
        "support": arrow.numbers(statements.support),
        "opposition": arrow.numbers(statements.opposition),
        "claim_count": arrow.numbers(statements.claim_count),
        "lineage_count": arrow.numbers(statements.lineage_count),
        "is_asserted": arrow.numbers(statements.is_asserted.astype(np.uint8)),
        "is_contested": arrow.numbers(statements.is_contested.astype(np.uint8)),
        "possible_confounding_by_indication": arrow.numbers(
            statements.possible_confounding_by_indication.astype(np.uint8)
        ),
        "stances": arrow.numbers(statements.stances),
    }
    return columns | {"conditional_on": arrow.lists(statements.conditional_on)}


def _adjacency(
    entities: Sequence[Entity],
    statements: StatementColumns,
    relations: Sequence[str],
    ontology: Ontology,
) -> dict[str, Ragged]:
    """Return the statements of each entity in both directions, in the order they are shown.

    Best supported first, then by the label of the other end, then by relation. A statement of a
    symmetric relation stands under both of its ends in both directions.
    """
    by_label = sorted(range(len(entities)), key=lambda row: entities[row].label)
    places = _dense_places([entities[row].label for row in by_label], by_label)
    is_symmetric = np.array([ontology.relations[name].is_symmetric for name in relations])
    back = np.flatnonzero(
        is_symmetric[statements.relation] & (statements.subject != statements.object)
    )
    forward = np.arange(len(statements.keys))
    rows = np.concatenate([forward, back]).astype(np.int32)
    return {
        name: _shown(
            np.concatenate([ends[0], ends[1][back]]),
            np.concatenate([ends[1], ends[0][back]]),
            rows,
            statements,
            places,
        )
        for name, ends in {
            layout.OUT: (statements.subject, statements.object),
            layout.IN: (statements.object, statements.subject),
        }.items()
    }


def _dense_places(labels: list[str], rows: list[int]) -> Rows:
    """Return for each row the place of its label; equal labels share one."""
    changes = [labels[i] != labels[i - 1] for i in range(1, len(labels))]
    places = np.zeros(len(rows), dtype=np.int32)
    places[rows] = np.concatenate([[0], np.cumsum(changes, dtype=np.int32)])[: len(rows)]
    return places


def _shown(
    near: Rows, far: Rows, rows: Rows, statements: StatementColumns, label_places: Rows
) -> Ragged:
    order = np.lexsort(
        (
            rows,
            far,
            statements.relation[rows],
            label_places[far],
            -statements.support[rows],
            near,
        )
    )
    return Ragged.of_sorted(near[order], rows[order], len(label_places))


def _write_claims(tables: Path, intake: Intake, statements: StatementColumns) -> None:
    """Write the claims; their statements are counted anew, with the derived ones among them."""
    new_rows = np.searchsorted(statements.keys, intake.statement_keys).astype(np.int32)
    columns = dict(intake.claims)
    columns["statement"] = arrow.numbers(new_rows[arrow.array_of(columns["statement"])])
    arrow.Batch.of(columns, intake.notes).save(tables / layout.CLAIMS)


def _write_small(tables: Path, intake: Intake, keys: Ints) -> None:
    arrow.Batch.of(_source_columns(intake.sources)).save(tables / layout.SOURCES)
    arrow.Batch.of(_reference_columns(intake.references)).save(tables / layout.REFERENCES)

    told = intake.explanations
    explains = _rows([e.explains for e in told], intake, keys)
    steps = _rows([[step.statement for step in e.steps] for e in told], intake, keys)
    arrow.Batch.of(
        _explanation_columns(told, explains) | {"steps": _step_column(told, steps)}
    ).save(tables / layout.EXPLANATIONS)


def _rows(lists: Sequence[Sequence[StatementKey]], intake: Intake, keys: Ints) -> list[list[int]]:
    """Return the rows of lists of statements: all at once, for thousands of explanations."""
    found = np.searchsorted(keys, intake.packed(chain.from_iterable(lists))).tolist()
    rows = iter(found)
    return [list(islice(rows, len(each))) for each in lists]


def _source_columns(sources: Sequence[Source]) -> dict[str, Column]:
    names = ("id", "title", "kind", "identifier", "description", "licence", "origin")
    return {name: arrow.strings([asdict(s)[name] for s in sources]) for name in names}


def _reference_columns(references: Sequence[Reference]) -> dict[str, Column]:
    return {
        "id": arrow.strings([r.id for r in references]),
        "title": arrow.strings([r.title for r in references]),
        "citation": arrow.strings([r.citation for r in references]),
        "identifiers": arrow.string_lists([r.identifiers for r in references]),
    }


def _explanation_columns(
    told: Sequence[Explanation], explains: list[list[int]]
) -> dict[str, Column]:
    names = ("id", "label", "source", "certainty", "hedge", "paraphrase", "locator")
    columns = {name: arrow.strings([getattr(e, name) for e in told]) for name in names}
    return columns | {"explains": arrow.number_lists(explains)}


def _step_column(told: Sequence[Explanation], statements: list[list[int]]) -> Column:
    steps: list[list[Mapping[str, object]]] = [
        [
            {
                "position": step.position,
                "statement": row,
                "direction": step.direction,
                "certainty": step.certainty,
            }
            for step, row in zip(explanation.steps, rows, strict=True)
        ]
        for explanation, rows in zip(told, statements, strict=True)
    ]
    return arrow.records(
        steps, position="int32", statement="int32", direction="string", certainty="string"
    )


def _degrees(statements: StatementColumns, entities: int) -> Ints:
    ends = np.concatenate([statements.subject, statements.object])
    return np.bincount(ends, minlength=entities)
