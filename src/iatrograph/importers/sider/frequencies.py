"""Frequencies as labels give them: words, bounds, and the band of CIOMS that they come to.

SIDER gives each text two bounds: ``frequent`` and ``common`` 0.01 to 1, ``very common`` 0.1 to 1,
``infrequent`` and ``uncommon`` 0.001 to 0.01, ``rare`` 0 to 0.001, ``very rare`` 0 to 0.0001, and
an exact share twice. The band follows from the bounds by one rule for words, shares and ranges:

* the band in which the lower bound lies (``frequent`` and ``4%`` are common);
* where that is 0, the band that ends at the upper bound, or in which it lies (``rare`` is rare,
  ``0 to 15%`` is very common);
* none for a share of 0, since nobody is not a band, and none for ``postmarketing``: SIDER gives it
  the bounds of ``rare``, but spontaneous reports have no denominator. Its bounds are kept.

A drug and an effect often have several, from several labels, trials and doses. The claim has the
highest band, all distinct texts in the order of the file, the lowest and the highest bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

BANDS: Final = {
    "very-common": Decimal("0.1"),
    "common": Decimal("0.01"),
    "uncommon": Decimal("0.001"),
    "rare": Decimal("0.0001"),
    "very-rare": Decimal(0),
}
"""Each with the least share in it, highest first; the keys are notations of the scheme."""
_RANKS: Final = {band: rank for rank, band in enumerate(BANDS)}

UNRATED: Final = frozenset({"postmarketing"})
"""Texts that tell where an effect was seen, not how often."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """One text with its bounds, shares from 0 to 1, and its band if it has one."""

    words: str
    low: Decimal
    high: Decimal
    band: str | None


@lru_cache(maxsize=1 << 16)
def frequency(words: str, low: str, high: str) -> Frequency | None:
    """Return the frequency of a row, None where the bounds are no shares in this order."""
    try:
        bounds = Decimal(low), Decimal(high)
        is_sound = 0 <= bounds[0] <= bounds[1] <= 1
    except InvalidOperation:
        return None
    return Frequency(words.strip(), *bounds, _band(words.strip(), *bounds)) if is_sound else None


def _band(words: str, low: Decimal, high: Decimal) -> str | None:
    if words.casefold() in UNRATED or not high:
        return None
    if low:
        return next(band for band, least in BANDS.items() if low >= least)
    return next(band for band, least in BANDS.items() if high > least)


def decimal(share: Decimal) -> str:
    """Write a share in its one form: ``0.05``, ``1``, ``0``, never with an exponent."""
    return f"{share.normalize():f}" if share else "0"


@dataclass(slots=True)
class Arms:
    """All frequencies of a drug and an effect, those of placebo arms apart."""

    drug: list[Frequency] = field(default_factory=list)
    placebo: list[Frequency] = field(default_factory=list)

    def qualifiers(self, comparator: str) -> dict[str, tuple[str, ...]]:
        """Return them as qualifiers of a claim; ``comparator`` is the id of the placebo."""
        found: dict[str, tuple[str, ...]] = {}
        bands = [each.band for each in self.drug if each.band]
        if bands:
            found["frequency"] = (min(bands, key=_RANKS.__getitem__),)
        if self.drug:
            found["frequencyLow"] = (decimal(min(each.low for each in self.drug)),)
            found["frequencyHigh"] = (decimal(max(each.high for each in self.drug)),)
        if words := _words(self.drug):
            found["frequencyWords"] = (words,)
        if self.placebo:
            found["comparator"] = (comparator,)
        if words := _words(self.placebo):
            found["comparatorFrequencyWords"] = (words,)
        return found


def _words(frequencies: list[Frequency]) -> str:
    return "; ".join(dict.fromkeys(each.words for each in frequencies if each.words))
