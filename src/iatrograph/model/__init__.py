"""The values that everything else is made of: entities, statements, claims, sources, paths."""

from iatrograph.model.claim import Claim, Stance, claim_id
from iatrograph.model.contribution import Contribution
from iatrograph.model.entity import Entity
from iatrograph.model.explanation import Explanation, Step
from iatrograph.model.path import Path, PathStep, Score
from iatrograph.model.source import Reference, Source
from iatrograph.model.statement import Statement, StatementKey

__all__ = [
    "Claim",
    "Contribution",
    "Entity",
    "Explanation",
    "Path",
    "PathStep",
    "Reference",
    "Score",
    "Source",
    "Stance",
    "Statement",
    "StatementKey",
    "Step",
    "claim_id",
]
