"""Curated content and data sets become contributions in which one thing has one id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from iatrograph.errors import NotFound
from iatrograph.identity.joining import join
from iatrograph.identity.rewriting import rewrite
from iatrograph.importers import IMPORTERS
from iatrograph.importers.kgx import Layout, kgx
from iatrograph.importers.licences import is_open
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.sharing import numbered, shared_sources
from iatrograph.model import Contribution
from iatrograph.model.conformance import Known
from iatrograph.validation.streams import ClaimCheck
from iatrograph.vocabulary import near_matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from iatrograph.archives import Heard
    from iatrograph.identity.joining import Identity
    from iatrograph.identity.links import Mapping as Same
    from iatrograph.importers.kgx import Table
    from iatrograph.model import Claim, Source
    from iatrograph.vocabulary import Ontology


class Input(NamedTuple):
    """A data set to be read: the name of its importer, and where its files are.

    ``columns`` says of files of KGX what their columns hold, where their headers do not.
    """

    importer: str
    path: Path
    columns: Mapping[Path, Table] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a build takes, and what was found on the way.

    The claims of ``contributions`` are streams that are read once; ``rejects`` (by data set) and
    ``dropped`` (claims that joining made empty or double, by reason) count while they are read.
    ``left_out`` are sources whose licence was not wanted.
    """

    contributions: tuple[Contribution, ...]
    identity: Identity
    rejects: Mapping[str, Rejects]
    dropped: Counter[str]
    left_out: tuple[Source, ...]


def assemble(
    curated: Contribution,
    inputs: Sequence[Input],
    mappings: Iterable[Same],
    ontology: Ontology,
    *,
    open_only: bool = False,
    rejects_file: TextIO | None = None,
    is_strict: bool = False,
    heard: Heard | None = None,
) -> Assembly:
    """Read data sets beside curated content and join what is the same.

    Claims of data sets that break the ontology are rejected. ``open_only`` leaves out sources whose
    licence is not open; ``is_strict`` makes the first reject an error; ``heard`` is told how far
    each file is read. Raises NotFound for an importer that does not exist, UnreadableFile where a
    data set is not what its importer reads, and InvalidGraph where two mean different things by the
    id of a source.
    """
    names = _names(inputs)
    rejects = {
        name: Rejects(name, rejects_file, is_strict=is_strict, heard=heard) for name in names
    }
    read = [_read(given, rejects[name]) for given, name in zip(inputs, names, strict=True)]
    shared = shared_sources([("the curated graph", curated), *zip(names, read, strict=True)])
    left_out = tuple(
        dict.fromkeys(
            source
            for part in read
            for source in part.sources
            if open_only and not is_open(source.licence)
        )
    )
    unwanted = frozenset(source.id for source in left_out)
    everything = [curated, *(_without(part, unwanted) for part in read)]
    everything = [replace(part, entities=tuple(part.entities)) for part in everything]
    identity = join((e for part in everything for e in part.entities), mappings, ontology)
    merged = identity.merged(e for part in everything for e in part.entities)
    known = Known(
        kinds={entity.id: entity.kinds for entity in merged},
        sources={source.id for part in everything for source in part.sources},
        references={work.id for part in everything for work in part.references},
    )
    dropped: Counter[str] = Counter()
    own, *others = (replace(rewrite(p, identity, dropped), entities=()) for p in everything)
    checked = [
        replace(part, claims=_sound(part.claims, ClaimCheck(known, ontology), rejects[name], given))
        for part, given, name in zip(others, inputs, names, strict=True)
    ]
    own = replace(own, claims=tuple(own.claims))  # few, and looked at twice
    parts = numbered(own, checked, shared, dropped)
    things = Contribution(sources=(), entities=merged, claims=())
    return Assembly((things, own, *parts), identity, rejects, dropped, left_out)


def _names(inputs: Sequence[Input]) -> list[str]:
    """Return what each data set is called in messages: its importer, with the path if need be."""
    several = Counter(importer for importer, *_ in inputs)
    return [
        f"{given.importer}={given.path}" if several[given.importer] > 1 else given.importer
        for given in inputs
    ]


def _read(given: Input, rejects: Rejects) -> Contribution:
    if given.importer not in IMPORTERS:
        near = near_matches(given.importer, IMPORTERS) or tuple(IMPORTERS)
        raise NotFound("importer", given.importer, near)
    if given.columns:
        return kgx(given.path, rejects, Layout(files=given.columns))
    return IMPORTERS[given.importer](given.path, rejects)


def _without(part: Contribution, sources: frozenset[str]) -> Contribution:
    """Return a contribution without what some of its sources say."""
    if not any(source.id in sources for source in part.sources):
        return part
    return replace(
        part,
        sources=tuple(source for source in part.sources if source.id not in sources),
        entities=() if all(source.id in sources for source in part.sources) else part.entities,
        claims=(claim for claim in part.claims if claim.source not in sources),
        explanations=tuple(e for e in part.explanations if e.source not in sources),
    )


def _sound(
    claims: Iterable[Claim], check: ClaimCheck, rejects: Rejects, given: Input
) -> Iterator[Claim]:
    """Pass on the claims that keep to the ontology; the others are rejected, with the rule."""
    for claim in claims:
        fault = check.first_fault(claim)
        if fault is None:
            yield claim
        else:
            reason = f"breaks the rule {fault.rule.value}"
            rejects.add(given.path, 0, reason, f"{claim.id}: {fault.message}")
