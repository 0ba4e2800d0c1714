"""A release as tables: memory-mapped columns, offsets and a search index, written once."""

from iatrograph.tables.reader import Tables

__all__ = ["Tables"]
