"""Which identifiers mean one thing, and which only look alike."""

from iatrograph.identity.joining import Identification, Identity, Member, join
from iatrograph.identity.links import Link, Mapping, Strength
from iatrograph.identity.mappings import MappingFile, read_mappings
from iatrograph.identity.reports import Report, ReportKind
from iatrograph.identity.rewriting import rewrite
from iatrograph.identity.spelling import spelled

__all__ = [
    "Identification",
    "Identity",
    "Link",
    "Mapping",
    "MappingFile",
    "Member",
    "Report",
    "ReportKind",
    "Strength",
    "join",
    "read_mappings",
    "rewrite",
    "spelled",
]
