from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.curated_graphs import KNOWN, WORDS, curated

from iatrograph.model import Claim, Contribution, Stance, StatementKey
from iatrograph.model.conformance import claim_faults, statement_faults
from iatrograph.validation.streams import ClaimCheck


def spoiled(claim: Claim, way: int) -> Claim:
    """Return the claim with a fault, or as it is."""
    subject, relation, value = claim.statement
    return [
        claim,
        replace(claim, source="nobody"),
        replace(claim, id="x"),
        replace(claim, knowledge_level="guess"),
        replace(claim, qualifiers={**claim.qualifiers, "certainty": ("sure",)}),
        replace(claim, qualifiers={**claim.qualifiers, "hedge": (" may",)}),
        replace(claim, qualifiers={**claim.qualifiers, "onlyIf": ("nothing",)}),
        replace(claim, qualifiers={**claim.qualifiers, "frequencyLow": ("5%",)}),
        replace(claim, qualifiers={k: v for k, v in claim.qualifiers.items() if k != "certainty"}),
        replace(claim, statement=StatementKey(value, relation, subject)),
        replace(claim, statement=StatementKey(subject, relation, subject)),
        replace(claim, statement=StatementKey(subject, "relieves", value)),
        replace(
            claim,
            stance=Stance.DENIES,
            qualifiers={**claim.qualifiers, "frequency": ("rare",)},
        ),
    ][way]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(curated(), st.data())
def test_the_quick_check_says_what_the_rules_say(
    contribution: Contribution, data: st.DataObject
) -> None:
    """Of every claim, right or spoiled, in whatever order they come."""
    check = ClaimCheck(KNOWN, WORDS)
    for claim in contribution.claims:
        tried = spoiled(claim, data.draw(st.integers(0, 12)))
        faults = [
            *statement_faults(tried.statement, KNOWN, WORDS),
            *claim_faults(tried, KNOWN, WORDS),
        ]
        for _ in range(2):
            assert check.first_fault(tried) == (faults[0] if faults else None)
