"""The folder that holds the releases: which there are, which one is current, opening one.

::

    <data_dir>/current -> releases/<id>
    <data_dir>/releases/<id>/  store/  tables/  search.sqlite  release.json
    <data_dir>/build.lock

A release is never changed once it has its name. ``current`` is a symbolic link that is replaced in
one step, so whoever follows it finds a whole release.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iatrograph.errors import InvalidSetting, ReleaseUnavailable
from iatrograph.release.durable import flush_folder
from iatrograph.release.info import REMEDY, ReleaseInfo, read_info
from iatrograph.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASES: Final = "releases"
CURRENT: Final = "current"
STORE: Final = "store"
HIDDEN: Final = "."
"""What begins so is nobody's release: work of a build, or a link not yet in place."""


@dataclass(frozen=True, slots=True)
class Release:
    """An open release."""

    folder: Path
    info: ReleaseInfo
    tables: Tables

    @property
    def store_path(self) -> Path:
        """The folder of its Oxigraph store."""
        return self.folder / STORE


def current_release(data_dir: Path) -> Path | None:
    """Return the folder of the current release, None where there is none yet."""
    folder = (data_dir / CURRENT).resolve()
    return folder if folder.is_dir() and folder.name != CURRENT else None


def open_release(folder: Path) -> Release:
    """Open a release. Raises ReleaseUnavailable where this version cannot read it."""
    info = read_info(folder)
    if not (folder / STORE).is_dir():
        raise ReleaseUnavailable(folder, f"its store is missing; {REMEDY}")
    return Release(folder, info, Tables.open(folder))


def open_current(data_dir: Path) -> Release:
    """Open the current release. Raises ReleaseUnavailable where there is none to open."""
    folder = current_release(data_dir)
    if folder is None:
        raise ReleaseUnavailable(data_dir, "has no current release; run `iatrograph build`")
    return open_release(folder)


def list_releases(data_dir: Path) -> list[ReleaseInfo]:
    """Return the releases that this version can read, the latest first."""
    return sorted(_readable(data_dir), key=lambda info: (info.built_at, info.folder), reverse=True)


def _readable(data_dir: Path) -> Iterator[ReleaseInfo]:
    for folder in release_folders(data_dir):
        try:
            yield read_info(folder)
        except ReleaseUnavailable:
            continue


def release_folders(data_dir: Path) -> list[Path]:
    """Return the folders of all releases, those of other versions too."""
    try:
        folders = sorted((data_dir / RELEASES).iterdir())
    except OSError:
        return []
    return [path for path in folders if path.is_dir() and not path.name.startswith(HIDDEN)]


def activate(data_dir: Path, release: str) -> ReleaseInfo:
    """Make a release current, given its id, the start of it, or its folder's name.

    Raises ReleaseUnavailable where none or several are so called or this version cannot read it,
    and InvalidSetting where the folder cannot be written.
    """
    folders = release_folders(data_dir)
    named = [folder for folder in folders if folder.name == release]
    starting = named or [
        folder for folder in folders if release and folder.name.startswith(release)
    ]
    if len(starting) != 1:
        there = ", ".join(folder.name for folder in starting or folders) or "none"
        what = "more than one" if starting else "no"
        raise ReleaseUnavailable(data_dir, f"has {what} release {release!r}; there are: {there}")
    info = read_info(starting[0])
    point_to(data_dir, info.folder)
    return info


def point_to(data_dir: Path, folder: str) -> None:
    """Put the link to a release in place of the one before, in one step.

    Raises InvalidSetting where the folder cannot be written.
    """
    link = data_dir / f"{HIDDEN}{CURRENT}-{secrets.token_hex(4)}"
    try:
        link.symlink_to(Path(RELEASES) / folder, target_is_directory=True)
        os.replace(link, data_dir / CURRENT)  # noqa: PTH105  # replaces a link to a folder
        flush_folder(data_dir)
    except OSError as error:
        raise unwritable(data_dir, error) from error


def unwritable(data_dir: Path, error: OSError) -> InvalidSetting:
    """Return the error that says the folder of releases cannot be written."""
    reason = f"{error.strerror or error}; name a folder that can be written"
    return InvalidSetting("data_dir", str(data_dir), reason)
