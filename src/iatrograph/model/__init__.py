"""The values that everything else is made of: entities, statements, claims, sources, paths."""

from iatrograph.model.claim import Claim, Stance, claim_id
from iatrograph.model.contribution import Contribution
from iatrograph.model.entity import Entity
from iatrograph.model.explanation import Explanation, Step
from iatrograph.model.path import Path, PathPage, PathStep, Score
from iatrograph.model.question import Direction, SearchHit, StatementFilter, StatementPage
from iatrograph.model.source import Reference, Source
from iatrograph.model.statement import Statement, StatementKey

__all__ = [
    "Claim",
    "Contribution",
    "Direction",
    "Entity",
    "Explanation",
    "Path",
    "PathPage",
    "PathStep",
    "Reference",
    "Score",
    "SearchHit",
    "Source",
    "Stance",
    "Statement",
    "StatementFilter",
    "StatementKey",
    "StatementPage",
    "Step",
    "claim_id",
]
