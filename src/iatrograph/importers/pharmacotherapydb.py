"""PharmacotherapyDB 1.0: drugs for diseases, as three physicians classed them.

Each row is one claim of one drug and one disease, by its category:

* ``DM``, disease-modifying: the drug *treats* the disease.
* ``SYM``, symptomatic: the drug *mitigates* it. The physicians tell this apart from treating.
* ``NOT``, no indication: a claim that *denies* that the drug *treats* the disease. The pairs were
  taken from four lists of indications, and this is the verdict that the listing does not stand. It
  is not the broader *addresses* that is denied: that would deny that the drug is ever used, tried
  or taken for prevention there, and the listing shows that it is.

How many of the three physicians had given that class before they agreed, and how many of the four
lists have the pair, are kept as the scope of the claim.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.importers import origins
from iatrograph.importers.folder import needed_file
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.tables import rows
from iatrograph.importers.things import Things, is_identifier
from iatrograph.model import Claim, Contribution, Source, Stance, StatementKey, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE: Final = "pharmacotherapydb-indications.tsv"
COLUMNS: Final = (
    "doid_id",
    "drugbank_id",
    "disease",
    "drug",
    "category",
    "n_curators",
    "n_resources",
)
SOURCE: Final = Source(
    id="pharmacotherapydb",
    title="PharmacotherapyDB 1.0",
    kind="database",
    identifier="https://doi.org/10.6084/m9.figshare.3103054",
    description="Indications from four lists, classed by three physicians as disease-modifying, "
    "symptomatic or none.",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    origin=origins.PHARMACOTHERAPYDB.id,
)

NO_DISEASE: Final = "no DOID"
NO_DRUG: Final = "no DrugBank id"
NO_CATEGORY: Final = "category is not DM, SYM or NOT"
NO_COUNT: Final = "n_curators is not 0 to 3, or n_resources not 0 to 4"
TWICE: Final = "the same row again"

_MEANING: Final = {
    "DM": (Stance.AFFIRMS, "treats"),
    "SYM": (Stance.AFFIRMS, "mitigates"),
    "NOT": (Stance.DENIES, "treats"),
}


class _Indication(NamedTuple):
    """A row, in the order of the columns."""

    disease_id: str
    drug_id: str
    disease: str
    drug: str
    category: str
    curators: str
    resources: str

    @property
    def fault(self) -> str | None:
        """Why it cannot be used, None where it can."""
        if not is_identifier(self.disease_id, "DOID"):
            return NO_DISEASE
        if not is_identifier(f"drugbank:{self.drug_id}", "drugbank"):
            return NO_DRUG
        if self.category not in _MEANING:
            return NO_CATEGORY
        if not re.fullmatch("[0-3] [0-4]", f"{self.curators} {self.resources}"):
            return NO_COUNT
        return None


def pharmacotherapydb(folder: Path, rejects: Rejects) -> Contribution:
    """Read the catalogue of indications; raises UnreadableFile at once.

    The file is read twice: now for the entities, and again for the stream of claims.
    """
    path = needed_file(folder, FILE)
    things = Things()
    for row in _indications(path, rejects):
        things.add(f"drugbank:{row.drug_id}", "Drug", row.drug)
        things.add(row.disease_id, "Condition", row.disease)
    return Contribution(
        sources=(SOURCE,),
        entities=things.entities(),
        claims=_claims(_indications(path, Rejects(SOURCE.id))),
        references=(origins.PHARMACOTHERAPYDB,),
    )


def _indications(path: Path, rejects: Rejects) -> Iterator[_Indication]:
    seen: set[_Indication] = set()
    for line, cells in rows(path, COLUMNS, rejects, is_quoted=True):
        row = _Indication(*(cell.strip() for cell in cells))
        if fault := TWICE if row in seen else row.fault:
            rejects.add(path, line, fault, "\t".join(cells))
            continue
        seen.add(row)
        yield row


def _claims(indications: Iterable[_Indication]) -> Iterator[Claim]:
    numbers: Counter[StatementKey] = Counter()
    for row in indications:
        stance, relation = _MEANING[row.category]
        key = StatementKey(f"drugbank:{row.drug_id}", relation, row.disease_id)
        numbers[key] += 1
        yield Claim(
            id=claim_id(key, SOURCE.id, numbers[key]),
            statement=key,
            stance=stance,
            source=SOURCE.id,
            qualifiers={
                "certainty": ("not-stated",),
                "evidenceLevel": ("opinion",),
                "scope": (
                    f"classed so at first by {row.curators} of 3 curators; "
                    f"listed by {row.resources} of 4 resources",
                ),
                "originalPredicate": (row.category,),
                "originalId": (f"{row.disease_id} {row.drug_id}",),
            },
            knowledge_level="knowledge_assertion",
            agent_type="manual_agent",
        )
