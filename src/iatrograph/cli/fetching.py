"""``fetch``: loading public file sets, and telling which there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iatrograph.cli.opening import DataDir
from iatrograph.cli.output import (
    INTERRUPTED,
    Json,
    megabytes,
    print_json,
    print_line,
    print_table,
    say,
)
from iatrograph.cli.progress import BuildProgress

if TYPE_CHECKING:
    from iatrograph.fetching import FileSet


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(fetch)


def fetch(
    name: Annotated[
        str | None, typer.Argument(help="Name of the file set; without it, all are listed.")
    ] = None,
    *,
    to: Annotated[
        Path | None,
        typer.Option(help="Folder for the files; `downloads/NAME` in the data folder if left out."),
    ] = None,
    is_list: Annotated[
        bool, typer.Option("--list", help="List the file sets and load nothing.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Load a public file set, each file from a pinned address and with a pinned hash.

    A download that was stopped goes on where it stopped. What is there already is not loaded again.
    """
    from iatrograph.fetching import FILE_SETS, downloads
    from iatrograph.settings import load_settings

    kept = load_settings(data_dir=data_dir).data_dir
    if name is None or is_list:
        _list_all(kept, as_json=as_json)
        return
    if name not in FILE_SETS:
        raise typer.BadParameter(_unknown(name), param_hint="name")
    wanted, own = FILE_SETS[name], downloads(kept, name)
    folder = to or own
    loaded = _load(wanted, folder, may_replace=folder == own)
    if as_json:
        print_json({**_record(wanted, folder), "loaded": loaded})
        return
    what = f"{len(wanted.files)} files" if len(wanted.files) > 1 else "1 file"
    print_line(f"{name}: {what}, {megabytes(wanted.size)}, in {folder}")
    print_line(f"`iatrograph build {_use(wanted, folder if to else None)}` takes it")


def _load(wanted: FileSet, folder: Path, *, may_replace: bool) -> list[str]:
    """Load what is missing, with what forbids its use told first; return the names loaded."""
    from iatrograph import fetching
    from iatrograph.fetching.download import Told

    if wanted.notice:
        say(f"{wanted.title}: {wanted.notice} ({wanted.licence})")
    try:
        with fetching.open_client() as client, BuildProgress() as progress:
            told = Told(lambda file, done, size: progress.file(folder / file, done, size), say)
            files = fetching.fetch(client, wanted, folder, told, may_replace=may_replace)
    except KeyboardInterrupt:
        say(f"stopped; what was loaded stays in {folder}, and the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None
    return [file.name for file in files]


def _list_all(data_dir: Path, *, as_json: bool) -> None:
    from iatrograph.fetching import FILE_SETS, downloads, missing

    sets = [(one, downloads(data_dir, name)) for name, one in FILE_SETS.items()]
    if as_json:
        print_json([_record(one, folder) for one, folder in sets])
        return
    print_table(
        ("name", "size", "files there", "folder", "home", "licence"),
        (
            (
                one.name,
                megabytes(one.size),
                f"{len(one.files) - len(missing(one, folder))} of {len(one.files)}",
                folder,
                one.home,
                one.licence,
            )
            for one, folder in sets
        ),
    )


def _record(wanted: FileSet, folder: Path) -> dict[str, object]:
    from iatrograph.fetching import missing

    return {
        "name": wanted.name,
        "title": wanted.title,
        "home": wanted.home,
        "licence": wanted.licence,
        "notice": wanted.notice,
        "folder": str(folder),
        "files": [
            {"name": f.name, "address": f.address, "bytes": f.size, "sha256": f.sha256}
            for f in wanted.files
        ],
        "missing": [file.name for file in missing(wanted, folder)],
    }


def _use(wanted: FileSet, folder: Path | None) -> str:
    """Return how `build` is told of a set, in its own folder (None) or another."""
    if folder is None:
        return f"{wanted.option} {wanted.name}"
    lead = f"{wanted.name}=" if wanted.option == "--with" else ""
    return f"{wanted.option} {lead}{folder}"


def _unknown(name: str) -> str:
    from iatrograph.fetching import FILE_SETS
    from iatrograph.vocabulary.near import did_you_mean

    hint = did_you_mean(name, FILE_SETS) or f"; there are: {', '.join(FILE_SETS)}"
    return f"no file set {name!r}{hint}"
