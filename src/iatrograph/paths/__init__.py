"""Typed paths, the best first, each explained by the claims it rests on."""

from iatrograph.paths.care import CARE, care_paths
from iatrograph.paths.pattern import Hop, Pattern
from iatrograph.paths.search import find_paths

__all__ = ["CARE", "Hop", "Pattern", "care_paths", "find_paths"]
