"""Building with data sets beside curated content, and telling what was joined."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iatrograph.cli.columns import Columns, with_columns
from iatrograph.cli.opening import DataDir, open_current
from iatrograph.cli.output import Json, print_json, print_line, print_table, say
from iatrograph.cli.progress import BuildProgress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from iatrograph.identity.joining import Identification
    from iatrograph.identity.links import Mapping
    from iatrograph.identity.reports import Report
    from iatrograph.importers.assembling import Assembly, Input
    from iatrograph.release import ReleaseInfo

Given = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        help="A data set beside it, as NAME=PATH, or as NAME where `iatrograph fetch` loaded it; "
        "may be given several times.",
    ),
]
Mappings = Annotated[
    list[Path] | None,
    typer.Option(
        help="File or folder of mappings between vocabularies (SSSOM and the like), or `mappings` "
        "where `iatrograph fetch` loaded them."
    ),
]
REJECTS = "rejects.jsonl"


class Wanted(NamedTuple):
    """What a build with data sets was asked for."""

    folder: Path
    given: Sequence[str]
    columns: Sequence[str]
    mappings: Sequence[Path]
    open_only: bool
    is_strict: bool


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="explain-identity")(explain_identity)
    app.command(name="sources")(list_sources)


def build_with(wanted: Wanted, data_dir: Path) -> ReleaseInfo:
    """Build a release of curated Turtle and data sets; rejects go to a file beside the releases.

    Raises what the importers and the build raise; with ``is_strict`` the first reject is an error.
    """
    from iatrograph.importers.assembling import assemble
    from iatrograph.rdf.curated import read_curated
    from iatrograph.release import build_release
    from iatrograph.vocabulary import ontology

    inputs = with_columns(inputs_of(wanted.given, data_dir), wanted.columns)
    words = ontology()
    curated = read_curated(wanted.folder, words).contribution
    path = data_dir / REJECTS
    with BuildProgress() as progress, _replaced(path) as file:
        assembly = assemble(
            curated,
            inputs,
            mappings_of(wanted.mappings, data_dir),
            words,
            open_only=wanted.open_only,
            rejects_file=file,
            is_strict=wanted.is_strict,
            heard=progress.file,
        )
        info = build_release(assembly.contributions, data_dir, words, progress)
    _tell(assembly, path)
    return info


@contextmanager
def _replaced(path: Path) -> Iterator[TextIO]:
    """Open a file that takes the place of the one there when all went well, and not before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            yield file
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def inputs_of(given: Sequence[str], data_dir: Path) -> list[Input]:
    """Return the data sets that ``NAME=PATH`` stands for, or ``NAME`` of what was fetched.

    Raises UnreadableFile where a set was not fetched.
    """
    from iatrograph.fetching import FILE_SETS, fetched
    from iatrograph.importers.assembling import Input

    found: list[Input] = []
    for text in given:
        name, _, path = text.partition("=")
        if name and path:
            found.append(Input(name, Path(path)))
        elif text in FILE_SETS and FILE_SETS[text].option == "--with":
            found.append(Input(text, fetched(FILE_SETS[text], data_dir)))
        else:
            sets = ", ".join(n for n, one in FILE_SETS.items() if one.option == "--with")
            reason = f"{text!r} is not NAME=PATH, nor a set that can be fetched ({sets})"
            raise typer.BadParameter(reason, param_hint="--with")
    return found


def mappings_of(paths: Sequence[Path], data_dir: Path) -> list[Mapping]:
    """Return all mappings of files and folders; a name of a set is one where no file has it.

    Raises UnreadableFile where a set was not fetched.
    """
    from iatrograph.fetching import FILE_SETS, fetched
    from iatrograph.identity.mappings import read_mappings

    places = [
        fetched(FILE_SETS[str(path)], data_dir)
        if str(path) in FILE_SETS and not path.exists()
        else path
        for path in paths
    ]
    files = [file for path in places for file in read_mappings(path)]
    for file in files:
        for reason, count in sorted(file.skipped.items()):
            text = f"{file.path.name}: {count:,} mappings left out: {reason}"
            say(text)
    return [same for file in files for same in file.mappings]


def _tell(assembly: Assembly, rejects: Path) -> None:
    """Say on stderr what was left out, and why."""
    for source in assembly.left_out:
        licence = source.licence or "no licence stated"
        say(f"left out {source.id}: {licence}")
    for name, found in assembly.rejects.items():
        for reason, count in sorted(found.counts.items()):
            say(f"{name}: {count:,} rejected: {reason}")
        if found.remarks:
            say(f"{name}: {'; '.join(sorted(found.remarks))}")
    for reason, count in sorted(assembly.dropped.items()):
        say(f"{count:,} claims dropped: {reason}")
    if any(found.counts for found in assembly.rejects.values()):
        say(f"every rejected row is in {rejects}")
    if assembly.identity.reports:
        count = len(assembly.identity.reports)
        text = f"{count:,} things look alike and were not joined, or were and look odd"
        told = "`iatrograph explain-identity`, given the same data sets, lists them"
        say(f"{text}; {told}")


def list_sources(*, data_dir: DataDir = None, as_json: Json = False) -> None:
    """List the sources of the current release, with licence, number of claims and origin."""
    sources = open_current(data_dir).info.sources
    if as_json:
        print_json([asdict(source) for source in sources])
        return
    print_table(
        ("source", "claims", "licence", "goes back to", "title"),
        (
            (s.id, f"{s.claims:,}", s.licence or "not stated", s.origin or "", s.title)
            for s in sources
        ),
    )


def explain_identity(
    name: Annotated[
        str | None,
        typer.Argument(help="An identifier, slug or CURIE; without it, all reports are listed."),
    ] = None,
    *,
    with_: Given = None,
    columns: Columns = None,
    mappings: Mappings = None,
    folder: Annotated[Path | None, typer.Option(help="Folder of curated Turtle.")] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Tell what is joined with an identifier, over which mapping, and what was kept apart.

    It looks at the curated graph and the data sets and mappings that are given, not at a release.
    """
    from iatrograph.importers.assembling import assemble
    from iatrograph.rdf.curated import read_curated
    from iatrograph.settings import load_settings
    from iatrograph.vocabulary import ontology, resource

    words, kept = ontology(), load_settings(data_dir=data_dir).data_dir
    curated = read_curated(folder or resource("graph"), words).contribution
    inputs = with_columns(inputs_of(with_ or (), kept), columns or ())
    same = mappings_of(mappings or (), kept)
    identity = assemble(curated, inputs, same, words).identity
    if name is None:
        _list_reports(identity.reports, as_json=as_json)
        return
    found = identity.explain(name)
    if as_json:
        print_json(_record(found))
        return
    print_line(found.canonical)
    for member in found.members:
        print_line(f"  = {member.id}")
        for link in member.links:
            print_line(f"      {link}")
    for report in found.reports:
        print_line(f"  {report}")


def _list_reports(reports: Sequence[Report], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [{"kind": one.kind, "ids": one.ids, "sentence": one.sentence} for one in reports]
        )
        return
    for report in reports:
        print_line(str(report))


def _record(found: Identification) -> dict[str, object]:
    return {
        "canonical": found.canonical,
        "members": [
            {"id": member.id, "links": [str(link) for link in member.links]}
            for member in found.members
        ],
        "reports": [str(report) for report in found.reports],
    }
