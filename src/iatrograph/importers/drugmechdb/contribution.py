"""DrugMechDB as a contribution: claims for links and indications, explanations for paths."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from iatrograph.importers import origins
from iatrograph.importers.drugmechdb.entities import entities, kinds_of, same_things
from iatrograph.importers.drugmechdb.links import MEANINGS, statement_of
from iatrograph.importers.drugmechdb.paths import find_file, mechanism_paths
from iatrograph.importers.drugmechdb.usable import usable
from iatrograph.model import (
    Claim,
    Contribution,
    Explanation,
    Source,
    Stance,
    StatementKey,
    Step,
    claim_id,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from iatrograph.importers.drugmechdb.paths import Link, MechanismPath
    from iatrograph.importers.rejects import Rejects
    from iatrograph.model import Entity

SOURCE: Final = Source(
    id="drugmechdb",
    title="DrugMechDB",
    kind="database",
    identifier="infores:drugmechdb",
    description="Curated paths from a drug through its targets to a disease it is used against.",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    origin=origins.DRUGMECHDB.id,
)

_HARM: Final = frozenset({"causes", "contraindicated for"})
_NOT_STATED: Final = "not-stated"
_NCBI: Final = r"https?://(?:www\.|pubmed\.|pmc\.)?ncbi\.nlm\.nih\.gov/"
_PUBLICATIONS: Final = (
    ("PMID", re.compile(rf"{_NCBI}(?:pubmed/)?(\d+)(?!\d).*")),
    ("pmc", re.compile(rf"{_NCBI}(?:pmc/)?articles/(PMC\d+)(?!\d).*")),
    ("doi", re.compile(r"(?i:doi:\s*)?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{2,9}/\S+)")),
)


def drugmechdb(folder: Path, rejects: Rejects) -> Contribution:
    """Read ``drugmechdb-paths.jsonl``, plain or compressed, in a folder; or that file itself.

    Raises UnreadableFile where it is missing or no JSON Lines of paths.
    """
    file = find_file(folder)
    paths = usable(file, mechanism_paths(file, rejects), rejects)
    kinds = kinds_of(paths)
    described = entities(paths, same_things(paths, kinds))
    explanations = tuple(_explanations(paths, kinds, described))
    explained = {found.id for found in explanations}
    return Contribution(
        sources=(SOURCE,),
        entities=described,
        claims=_claims(paths, kinds, explained),
        references=(origins.DRUGMECHDB,),
        explanations=explanations,
    )


def publication(reference: str) -> str:
    """Return the CURIE of a reference that is an article, else the reference as it is."""
    for prefix, pattern in _PUBLICATIONS:
        if match := pattern.fullmatch(reference):
            return f"{prefix}:{match[1]}"
    return reference


def _told(
    path: MechanismPath, kinds: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Link, StatementKey]]:
    """Yield the links of a path with the statement that each makes."""
    for link in path.links:
        ends = (kinds[link.source], kinds[link.target])
        yield link, statement_of(link.key, link.source, link.target, ends)


def _indication(path: MechanismPath) -> StatementKey | None:
    """Return what a path explains; None where it is not about a benefit."""
    key = StatementKey(path.drug, "treats", path.disease)
    links = {link.key for link in path.links if link.target == path.disease}
    direct = {link.key for link in path.links if (link.source, link.target) == key[::2]}
    harms = "contraindicated for" in links or direct & _HARM
    return None if harms and "treats" not in direct else key


def _explanation_id(path: MechanismPath) -> str:
    return f"{SOURCE.id}-{path.slug}"


def _claims(
    paths: Iterable[MechanismPath],
    kinds: Mapping[str, tuple[str, ...]],
    explained: Collection[str],
) -> Iterator[Claim]:
    """Yield the indication and the links of each path; a comment stands here if nowhere else."""
    numbers: Counter[StatementKey] = Counter()
    for path in paths:
        publications = tuple(dict.fromkeys(map(publication, path.references)))
        indication = _indication(path)
        told = [(statement, link.key) for link, statement in _told(path, kinds)]
        if indication and indication not in {statement for statement, _ in told}:
            told.insert(0, (indication, "indication"))
        for statement, predicate in told:
            numbers[statement] += 1
            qualifiers: dict[str, tuple[str, ...]] = {
                "certainty": (_NOT_STATED,),
                "evidenceLevel": ("opinion",),
                "originalPredicate": (predicate,),
                "originalId": (path.id,),
            }
            if publications:
                qualifiers["publication"] = publications
            if path.comment and _explanation_id(path) not in explained:
                qualifiers["paraphrase"] = (path.comment,)
            yield Claim(
                claim_id(statement, SOURCE.id, numbers[statement]),
                statement,
                Stance.AFFIRMS,
                SOURCE.id,
                qualifiers,
                "knowledge_assertion",
                "manual_agent",
            )


def _explanations(
    paths: Iterable[MechanismPath],
    kinds: Mapping[str, tuple[str, ...]],
    described: Iterable[Entity],
) -> Iterator[Explanation]:
    labels = {entity.id: entity.label for entity in described}
    for path in paths:
        indication = _indication(path)
        if indication and (steps := _steps(path, indication, kinds)):
            yield Explanation(
                id=_explanation_id(path),
                label=f"how {labels[path.drug]} treats {labels[path.disease]}",
                explains=(indication,),
                source=SOURCE.id,
                certainty=_NOT_STATED,
                paraphrase=path.comment or None,
                locator=path.id,
                steps=steps,
            )


def _steps(
    path: MechanismPath, indication: StatementKey, kinds: Mapping[str, tuple[str, ...]]
) -> tuple[Step, ...]:
    """Return the links as steps; that the drug treats the disease is no step of its own reason."""
    found = {
        (statement, MEANINGS[link.key].direction): None
        for link, statement in _told(path, kinds)
        if statement != indication
    }
    return tuple(
        Step(position, statement, direction, _NOT_STATED)
        for position, (statement, direction) in enumerate(found, start=1)
    )
