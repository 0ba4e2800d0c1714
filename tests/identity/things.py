"""Random entities and mappings that contradict each other, and short ways to write a few."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from iatrograph.identity import Mapping, Strength
from iatrograph.model import Entity

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

SLUGS: Final = ("cramp", "spasm", "twitch", "tablet")
CURIES: Final = tuple(
    f"{prefix}:{number}" for prefix in ("umls", "DOID", "HP", "x") for number in range(1, 5)
)
KINDS: Final = (("Effect",), ("Condition",), ("Drug",), ("Process",), ("Condition", "Effect"))


def effect(identifier: str, *identifiers: str, label: str = "") -> Entity:
    """Return an effect that states these identifiers."""
    return Entity(identifier, label or identifier, ("Effect",), identifiers=identifiers)


def same(
    subject: str, value: str, line: int = 1, strength: Strength = Strength.EXACT_MAPPING
) -> Mapping:
    """Return a mapping of the file ``m.tsv``."""
    return Mapping(subject, value, Path("m.tsv"), line, strength)


@st.composite
def entity_lists(draw: DrawFn) -> list[Entity]:
    """Draw entities, some of them described twice."""
    names = draw(st.lists(st.sampled_from(SLUGS + CURIES), min_size=1, max_size=10))
    return [
        Entity(
            id=name,
            label=draw(st.sampled_from(["Cramp", "cramp", "Spasm"])),
            kinds=draw(st.sampled_from(KINDS)),
            synonyms=tuple(draw(st.lists(st.sampled_from(["Jerk", "jerk"]), max_size=1))),
            definition=draw(st.none() | st.sampled_from(["one", "other"])),
            identifiers=tuple(sorted(draw(st.sets(st.sampled_from(CURIES), max_size=3)) - {name})),
            broader=tuple(sorted(draw(st.sets(st.sampled_from(names), max_size=1)) - {name})),
        )
        for name in names
    ]


@st.composite
def mapping_lists(draw: DrawFn) -> list[Mapping]:
    """Draw mappings between any two identifiers."""
    ends = st.lists(st.sampled_from(CURIES + SLUGS), min_size=2, max_size=2, unique=True)
    strength = st.sampled_from([Strength.CROSS_REFERENCE, Strength.EXACT_MAPPING])
    pairs = draw(st.lists(st.tuples(ends, strength), max_size=12))
    return [same(a, b, line, how) for line, ((a, b), how) in enumerate(pairs, start=1)]
