"""The rules and the primitives once more, plainly: values in lists, every rule as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iatrograph.model import (
    Claim,
    Contribution,
    Direction,
    Stance,
    Statement,
    StatementFilter,
    StatementKey,
    StatementPage,
)
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = ontology()
WEIGHTS = {c.key: c.weight or 0 for c in WORDS.schemes["EvidenceScheme"].concepts}


def weight(claim: Claim) -> int:
    """Return the weight of a claim's evidence."""
    return WEIGHTS[claim.qualifiers["evidenceLevel"][0]]


def best(claims: Iterable[Claim]) -> int | None:
    """Return the best weight."""
    return max(map(weight, claims), default=None)


class Oracle:
    """A contribution read by the letter of the rules."""

    def __init__(self, contribution: Contribution) -> None:
        self.entities = {entity.id: entity for entity in contribution.entities}
        self.origins = {source.id: source.origin for source in contribution.sources}
        self.claims = sorted(contribution.claims, key=lambda claim: claim.id)
        told = [
            key
            for why in contribution.explanations
            for key in (*why.explains, *(step.statement for step in why.steps))
        ]
        self.keys = sorted({*(claim.statement for claim in self.claims), *told})
        self.statements: dict[StatementKey, Statement] = {k: self.summary(k) for k in self.keys}
        self.derived_from = self.risk_modifiers()
        for key, claims in self.derived_from.items():
            lineages = len({self.origin(claim) for claim in claims})
            self.statements[key] = Statement(
                key, best(claims), None, len(claims), lineages, True, False
            )

    def on(self, key: StatementKey) -> list[Claim]:
        """Return the claims on a statement that count."""
        return [c for c in self.claims if c.statement == key and not c.is_deprecated]

    def origin(self, claim: Claim) -> tuple[str, str]:
        """Return what claims of one lineage share."""
        for stated in (claim.one("lineage"), self.origins[claim.source]):
            if stated is not None:
                return "reference", stated
        return "source", claim.source

    def broader(self, key: StatementKey) -> list[StatementKey]:
        """Return the statement and those of broader relations."""
        above = WORDS.relations[key.relation].ancestors
        return [StatementKey(key.subject, name, key.object) for name in above]

    def narrower(self, key: StatementKey) -> list[StatementKey]:
        """Return the statement and those of narrower relations."""
        below = WORDS.descendants[key.relation]
        return [StatementKey(key.subject, name, key.object) for name in sorted(below)]

    def opposition(self, key: StatementKey) -> int | None:
        """Return the weight against: denial descends."""
        return best(
            claim
            for above in self.broader(key)
            for claim in self.on(above)
            if claim.stance is not Stance.AFFIRMS and not claim.is_conditional
        )

    def support(self, key: StatementKey) -> int | None:
        """Return the weight for: affirmation rises from what itself holds."""
        found = []
        for below in self.narrower(key):
            against = self.opposition(below)
            for claim in self.on(below):
                if claim.stance is Stance.AFFIRMS and not claim.is_conditional:
                    own = below == key
                    if own or against is None or weight(claim) >= against:
                        found.append(claim)
        return best(found)

    def is_contested(self, key: StatementKey) -> bool:
        """Tell whether claims meet that cannot both be right."""
        affirmed = any(
            c.stance is Stance.AFFIRMS for below in self.narrower(key) for c in self.on(below)
        )
        opposed = any(
            c.stance is not Stance.AFFIRMS for above in self.broader(key) for c in self.on(above)
        )
        own = {claim.stance for claim in self.on(key)}
        return (affirmed and opposed) or {Stance.DENIES, Stance.MIXED} <= own

    def is_confounded(self, key: StatementKey) -> bool:
        """Tell whether a harm has an affirmed use of the same subject against the same object."""
        uses = (StatementKey(key.subject, r, key.object) for r in WORDS.descendants["addresses"])
        return "mayCause" in WORDS.relations[key.relation].ancestors and any(
            claim.stance is Stance.AFFIRMS for use in uses for claim in self.on(use)
        )

    def summary(self, key: StatementKey) -> Statement:
        """Return a statement that is claimed."""
        support, opposition = self.support(key), self.opposition(key)
        conditions = {
            entity
            for claim in self.on(key)
            if claim.stance is Stance.AFFIRMS
            for entity in claim.many("onlyIf")
        }
        return Statement(
            key=key,
            support=support,
            opposition=opposition,
            claim_count=sum(claim.statement == key for claim in self.claims),
            lineage_count=len({self.origin(claim) for claim in self.on(key)}),
            is_asserted=support is not None and (opposition is None or support >= opposition),
            is_contested=self.is_contested(key),
            conditional_on=tuple(sorted(conditions)),
            possible_confounding_by_indication=self.is_confounded(key),
        )

    def risk_modifiers(self) -> dict[StatementKey, list[Claim]]:
        """Return the derived statements and the claims they come from."""
        found: dict[StatementKey, list[Claim]] = {}
        for key in self.keys:
            kinds = self.entities[key.subject].kinds
            is_intervention = any("Intervention" in WORDS.classes[k].ancestors for k in kinds)
            above = WORDS.relations[key.relation].ancestors
            is_harm = "mayCause" in above or "worsens" in above
            if not (is_intervention and is_harm and self.statements[key].is_asserted):
                continue
            for claim in self.on(key):
                for risk in {*claim.many("likelierWith"), *claim.many("worseWith")}:
                    if claim.stance is Stance.AFFIRMS:
                        derived = StatementKey(risk, "modifiesRiskOf", key.subject)
                        found.setdefault(derived, []).append(claim)
        return found

    # ---------- the primitives

    def claims_of(self, key: StatementKey) -> tuple[Claim, ...]:
        """Return the claims on a statement, by statement and id."""
        found = self.derived_from.get(key, [c for c in self.claims if c.statement == key])
        return tuple(sorted(found, key=lambda claim: (claim.statement, claim.id)))

    def page(
        self,
        identifier: str,
        relations: frozenset[str],
        direction: Direction,
        filters: StatementFilter,
        first: int | None,
        after: int,
    ) -> StatementPage:
        """Return a page of the statements of one entity."""
        found = [
            statement
            for statement in self.statements.values()
            if statement.key.relation in relations
            and identifier in self.near_ends(statement.key, direction)
            and self.passes(statement, filters)
        ]
        found.sort(key=lambda statement: self.place(statement, identifier))
        end = None if first is None else after + first
        return StatementPage(len(found), tuple(found[after:end]))

    def near_ends(self, key: StatementKey, direction: Direction) -> tuple[str, ...]:
        """Return the entities under which a statement is found."""
        if WORDS.relations[key.relation].is_symmetric:
            return key.subject, key.object
        return (key.subject,) if direction is Direction.OUT else (key.object,)

    def place(self, statement: Statement, identifier: str) -> tuple[object, ...]:
        """Return what statements are ordered by."""
        key = statement.key
        other = key.object if key.subject == identifier else key.subject
        support = -1 if statement.support is None else statement.support
        return -support, self.entities[other].label, key.relation, other, key

    def passes(self, statement: Statement, filters: StatementFilter) -> bool:
        """Tell whether a statement is wanted."""
        stances = {c.stance for c in self.claims_of(statement.key) if not c.is_deprecated}
        wanted: Mapping[str, bool] = {
            "min_support": filters.min_support is None
            or (statement.support is not None and statement.support >= filters.min_support),
            "is_asserted": filters.is_asserted in (None, statement.is_asserted),
            "is_contested": filters.is_contested in (None, statement.is_contested),
            "stances": not filters.stances or bool(filters.stances & stances),
        }
        return all(wanted.values())
