"""Nodes and edges that this project wrote, read back as the entities and claims they were.

Their own properties are taken from the text of the row, so that not a space is lost: from JSON. An
edge that says something else by now than its own properties do is read as any other, as are tables
that were made of the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from iatrograph.model import Claim, Entity, Stance, StatementKey
from iatrograph.vocabulary import ontology
from iatrograph.vocabulary.kgx import (
    BROADER,
    ID,
    IDENTIFIERS,
    KINDS,
    RELATION,
    SOURCE,
    STANCE,
    own_property,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iatrograph.importers.kgx.record import Record

_QUALIFIERS: Final = {own_property(q.column): q.name for q in ontology().qualifiers.values()}
_RANK: Final = own_property("rank")
_IS_NEGATED: Final = {"true": True, "false": False}


def exported_entity(record: Record) -> Entity | None:
    """Return the entity of a node that this project wrote, None for any other."""
    if KINDS not in record.values or ID not in record.values:
        return None
    values = _values(record)
    try:
        return Entity(
            id=_text(values[ID]),
            label=_text(values["name"]),
            kinds=_known_kinds(values),
            synonyms=_texts(values, "synonym"),
            definition=_text(values["description"]) if "description" in values else None,
            identifiers=_texts(values, IDENTIFIERS),
            broader=_texts(values, BROADER),
        )
    except (KeyError, TypeError):
        return None


def exported_key(record: Record, subject: str, object: str) -> StatementKey | None:
    """Return the statement of an edge that still says what this project wrote, else None.

    ``subject`` and ``object`` are the ids of the entities at its ends.
    """
    relation = record.one(RELATION)
    if not relation or SOURCE not in record.values or not record.text.startswith("{"):
        return None
    is_withdrawn = record.one(_RANK) == "deprecated"
    said = written(relation, record.one(STANCE), is_withdrawn=is_withdrawn)
    key = StatementKey(subject, relation, object)
    is_same = (
        said is not None
        and record.one("id").startswith(f"{key.id}.{record.one(SOURCE)}")
        and record.one("predicate") == said.predicate
        and _IS_NEGATED.get(record.one("negated")) is said.is_negated
        and all(record.one(slot) == value for slot, value in said.qualifiers.items())
    )
    return key if is_same else None


def exported_claim(record: Record, key: StatementKey) -> Claim | None:
    """Return the claim of an edge with this ``exported_key``, None where a value is of no use."""
    values = _values(record)
    try:
        return Claim(
            id=_text(values["id"]),
            statement=key,
            stance=Stance(_text(values[STANCE])),
            source=_text(values[SOURCE]),
            qualifiers={
                name: (held,) if isinstance(held, str) else _texts(values, column)
                for column, held in values.items()
                if (name := _QUALIFIERS.get(column))
            },
            knowledge_level=_text(values["knowledge_level"]),
            agent_type=_text(values["agent_type"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _values(record: Record) -> Mapping[str, object]:
    """Return the values of a row of JSON as they stand; none of a row of a table."""
    try:
        found: dict[str, object] = orjson.loads(record.text)
    except orjson.JSONDecodeError:
        return {}
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    held = values.get(name, [])
    if not isinstance(held, list):
        raise TypeError(held)
    return tuple(map(_text, held))


def _known_kinds(values: Mapping[str, object]) -> tuple[str, ...]:
    found = _texts(values, KINDS)
    if not found or not all(name in ontology().classes for name in found):
        raise TypeError(found)
    return found
