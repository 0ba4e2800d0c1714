"""Builds releases: contributions in, one more folder of releases out, made current when whole."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np

import iatrograph
from iatrograph.errors import ReleaseUnavailable
from iatrograph.rdf.curated import read_curated
from iatrograph.release import directory, fingerprint
from iatrograph.release.derivation import derive
from iatrograph.release.info import LicensedSource, ReleaseInfo, is_bundled, read_info, write_info
from iatrograph.release.triples import Triples, lines_in
from iatrograph.release.workspace import publish, workspace
from iatrograph.store.loading import load_store
from iatrograph.tables import Tables, arrow
from iatrograph.tables.intake import Intake, take_in
from iatrograph.tables.layout import FORMAT_VERSION
from iatrograph.tables.writer import write_tables
from iatrograph.vocabulary import ontology, resource
from iatrograph.vocabulary.reading import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from iatrograph.model import Contribution
    from iatrograph.release.directory import Release
    from iatrograph.release.triples import Text
    from iatrograph.tables.intake import Progress
    from iatrograph.vocabulary import Ontology

GIVEN: Final = "given.nt"
DERIVED: Final = "derived.nt"
"""Triples on their way into the store; gone when they are in it."""


def open_or_build(data_dir: Path, progress: Progress | None = None) -> Release:
    """Open the current release; build the bundled one where there is none, or an outdated one.

    A release that somebody built from other files stays as it is. Raises ReleaseUnavailable where
    such a release cannot be read by this version, and all that a build raises.
    """
    folder = directory.current_release(data_dir)
    if folder is not None and not _is_outdated(folder):
        return directory.open_release(folder)
    build_bundled(data_dir, progress)
    return directory.open_current(data_dir)


def _is_outdated(folder: Path) -> bool:
    """Whether it is the bundled graph, but not as this version would build it."""
    try:
        info = read_info(folder)
    except ReleaseUnavailable:
        if is_bundled(folder):
            return True
        raise
    return info.is_bundled and info.inputs != fingerprint.inputs_hash(resource("graph"))


def build_bundled(data_dir: Path, progress: Progress | None = None) -> ReleaseInfo:
    """Build the graph that ships with Iatrograph; see ``build_folder``."""
    return build_folder(resource("graph"), data_dir, progress)


def build_folder(folder: Path, data_dir: Path, progress: Progress | None = None) -> ReleaseInfo:
    """Build a release of a folder of curated Turtle and make it current.

    A release of the very same files is made current without building. Raises UnreadableFile and
    InvalidGraph for faulty files, and InvalidSetting where ``data_dir`` cannot be written.
    """
    inputs = fingerprint.inputs_hash(folder)
    for info in directory.list_releases(data_dir):
        if info.inputs == inputs:
            directory.point_to(data_dir, info.folder)
            return info
    words = ontology()
    contribution = read_curated(folder, words).contribution
    is_ours = folder.resolve() == resource("graph").resolve()
    return _Build(data_dir, words, progress, inputs, is_bundled=is_ours).run([contribution])


def build_release(
    contributions: Sequence[Contribution],
    data_dir: Path,
    ontology: Ontology,
    progress: Progress | None = None,
) -> ReleaseInfo:
    """Build a release of contributions and make it current; reuse one of the same content.

    ``progress`` is told stage, done and total (None where it is not known). Where two contributions
    bring the same entity, the earlier one names it; otherwise order means nothing. Raises
    InvalidGraph for claims about what nobody defines, and InvalidSetting where ``data_dir`` cannot
    be written.
    """
    return _Build(data_dir, ontology, progress, "", is_bundled=False).run(contributions)


def _silent(stage: str, done: int, total: int | None) -> None:
    del stage, done, total


class _Build:
    """One build, from contributions to the current release."""

    def __init__(
        self,
        data_dir: Path,
        ontology: Ontology,
        progress: Progress | None,
        inputs: str,
        *,
        is_bundled: bool,
    ) -> None:
        self.data_dir, self.ontology, self.progress = data_dir, ontology, progress or _silent
        self.inputs, self.is_bundled = inputs, is_bundled

    def run(self, contributions: Sequence[Contribution]) -> ReleaseInfo:
        with workspace(self.data_dir, self.progress) as folder:
            intake = self._write_tables(folder, contributions)
            content = self._write_given(folder, intake)
            info = self._known(content)
            if info is None:
                info = self._complete(folder, content, intake)
                publish(folder, info.folder)
            directory.point_to(self.data_dir, info.folder)
        return info

    def _write_tables(self, folder: Path, contributions: Sequence[Contribution]) -> Intake:
        """Write the tables, and return what else is to be known of what was taken in."""
        intake = take_in(contributions, self.ontology, self.progress, folder)
        derived = derive(intake, self.ontology)
        write_tables(folder, intake, *derived, self.ontology, self.progress)
        return intake.without_claims()

    def _write_given(self, folder: Path, intake: Intake) -> str:
        content = fingerprint.ContentHash()
        with closing(Tables.open(folder)) as tables, (folder / GIVEN).open("wb") as file:
            made = Triples(intake, tables, self.ontology)
            for text in self._counted(made.given(), "triples", made.given_parts):
                content.add(text)
                file.write(text)
        return content.finish()

    def _counted(self, texts: Iterable[Text], stage: str, parts: int) -> Iterable[Text]:
        """Pass texts of triples on, and report how many lines are done of how many there may be.

        ``parts`` is about how many texts there are.
        """
        done = 0
        for number, text in enumerate(texts, start=1):
            done += lines_in(text)
            self.progress(stage, done, done * max(number, parts) // number)
            yield text
        self.progress(stage, done, done)

    def _known(self, content: str) -> ReleaseInfo | None:
        """Return a release of the same content by the same code, if there is one."""
        made_by = fingerprint.builder()
        for info in directory.list_releases(self.data_dir):
            if (info.content_sha256, info.builder) == (content, made_by):
                return info
        return None

    def _complete(self, folder: Path, content: str, intake: Intake) -> ReleaseInfo:
        self._write_derived(folder, intake)
        arrow.release_memory()  # loading needs all there is to have
        triples = self._load(folder)
        with closing(Tables.open(folder)) as tables:
            info = self._describe(content, intake, tables, triples)
        write_info(folder, info)
        return info

    def _write_derived(self, folder: Path, intake: Intake) -> None:
        with closing(Tables.open(folder)) as tables, (folder / DERIVED).open("wb") as file:
            made = Triples(intake, tables, self.ontology)
            file.writelines(self._counted(made.derived(), "derived triples", made.derived_parts))

    def _load(self, folder: Path) -> int:
        given, derived = folder / GIVEN, folder / DERIVED
        words = [resource("ontology") / name for name in FILES]
        triples = load_store(folder / directory.STORE, [*words, given, derived], self.progress)
        given.unlink()
        derived.unlink()
        return triples

    def _describe(self, content: str, intake: Intake, tables: Tables, triples: int) -> ReleaseInfo:
        identifier = content[: fingerprint.ID_DIGITS]
        return ReleaseInfo(
            id=identifier,
            folder=self._free_name(identifier),
            content_sha256=content,
            counts={**tables.counts, "triples": triples},
            sources=_licensed(intake, tables),
            ontology_version=self.ontology.version,
            iatrograph_version=iatrograph.__version__,
            format_version=FORMAT_VERSION,
            builder=fingerprint.builder(),
            inputs=self.inputs,
            is_bundled=self.is_bundled,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _free_name(self, identifier: str) -> str:
        taken = {folder.name for folder in directory.release_folders(self.data_dir)}
        name, number = identifier, 1
        while name in taken:
            number += 1
            name = f"{identifier}-{number}"
        return name


def _licensed(intake: Intake, tables: Tables) -> tuple[LicensedSource, ...]:
    """Return the sources with the number of claims read in each."""
    places = arrow.array_of(tables.claim_columns.column("source"))
    counts = np.bincount(places, minlength=len(intake.sources))
    return tuple(
        LicensedSource(source.id, source.title, source.licence, int(count), source.origin)
        for source, count in zip(intake.sources, counts, strict=True)
    )
