"""Readers of data sets as they are published: each turns files into one contribution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.importers.drugcentral import drugcentral
from iatrograph.importers.drugmechdb import drugmechdb
from iatrograph.importers.hetionet import hetionet
from iatrograph.importers.kgx import kgx, primekg
from iatrograph.importers.pharmacotherapydb import pharmacotherapydb
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.sider import sider

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from iatrograph.model import Contribution

    Importer = Callable[[Path, Rejects], Contribution]

IMPORTERS: Final[Mapping[str, Importer]] = {
    "drugcentral": drugcentral,
    "drugmechdb": drugmechdb,
    "hetionet": hetionet,
    "kgx": kgx,
    "pharmacotherapydb": pharmacotherapydb,
    "primekg": primekg,
    "sider": sider,
}
"""By the name that `iatrograph build --with NAME=PATH` takes."""

__all__ = ["IMPORTERS", "Rejects"]
