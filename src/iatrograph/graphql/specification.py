"""What the schema is made of: output types, fields and arguments as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from enum import Enum

    from iatrograph.graphql.projection import Level

_NAMED: Final = re.compile(r"(?:list\[)?(\w+)(?: \| None)?\]?")


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field; ``type`` is written as for fields, ``...`` is no default."""

    name: str
    type: str
    description: str | None
    default: object = ...


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field and how its values are read for a whole level at once.

    ``type`` is a Python annotation over type names: ``str``, ``Drug | None``, ``list[Claim]``.
    ``load`` returns one result for each value of the level: a leaf, an object, or a list of them.
    ``size`` says how many objects one value may bring, for the cost of a query.
    """

    name: str
    type: str
    description: str
    load: Callable[[Level], Sequence[Any]]
    arguments: tuple[Argument, ...] = ()
    size: Callable[[Mapping[str, Any]], int] | None = None

    @property
    def named_type(self) -> str:
        """The type without list and null."""
        match = _NAMED.fullmatch(self.type)
        if match is None:
            raise TypeError(f"not a type of a field: {self.type!r}")
        return match[1]

    @property
    def is_list(self) -> bool:
        """Whether each value brings a list."""
        return self.type.startswith("list[")

    @property
    def is_nullable(self) -> bool:
        """Whether a value may bring nothing."""
        return self.type.endswith(" | None")


@dataclass(frozen=True, slots=True, eq=False)
class OutputType:
    """An object type, or an interface, whose ``concrete`` names the object type of a value."""

    name: str
    description: str
    fields: tuple[Field, ...]
    interfaces: tuple[str, ...] = ()
    concrete: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Specification:
    """The types of a schema by name, and its enums, whose values are words of the ontology."""

    description: str
    types: Mapping[str, OutputType]
    enums: Mapping[str, type[Enum]]


def plain(name: str, type_: str, description: str, read: Callable[[Any], Any]) -> Field:
    """Return a field that needs nothing but the value itself."""
    return Field(name, type_, description, lambda level: [read(value) for value in level.values])
