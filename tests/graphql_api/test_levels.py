from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.graphql_api.opening import ask, opened

from iatrograph.graphql import Prepared, Request
from iatrograph.model import Claim, Contribution, Entity, Source, Stance, StatementKey, claim_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

    from iatrograph.graphql import Context, GraphQL

PRIMITIVES = ("entities", "statements", "claims", "search", "statement", "explanations")
NESTED = """query ($first: Int) { condition(id: "pain") { treatments(first: $first) {
    totalCount nodes { __typename label mechanisms { nodes { label } } broader { label } }
    edges { support claims { stance source { title } onlyIf { label } statement { id } }
        node { label sideEffects { edges { conditionalOn { label } explanations { label }
            node { label mitigations { nodes { label ... on Therapy { iri } } } } } }
            ... on Drug { interactsWith { nodes { label } } } } } } } }"""


def claims(drugs: int) -> Iterator[Claim]:
    """Yield claims on drugs that all treat pain, may cause an effect each, and a cream helps."""
    for number in range(drugs):
        drug, effect = f"drug-{number}", f"effect-{number % 7}"
        for key in (
            StatementKey(drug, "treats", "pain"),
            StatementKey(drug, "hasSideEffect", effect),
            StatementKey(drug, "binds", f"target-{number % 3}"),
            StatementKey("cream", "mitigates", effect),
        ):
            qualifiers = {"evidenceLevel": ("trial",), "certainty": ("probable",)}
            if key.relation != "mitigates" or number < 7:
                yield Claim(claim_id(key, "one"), key, Stance.AFFIRMS, "one", qualifiers)


def ward(drugs: int) -> Contribution:
    """Return a graph of one condition with many treatments."""
    return Contribution(
        sources=(Source("one", "One", "paper"),),
        entities=(
            Entity("pain", "pain", ("Condition",)),
            Entity("cream", "cream", ("Therapy",)),
            *(Entity(f"drug-{n}", f"drug {n}", ("Drug",)) for n in range(drugs)),
            *(Entity(f"effect-{n}", f"effect {n}", ("Effect",)) for n in range(7)),
            *(Entity(f"target-{n}", f"target {n}", ("Target",)) for n in range(3)),
        ),
        claims=tuple(claims(drugs)),
    )


def counted(context: Context, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the calls of the primitives from now on."""
    calls: Counter[str] = Counter()
    tables = context.catalog.tables

    def counting(name: str, primitive: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            calls[name] += 1
            return primitive(*args, **kwargs)

        return call

    for name in PRIMITIVES:
        monkeypatch.setattr(tables, name, counting(name, getattr(tables, name)))
    return calls


def test_catalog_is_asked_once_per_level(graphql: GraphQL, monkeypatch: pytest.MonkeyPatch) -> None:
    """A nested query asks as often for a hundred objects as for one."""
    with opened(ward(100)) as context:
        calls = counted(context, monkeypatch)
        one = ask(graphql, context, NESTED, first=1)
        for_one = calls.copy()
        calls.clear()
        many = ask(graphql, context, NESTED, first=100)

    assert len(one["condition"]["treatments"]["edges"]) == 1
    assert len(many["condition"]["treatments"]["edges"]) == 100
    assert calls == for_one
    assert calls["statements"] == 5
    assert calls["claims"] == 1


def test_types_do_not_multiply_the_calls(graphql: GraphQL, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that several types share is asked once for all of them."""
    query = "{ entities(first: 100) { nodes { relatedTo { nodes { label broader { id } } } } } }"
    with opened(ward(5)) as context:
        calls = counted(context, monkeypatch)
        data = ask(graphql, context, query)

    assert len(data["entities"]["nodes"]) == 17
    assert calls == {"entities": 3, "statements": 1}


def test_shared_ends_are_made_once(graphql: GraphQL) -> None:
    """What stands in many places of an answer is the same in all of them."""
    query = """{ drugs(first: 100) { nodes { sideEffects { nodes { id mitigations {
        nodes { id } } } } } } }"""
    with opened(ward(50)) as context:
        drugs = ask(graphql, context, query)["drugs"]["nodes"]

    effects = [drug["sideEffects"]["nodes"][0] for drug in drugs]
    assert Counter(effect["id"] for effect in effects)["effect-0"] == 8
    assert all(e["mitigations"]["nodes"] == [{"id": "cream"}] for e in effects)


def objects_in(value: Any) -> int:
    """Count the objects of an answer, each as often as it stands there."""
    if isinstance(value, dict):
        return 1 + sum(map(objects_in, value.values()))
    return sum(map(objects_in, value)) if isinstance(value, list) else 0


def test_every_place_counts(graphql: GraphQL) -> None:
    """The size of an answer is counted as its reader will see it, shared objects each time."""
    with opened(ward(50)) as context:
        prepared = graphql.prepare(context, Request(NESTED, {"first": 50}))
        assert isinstance(prepared, Prepared)
        answer = prepared.run()

    assert prepared.projection.places == objects_in(answer.data) - 1
    assert prepared.projection.places <= prepared.cost
