"""A contribution of everything that breaks files: capitals, bars, controls, formulas, markup."""

from __future__ import annotations

from iatrograph.model import (
    Claim,
    Contribution,
    Entity,
    Reference,
    Source,
    Stance,
    StatementKey,
    claim_id,
)

KEY = StatementKey("infliximab", "treats", "mess:1")
DENIED = StatementKey("infliximab", "prevents", "mess:1")
TWIN = StatementKey("infliximab", "interactsWith", "twin")

ENTITIES = (
    Entity(
        "infliximab",
        "INFLIXIMAB",
        ("Drug",),
        synonyms=("INFLIXIMAB for MYOCARDIAL INFARCTION", "a | bar", "back\\slash"),
        definition='He said "<&>" \x00\x0b and left.\nA new line\tand a tab.',
        identifiers=("INF:1", "CHEBI:INF"),
        broader=("twin",),
    ),
    Entity("mess:1", "=1+1", ("Condition",), synonyms=("@cmd", "-5", "'=quoted")),
    Entity("twin", "=1+1", ("DrugClass",), definition="é 漢字 \U0001f48a"),
)

AWKWARD = Contribution(
    sources=(
        Source("one", "One | two", "article", licence="CC BY 4.0"),
        Source("two", "Two", "paper"),
    ),
    entities=ENTITIES,
    references=(Reference("ref", "A title, quoted"),),
    claims=(
        Claim(
            claim_id(KEY, "one"),
            KEY,
            Stance.AFFIRMS,
            "one",
            {
                "evidenceLevel": ("trial",),
                "certainty": ("probable",),
                "paraphrase": ("=HYPERLINK(1) | INFUSION\r\nsecond line",),
                "likelierWith": ("twin", "mess:1"),
                "citedReference": ("ref",),
            },
        ),
        Claim(
            claim_id(KEY, "two"),
            KEY,
            Stance.DENIES,
            "two",
            {"evidenceLevel": ("anecdote",), "certainty": ("not-stated",)},
        ),
        Claim(
            claim_id(DENIED, "two"),
            DENIED,
            Stance.DENIES,
            "two",
            {"evidenceLevel": ("review",), "certainty": ("definite",)},
        ),
        Claim(
            claim_id(TWIN, "two"),
            TWIN,
            Stance.AFFIRMS,
            "two",
            {
                "evidenceLevel": ("label",),
                "certainty": ("definite",),
                "onlyIf": ("mess:1",),
            },
        ),
    ),
)
