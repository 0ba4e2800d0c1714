"""Hetionet v1.0 as published: its table of nodes and its edges in SIF."""

from iatrograph.importers.hetionet.contribution import hetionet

__all__ = ["hetionet"]
