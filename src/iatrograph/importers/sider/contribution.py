"""SIDER as a contribution: drugs, effects and conditions, and a stream of claims about them."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from iatrograph.identity.spelling import local_of
from iatrograph.importers import origins
from iatrograph.importers.sider.compounds import Compounds, flat, stereo, stitch
from iatrograph.importers.sider.files import (
    DRUG_NAMES,
    FREQUENCIES,
    INDICATIONS,
    SIDE_EFFECTS,
    read_optional,
    read_rows,
    require,
)
from iatrograph.importers.sider.frequencies import Arms, frequency
from iatrograph.importers.sider.terms import NO_NAME, Terms
from iatrograph.model import (
    Claim,
    Contribution,
    Entity,
    Source,
    Stance,
    StatementKey,
    claim_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from iatrograph.importers.rejects import Rejects
    from iatrograph.importers.sider.files import Layout, Row

NO_STITCH: Final = "no STITCH id"
NO_ARM: Final = "neither drug nor placebo"
NO_SHARES: Final = "bounds are no shares from 0 to 1 in order"
NO_METHOD: Final = "not stated"
ONLY_PLACEBO: Final = "effect known of placebo only"

SOURCE: Final = Source(
    id="sider",
    title="SIDER 4.1: Side Effect Resource",
    kind="database",
    identifier="infores:sider",
    description="Side effects, their frequencies and indications, found by text mining on labels "
    "of marketed drugs and given in MedDRA terms. What a label lists need not be caused by the "
    "drug, and what is found among its indications need not be one.",
    licence="https://creativecommons.org/licenses/by-nc-sa/4.0/",
    origin=origins.SIDER.id,
)
PLACEBO: Final = Entity("placebo", "placebo", ("Context",))

MINED_AS_INDICATION: Final = "NLP_indication"
ASSERTED: Final = "knowledge_assertion"
MENTIONED: Final = "text_co_occurrence"
"""The method that took a term for an indication; the others only met it on a label."""
_ALWAYS: Final = {"certainty": ("not-stated",), "evidenceLevel": ("label",)}


def sider(folder: Path, rejects: Rejects) -> Contribution:
    """Read the folder with the files of SIDER as they are published, plain or compressed.

    Raises UnreadableFile where a file is missing, cannot be read, or is of another layout.
    """
    return _Reading(folder, rejects).contribution()


class _Reading:
    """What has been read so far; the claims are made from it one by one."""

    def __init__(self, folder: Path, rejects: Rejects) -> None:
        self._folder, self._rejects = folder, rejects
        self._compounds, self._terms = Compounds(), Terms(rejects)
        self._listed: dict[str, set[str]] = defaultdict(set)
        self._frequencies: dict[str, dict[str, Arms]] = defaultdict(lambda: defaultdict(Arms))
        self._methods: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def contribution(self) -> Contribution:
        files = require(self._folder)
        self._read_side_effects(files[SIDE_EFFECTS])
        self._read_frequencies(files[FREQUENCIES])
        self._read_indications(files[INDICATIONS])
        return Contribution(
            sources=(SOURCE,),
            entities=(*self._drugs(), *self._terms.entities(), PLACEBO),
            claims=chain(self._side_effects(), self._indications()),
            references=(origins.SIDER,),
            claim_count=sum(map(len, (*self._listed.values(), *self._methods.values()))),
        )

    def _pair(self, row: Row) -> tuple[str, str] | None:
        """Return drug and effect of a row that begins with both ids of a compound."""
        compound, form = flat(row.cells[0]), stereo(row.cells[1])
        if compound is None or form is None:
            row.reject(self._rejects, NO_STITCH)
            return None
        effect = self._terms.preferred(row, row.cells[2], "Effect")
        if effect is None:
            return None
        self._compounds.add(compound, form)
        return form, effect

    def _read_side_effects(self, path: Path) -> None:
        for row in read_rows(path, SIDE_EFFECTS, self._rejects):
            if pair := self._pair(row):
                self._listed[pair[0]].add(pair[1])
        self._terms.end_file()

    def _read_frequencies(self, path: Path) -> None:
        waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in read_rows(path, FREQUENCIES, self._rejects):
            if (pair := self._pair(row)) is None:
                continue
            arm, *stated = row.cells[3:7]
            found = frequency(*stated)
            if found is None or arm not in ("", "placebo"):
                row.reject(self._rejects, NO_SHARES if found is None else NO_ARM)
                continue
            drug, effect = pair
            arms = self._frequencies[drug][effect]
            (arms.placebo if arm else arms.drug).append(found)
            if arm and effect not in self._listed[drug]:
                waiting[pair].append(row)
        self._terms.end_file()
        self._give_up_placebo(waiting)

    def _give_up_placebo(self, waiting: Mapping[tuple[str, str], list[Row]]) -> None:
        """Reject frequencies under placebo of what nobody says that the drug does."""
        for (drug, effect), rows in waiting.items():
            if not self._frequencies[drug][effect].drug:
                del self._frequencies[drug][effect]
                for row in rows:
                    row.reject(self._rejects, ONLY_PLACEBO)

    def _read_indications(self, path: Path) -> None:
        for row in read_rows(path, INDICATIONS, self._rejects):
            compound, (on_label, method, name) = flat(row.cells[0]), row.cells[1:4]
            if compound is None:
                row.reject(self._rejects, NO_STITCH)
            elif condition := self._terms.preferred(row, on_label, "Condition"):
                self._methods[compound][condition].add(method.strip() or NO_METHOD)
                self._terms.also_called(on_label, name)
        self._terms.end_file()

    def _drugs(self) -> Iterator[Entity]:
        names = {}
        for row in read_optional(self._folder, DRUG_NAMES, self._rejects):
            compound, name = flat(row.cells[0]), row.cells[1].strip()
            if compound is None or not name:
                row.reject(self._rejects, NO_NAME if compound else NO_STITCH)
            else:
                names[self._compounds.drug_of(compound)] = name
        others = map(self._compounds.drug_of, self._methods)
        return self._compounds.entities(others, names)

    def _side_effects(self) -> Iterator[Claim]:
        """Yield a claim for each drug and effect, drugs in the order of the file."""
        for drug in dict.fromkeys((*self._listed, *self._frequencies)):
            listed, rated = self._listed[drug], self._frequencies[drug]
            for effect in sorted(listed | rated.keys()):
                table = SIDE_EFFECTS if effect in listed else FREQUENCIES
                qualifiers = rated[effect].qualifiers(PLACEBO.id) if effect in rated else {}
                qualifiers["originalPredicate"] = (_table(table),)
                original = f"{stitch(drug, is_flat=False)} {local_of(effect)}"
                key = StatementKey(drug, "hasSideEffect", effect)
                yield _claim(key, original, qualifiers, ASSERTED)

    def _indications(self) -> Iterator[Claim]:
        """Yield a claim for each drug and condition; the methods are in the predicate.

        A term that was only met in the text, or as a precondition (which may be a caution), is no
        indication: the label and the term are associated, and nothing more is said.
        """
        compounds: dict[str, list[str]] = defaultdict(list)
        for compound in self._methods:
            compounds[self._compounds.drug_of(compound)].append(compound)
        for drug, same in compounds.items():
            for condition in sorted({c for compound in same for c in self._methods[compound]}):
                within = [each for each in same if condition in self._methods[each]]
                methods = {m for each in within for m in self._methods[each][condition]}
                predicate = f"{_table(INDICATIONS)}: {', '.join(sorted(methods))}"
                originals = [f"{stitch(e, is_flat=True)} {local_of(condition)}" for e in within]
                said = {"originalPredicate": (predicate,)}
                if MINED_AS_INDICATION in methods:
                    key, level = StatementKey(drug, "addresses", condition), ASSERTED
                else:
                    key = StatementKey(*_in_order(drug, "associatedWith", condition))
                    said["evidenceLevel"], level = ("computed",), MENTIONED
                yield _claim(key, "; ".join(originals), said, level)


def _table(layout: Layout) -> str:
    return layout.name.removesuffix(".tsv")


def _in_order(one: str, relation: str, other: str) -> tuple[str, str, str]:
    """Return the parts of a statement that reads both ways: its ends by their ids."""
    first, second = sorted((one, other))
    return first, relation, second


def _claim(
    key: StatementKey, original: str, stated: Mapping[str, tuple[str, ...]], level: str
) -> Claim:
    """Return a claim with the qualifiers stated and those that all claims of SIDER have."""
    return Claim(
        claim_id(key, SOURCE.id),
        key,
        Stance.AFFIRMS,
        SOURCE.id,
        {**_ALWAYS, **stated, "originalId": (original,)},
        knowledge_level=level,
        agent_type="text_mining_agent",
    )
