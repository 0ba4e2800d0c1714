"""How a claim is written as KGX: in the words of Biolink, and in properties of our own.

What the exporter writes under our own names the importer reads back as it was. Each qualifier of a
claim has one, too: ``own_property`` of its column.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.vocabulary.alignment import alignment
from iatrograph.vocabulary.ontology import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX: Final = "iatrograph_"


def own_property(name: str) -> str:
    """Return the name of a property of ours: ``iatrograph_only_if`` for ``only_if``."""
    return _PREFIX + name


ID: Final = own_property("id")
KINDS: Final = own_property("kinds")
IDENTIFIERS: Final = own_property("identifiers")
BROADER: Final = own_property("broader")
"""Of nodes: the id, the classes, the identifiers and the broader things of an entity."""

RELATION: Final = own_property("relation")
STANCE: Final = own_property("stance")
SOURCE: Final = own_property("source")
"""Of edges: the relation, the stance and the id of the source of a claim."""

BESIDE: Final = "iatrograph.json"
"""The file beside nodes and edges with what neither is: sources, references, explanations."""


class Written(NamedTuple):
    """What a relation and a stance are in Biolink: the predicate has its prefix."""

    predicate: str
    qualifiers: Mapping[str, str]
    is_negated: bool


@lru_cache(maxsize=1 << 10)
def written(relation: str, stance: str, *, is_withdrawn: bool = False) -> Written | None:
    """Return how a claim of this relation and stance is written, None for no relation.

    The root of the predicates is all that is said by a claim that neither affirms nor denies, by
    one that was withdrawn, and by a denial for which there is but a broader predicate: to negate
    that would deny more than the source does.
    """
    words = alignment()
    if relation not in words.predicates:
        return None
    is_denied = stance == "denies"
    is_said = stance == "affirms" or (is_denied and relation not in words.vague)
    if is_withdrawn or not is_said:
        return Written(f"biolink:{words.predicates[ROOT]}", {}, is_negated=False)
    match = words.qualified_match(relation)
    needed = {slot: values[0] for slot, values in match.qualifiers.items()} if match else {}
    return Written(f"biolink:{words.predicates[relation]}", needed, is_denied)
