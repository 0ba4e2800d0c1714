"""Where ``ontology``, ``graph`` and ``queries`` lie: in the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(name: Literal["ontology", "graph", "queries"]) -> Path:
    """Return the folder of that name, as shipped inside the wheel or standing in the checkout."""
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / name
