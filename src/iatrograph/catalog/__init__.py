"""The questions in domain words, asked of the primitives."""

from iatrograph.catalog.catalog import Catalog
from iatrograph.catalog.words import WORDS, Word

__all__ = ["WORDS", "Catalog", "Word"]
