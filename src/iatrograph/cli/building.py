"""``build``, ``releases`` with what it does to them, and ``activate``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from iatrograph.cli.columns import Columns
from iatrograph.cli.importing import Given, Mappings, Wanted, build_with
from iatrograph.cli.opening import DataDir, Folder
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


class Licence(StrEnum):
    """Which data sets are taken."""

    ANY = "any"
    OPEN = "open"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(build)
    releases = typer.Typer(invoke_without_command=True)
    releases.callback()(list_all)
    releases.command(name="activate")(activate)
    releases.command(name="prune")(prune)
    app.add_typer(releases, name="releases")
    app.command()(activate)


def build(
    folder: Folder = None,
    *,
    with_: Given = None,
    columns: Columns = None,
    mappings: Mappings = None,
    licence: Annotated[
        Licence, typer.Option(help="Leave out data sets whose licence is not open, or take any.")
    ] = Licence.ANY,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail at the first row that cannot be used.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Build a release from curated Turtle, and data sets beside it, and make it the current one."""
    from iatrograph.release import build_folder
    from iatrograph.settings import load_settings
    from iatrograph.vocabulary import resource

    settings = load_settings(data_dir=data_dir)
    start = folder or resource("graph")
    wanted = Wanted(
        start,
        with_ or (),
        columns or (),
        mappings or (),
        open_only=licence is Licence.OPEN,
        is_strict=strict,
    )
    try:
        if with_ or columns or mappings:
            info = build_with(wanted, settings.data_dir)
        else:
            with BuildProgress() as progress:
                info = build_folder(start, settings.data_dir, progress)
    except KeyboardInterrupt:
        say("stopped; nothing was changed: the release that was current stays")
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        print_json(info.as_dict())
        return
    counts = ", ".join(f"{count:,} {what}" for what, count in info.counts.items())
    print_line(f"release {info.id} is current: {counts}")


def list_all(context: typer.Context, *, data_dir: DataDir = None, as_json: Json = False) -> None:
    """List the releases of the data folder, the current one marked."""
    if context.invoked_subcommand is not None:
        return
    from iatrograph.release import current_release, list_releases
    from iatrograph.settings import load_settings

    settings = load_settings(data_dir=data_dir)
    current = current_release(settings.data_dir)
    rows = list_releases(settings.data_dir)
    if as_json:
        print_json(
            [
                {**info.as_dict(), "current": current is not None and current.name == info.folder}
                for info in rows
            ]
        )
        return
    if not rows:
        print_line(f"no release in {settings.data_dir} yet; `iatrograph build` makes one")
        return
    print_table(
        ("", "release", "built", "entities", "statements", "claims"),
        (
            (
                "*" if current is not None and current.name == info.folder else "",
                info.id,
                info.built_at,
                *(info.counts[what] for what in ("entities", "statements", "claims")),
            )
            for info in rows
        ),
    )


def activate(
    release: Annotated[str, typer.Argument(help="Id of the release, or the start of it.")],
    *,
    data_dir: DataDir = None,
) -> None:
    """Make a release the current one."""
    from iatrograph.release import activate as make_current
    from iatrograph.settings import load_settings

    info = make_current(load_settings(data_dir=data_dir).data_dir, release)
    print_line(f"release {info.id} is current")


def prune(
    *,
    keep: Annotated[
        int, typer.Option(min=0, help="How many of the latest stay beside the current one.")
    ] = 1,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Remove old releases, never the current one nor one that is being built.

    A server goes on with the release that it opened; restart it before its release is removed.
    """
    from iatrograph.release import prune as remove_old
    from iatrograph.settings import load_settings

    settings = load_settings(data_dir=data_dir)
    with BuildProgress() as progress:
        removed = remove_old(settings.data_dir, keep, progress)
    if as_json:
        print_json([{"release": gone.folder, "freedBytes": gone.freed_bytes} for gone in removed])
        return
    for gone in removed:
        print_line(f"release {gone.folder} is gone, {megabytes(gone.freed_bytes)}")
    freed = megabytes(sum(gone.freed_bytes for gone in removed))
    print_line(f"{len(removed)} removed, {freed} freed" if removed else "nothing to remove")
