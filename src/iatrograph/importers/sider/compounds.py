"""The compounds of SIDER: STITCH ids, which are PubChem CIDs with and without stereochemistry."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from iatrograph.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FLAT: Final = re.compile(r"CID1(?=\d{8}$)0*([1-9]\d*)")
_STEREO: Final = re.compile(r"CID0(?=\d{8}$)0*([1-9]\d*)")


def is_stitch(text: str) -> bool:
    """Whether it is the STITCH id of a compound without stereochemistry: ``CID1`` and 8 digits."""
    return flat(text) is not None


@lru_cache(maxsize=1 << 12)
def flat(text: str) -> str | None:
    """Return ``pubchem.compound:3446`` of ``CID100003446``, None where it is no such id."""
    return _compound(_FLAT.fullmatch(text))


@lru_cache(maxsize=1 << 12)
def stereo(text: str) -> str | None:
    """Return ``pubchem.compound:3446`` of ``CID000003446``, None where it is no such id."""
    return _compound(_STEREO.fullmatch(text))


def stitch(compound: str, *, is_flat: bool) -> str:
    """Return the STITCH id of a compound, as SIDER writes it."""
    return f"CID{1 if is_flat else 0}{_number(compound):08d}"


def _compound(match: re.Match[str] | None) -> str | None:
    return f"pubchem.compound:{match[1]}" if match else None


class Compounds:
    """The compounds met so far: which forms with stereochemistry stand under which flat one.

    A form is a drug of its own. The flat compound is the same thing as its form where there is only
    one; where there are several (quinine and quinidine) it is a broader thing, and what SIDER says
    of it alone, as all indications, is said of none of its forms.
    """

    def __init__(self) -> None:
        self._flats: dict[str, set[str]] = defaultdict(set)
        self._forms: dict[str, set[str]] = defaultdict(set)

    def add(self, flat: str, stereo: str) -> None:
        """Note a form under its flat compound."""
        self._flats[stereo].add(flat)
        self._forms[flat].add(stereo)

    def drug_of(self, flat: str) -> str:
        """Return the id of the drug that a flat compound stands for: its only form, or itself."""
        forms = self._forms.get(flat, ())
        return next(iter(forms)) if len(forms) == 1 else flat

    def is_split(self, flat: str) -> bool:
        """Whether several forms stand under a flat compound."""
        return len(self._forms.get(flat, ())) > 1

    def entities(self, others: Iterable[str], names: Mapping[str, str]) -> Iterator[Entity]:
        """Yield a drug for each form, each flat compound with several, and the ``others``.

        ``names`` are by drug; without one the id is the label.
        """
        split = {flat for flat in self._forms if self.is_split(flat)}
        ids = self._flats.keys() | split | set(others)
        for drug in sorted(ids, key=_number):
            flats = sorted(self._flats.get(drug, ()), key=_number)
            yield Entity(
                drug,
                names.get(drug, drug),
                ("Drug",),
                identifiers=tuple(flat for flat in flats if flat not in ids),
                broader=tuple(flat for flat in flats if flat in split and flat != drug),
            )


def _number(drug: str) -> int:
    return int(drug.partition(":")[2])
