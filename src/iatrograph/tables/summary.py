"""What the claims come to, as columns: what the derivation hands to the writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from iatrograph.tables.ragged import Flags, Ints, Ragged, Rows


@dataclass(frozen=True, slots=True)
class StatementColumns:
    """All statements, derived ones among them, in the order of their keys.

    ``relation`` counts in the relations sorted by name; ``stances`` are bits (``layout.STANCES``)
    of claims that are not deprecated; ``claims`` are the claims of a statement, or those that a
    derived one comes from.
    """

    keys: Ints
    subject: Rows
    relation: Rows
    object: Rows
    support: npt.NDArray[np.int8]
    opposition: npt.NDArray[np.int8]
    claim_count: Rows
    lineage_count: Rows
    is_asserted: Flags
    is_contested: Flags
    possible_confounding_by_indication: Flags
    stances: npt.NDArray[np.uint8]
    conditional_on: Ragged
    claims: Ragged


@dataclass(frozen=True, slots=True)
class Roles:
    """Which entities play which role, a flag for each entity."""

    adverse_effect: Flags
    mitigation: Flags
    risk_factor: Flags
