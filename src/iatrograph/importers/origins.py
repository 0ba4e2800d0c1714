"""Works that several data sets pass on: what goes back to one of them is one voice.

A source of an importer that has such an origin, and what graphs of others say in its name, count as
one lineage. That Hetionet takes its edges CcSE from SIDER 4.1, CtD and CpD from PharmacotherapyDB
1.0, and nothing else for them, is how it was put together (dhimmel/integrate, integrate.ipynb), and
its edges show it: each is a row there.
"""

from __future__ import annotations

from typing import Final

from iatrograph.model import Reference

DRUGCENTRAL: Final = Reference("drugcentral", "DrugCentral", None, ("https://drugcentral.org",))
DRUGMECHDB: Final = Reference("drugmechdb", "DrugMechDB", None, ("infores:drugmechdb",))
HETIONET: Final = Reference("hetionet", "Hetionet", None, ("doi:10.7554/eLife.26726",))
PHARMACOTHERAPYDB: Final = Reference(
    "pharmacotherapydb", "PharmacotherapyDB 1.0", None, ("doi:10.6084/m9.figshare.3103054",)
)
SIDER: Final = Reference(
    "sider", "SIDER: Side Effect Resource", None, ("doi:10.1093/nar/gkv1075", "infores:sider")
)

BY_INFORES: Final = {
    "infores:drugcentral": DRUGCENTRAL,
    "infores:drugmechdb": DRUGMECHDB,
    "infores:hetionet": HETIONET,
    "infores:sider": SIDER,
}
"""By the name that edges of KGX graphs give to their primary source."""
