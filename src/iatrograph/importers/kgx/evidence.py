"""What kind of evidence an edge offers, by what it says of the knowledge and of who made it.

A prediction, a co-occurrence, a statistical association and whatever a program read or computed is
computed; an observation is a report; what people put into a database is its text without further
basis. Where neither is said the claim weighs less than a curated one and more than a computed one.
"""

from __future__ import annotations

from typing import Final

from iatrograph.model.conformance import AGENT_TYPES, KNOWLEDGE_LEVELS

NOT_PROVIDED: Final = "not_provided"

_COMPUTED_LEVELS: Final = frozenset(
    {"prediction", "text_co_occurrence", "statistical_association", "logical_entailment"}
)
_PROGRAMS: Final = frozenset(
    {
        "automated_agent",
        "data_analysis_pipeline",
        "computational_model",
        "text_mining_agent",
        "image_processing_agent",
    }
)


def evidence_level(knowledge_level: str, agent_type: str) -> str:
    """Return the notation of the evidence level."""
    if knowledge_level in _COMPUTED_LEVELS:
        return "computed"
    if knowledge_level == "observation":
        return "case-report"
    if agent_type in _PROGRAMS:
        return "computed"
    if knowledge_level == agent_type == NOT_PROVIDED:
        return "editorial"
    return "opinion"


def known_level(text: str) -> str | None:
    """Return a knowledge level of Biolink, ``not_provided`` for none, None for what is none."""
    return text or NOT_PROVIDED if text in ("", *KNOWLEDGE_LEVELS) else None


def known_agent(text: str) -> str | None:
    """Return an agent type of Biolink, ``not_provided`` for none, None for what is none."""
    return text or NOT_PROVIDED if text in ("", *AGENT_TYPES) else None
