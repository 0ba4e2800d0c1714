"""Releases: built from contributions, kept side by side, one of them current, never changed."""

from iatrograph.release.build import build_bundled, build_folder, build_release, open_or_build
from iatrograph.release.directory import (
    Release,
    activate,
    current_release,
    list_releases,
    open_current,
    open_release,
)
from iatrograph.release.info import ReleaseInfo
from iatrograph.release.pruning import Pruned, prune

__all__ = [
    "Pruned",
    "Release",
    "ReleaseInfo",
    "activate",
    "build_bundled",
    "build_folder",
    "build_release",
    "current_release",
    "list_releases",
    "open_current",
    "open_or_build",
    "open_release",
    "prune",
]
