"""How often, as KGX says it: a term of HPO, a share, a percentage, or so many of so many."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.importers.kgx.identifiers import identifier
from iatrograph.importers.kgx.reasons import no_value
from iatrograph.importers.sider.frequencies import decimal, frequency

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.importers.kgx.record import Record

_TERM: Final = "frequency_qualifier"
_COUNT, _TOTAL = "has_count", "has_total"
_SHARE, _PERCENTAGE = "has_quotient", "has_percentage"
USED: Final = frozenset({_TERM, _COUNT, _TOTAL, _SHARE, _PERCENTAGE})

_TERMS: Final = {
    "HP:0040280": ("obligate", "1", "1"),
    "HP:0040281": ("very frequent", "0.8", "0.99"),
    "HP:0040282": ("frequent", "0.3", "0.79"),
    "HP:0040283": ("occasional", "0.05", "0.29"),
    "HP:0040284": ("very rare", "0.01", "0.04"),
    "HP:0040285": ("excluded", "0", "0"),
}
"""The terms of HPO for frequencies, with the shares that their definitions give."""


class Frequency(NamedTuple):
    """What an edge says of how often: its qualifiers, and whether that is never."""

    qualifiers: dict[str, tuple[str, ...]]
    is_never: bool


def read_frequency(record: Record, tell: Callable[[str, str], None]) -> Frequency:
    """Return how often; values that cannot be read are told as reason and text.

    Counts go before shares, shares before terms. A share of nothing is a denial and has no band.
    """
    if not USED & record.values.keys():
        return Frequency({}, is_never=False)
    words, term = _term(record)
    count = _counted(record)
    share = count[1] if count else _number(record, _SHARE, 1, tell)
    if share is None:
        share = _number(record, _PERCENTAGE, 100, tell)
    bounds = (decimal(share), decimal(share)) if share is not None else term
    said = "; ".join(filter(None, (words, count[0] if count else "")))
    found: dict[str, tuple[str, ...]] = {"frequencyWords": (said,)} if said else {}
    if bounds is None:
        return Frequency(found, is_never=False)
    if bounds[1] == "0":
        return Frequency(found, is_never=True)
    read = frequency(said, *bounds)
    if read is not None and read.band:
        found["frequency"] = (read.band,)
    found["frequencyLow"], found["frequencyHigh"] = (bounds[0],), (bounds[1],)
    return Frequency(found, is_never=False)


def _term(record: Record) -> tuple[str, tuple[str, str] | None]:
    text = record.one(_TERM)
    if (known := identifier(text) if text else None) in _TERMS:
        name, low, high = _TERMS[known or ""]
        return f"{name} ({known})", (low, high)
    return text, None


def _counted(record: Record) -> tuple[str, Decimal] | None:
    """Return so many of so many, in words and as a share; None where that is not said."""
    try:
        count, total = Decimal(record.one(_COUNT)), Decimal(record.one(_TOTAL))
        if not 0 <= count <= total or total <= 0:
            return None
        share = (count / total).quantize(Decimal("0.00001"))
    except InvalidOperation:
        return None
    if count and not share:
        return None
    return f"{decimal(count)} of {decimal(total)}", share


def _number(
    record: Record, slot: str, whole: int, tell: Callable[[str, str], None]
) -> Decimal | None:
    """Return a share of a whole, told where it is no number between nothing and the whole."""
    if not (text := record.one(slot)):
        return None
    try:
        share = Decimal(text) / whole
        if 0 <= share <= 1:
            return share.quantize(Decimal("0.00001")) if share > Decimal("0.00001") else share
    except InvalidOperation:
        pass
    tell(no_value(slot), text)
    return None
