from __future__ import annotations

import pytest
from tests.graphql_api.opening import ask

from iatrograph.graphql import DISCLAIMER, Context, GraphQL, Request


@pytest.mark.parametrize(
    "name",
    ["testol", "https://w3id.org/iatrograph/id/testol", "Testol", "\u03b1-testol", "CHEBI:1"],
)
def test_entity_has_many_names(graphql: GraphQL, context: Context, name: str) -> None:
    """An entity is found by identifier, IRI, label, synonym and CURIE of the same thing."""
    data = ask(graphql, context, "query ($n: ID!) { drug(id: $n) { id } }", n=name)

    assert data == {"drug": {"id": "testol"}}


def test_entity_tells_about_itself(graphql: GraphQL, context: Context) -> None:
    """All that is known of an entity can be asked."""
    query = """{ drug(id: "testol") { __typename id iri label synonyms definition identifiers
        kinds roles broader { __typename id } } }"""

    assert ask(graphql, context, query)["drug"] == {
        "__typename": "Drug",
        "id": "testol",
        "iri": "https://w3id.org/iatrograph/id/testol",
        "label": "testol",
        "synonyms": ["\u03b1-testol"],
        "definition": None,
        "identifiers": ["CHEBI:1"],
        "kinds": ["Drug"],
        "roles": [],
        "broader": [{"__typename": "DrugClass", "id": "testols"}],
    }


@pytest.mark.parametrize(
    ("field", "near"), [("drug", ["testol"]), ("condition", []), ("entity", ["testol"])]
)
def test_unknown_entity_is_null_with_near_matches(
    graphql: GraphQL, context: Context, field: str, near: list[str]
) -> None:
    """What nothing is called is null, and the error says what may have been meant."""
    answer = graphql.answer(context, Request(f'{{ asked: {field}(id: "testll") {{ id }} }}'))

    assert answer.data == {"asked": None}
    (error,) = answer.errors
    assert error["path"] == ["asked"]
    assert error["locations"] == [{"line": 1, "column": 3}]
    assert error["extensions"]["code"] == "NotFound"
    assert error["extensions"]["near"][:1] == near


def test_entity_of_another_kind_is_not_found(graphql: GraphQL, context: Context) -> None:
    """A condition is not a drug."""
    answer = graphql.answer(context, Request('{ drug(id: "fever") { id } }'))

    assert answer.data == {"drug": None}


def test_mechanism_of_a_drug(graphql: GraphQL, context: Context) -> None:
    """The word mechanisms covers narrower relations: an agonist acts on its receptor."""
    data = ask(graphql, context, '{ drug(id: "testol") { mechanisms { nodes { label } } } }')

    assert data == {"drug": {"mechanisms": {"nodes": [{"label": "test receptor"}]}}}


def test_relations_read_both_ways(graphql: GraphQL, context: Context) -> None:
    """A relation and its backward field give the same statement."""
    query = """{
        drug(id: "testol") { hasSideEffect { edges { id node { id } } } }
        effect(id: "rash") { sideEffectOf { edges { id node { id } } } }
    }"""
    data = ask(graphql, context, query)

    (forward,) = data["drug"]["hasSideEffect"]["edges"]
    (backward,) = data["effect"]["sideEffectOf"]["edges"]
    assert forward == {"id": "testol.hasSideEffect.rash", "node": {"id": "rash"}}
    assert backward == {"id": "testol.hasSideEffect.rash", "node": {"id": "testol"}}


def test_condition_to_mitigations_without_fragments(graphql: GraphQL, context: Context) -> None:
    """The chain from a condition to what helps against side effects is one plain query."""
    query = """{ condition(id: "fever") { treatments { nodes { label
        sideEffects { nodes { label mitigations { nodes { label } } } } } } } }"""
    data = ask(graphql, context, query)

    (drug,) = data["condition"]["treatments"]["nodes"]
    (effect,) = drug["sideEffects"]["nodes"]
    assert (drug["label"], effect["label"]) == ("testol", "rash")
    assert effect["mitigations"]["nodes"] == [{"label": "soothing cream"}]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("", ["soothing-cream"]),
        ("asserted: true", ["soothing-cream"]),
        ("asserted: false", ["slow-start"]),
        ("asserted: null", ["soothing-cream", "slow-start"]),
        ("asserted: null, minSupport: 7", ["soothing-cream"]),
        ("asserted: null, minSupport: 8", []),
        ("asserted: null, relation: prevents", ["slow-start"]),
        ("asserted: null, relation: addresses", ["soothing-cream", "slow-start"]),
        ("asserted: null, relation: influences", []),
        ("asserted: null, contested: true", []),
        ("asserted: null, contested: false", ["soothing-cream", "slow-start"]),
        ("asserted: null, stance: affirms", ["soothing-cream", "slow-start"]),
        ("asserted: null, stance: denies", []),
        ("asserted: null, first: 1", ["soothing-cream"]),
        ('asserted: null, first: 1, after: "1"', ["slow-start"]),
        ("asserted: null, first: 0", []),
    ],
)
def test_filters(graphql: GraphQL, context: Context, filters: str, found: list[str]) -> None:
    """Each filter leaves out what it says; without any, direct edges are shown."""
    arguments = f"({filters})" if filters else ""
    query = f'{{ effect(id: "rash") {{ mitigations{arguments} {{ nodes {{ id }} }} }} }}'

    nodes = ask(graphql, context, query)["effect"]["mitigations"]["nodes"]

    assert [node["id"] for node in nodes] == found


def test_same_field_twice_with_other_arguments(graphql: GraphQL, context: Context) -> None:
    """Aliases keep two uses of one field apart, fragments join them."""
    query = """query ($yes: Boolean!) { effect(id: "rash") {
        ...Sure
        all: mitigations(asserted: null) { totalCount @skip(if: $yes) nodes { id } }
        ... on Entity { ... on Drug { iri } }
        ... on Finding { label @include(if: $yes) }
        sure: mitigations { totalCount } } }
        fragment Sure on Effect { sure: mitigations { nodes { id } } }"""

    assert ask(graphql, context, query, yes=True)["effect"] == {
        "sure": {"nodes": [{"id": "soothing-cream"}], "totalCount": 1},
        "all": {"nodes": [{"id": "soothing-cream"}, {"id": "slow-start"}]},
        "label": "rash",
    }


def test_statement_is_told_whole(graphql: GraphQL, context: Context) -> None:
    """A statement shows both sides, its weight, its conditions and its claims."""
    query = """query ($id: ID!) { statement(id: $id) { __typename id iri subject { id } relation
        object { id } support opposition claimCount lineageCount asserted contested
        possibleConfoundingByIndication
        conditionalOn { id } claims { id stance } denied: claims(stance: denies) { id } } }"""

    assert ask(graphql, context, query, id="testol.hasSideEffect.rash")["statement"] == {
        "__typename": "SingleStatement",
        "id": "testol.hasSideEffect.rash",
        "iri": "https://w3id.org/iatrograph/statement/testol.hasSideEffect.rash",
        "subject": {"id": "testol"},
        "relation": "hasSideEffect",
        "object": {"id": "rash"},
        "support": 2,
        "opposition": 1,
        "claimCount": 2,
        "lineageCount": 2,
        "asserted": True,
        "contested": True,
        "possibleConfoundingByIndication": False,
        "conditionalOn": [],
        "claims": [
            {"id": "testol.hasSideEffect.rash.one", "stance": "affirms"},
            {"id": "testol.hasSideEffect.rash.two", "stance": "denies"},
        ],
        "denied": [{"id": "testol.hasSideEffect.rash.two"}],
    }


def test_conditional_statement_names_its_condition(graphql: GraphQL, context: Context) -> None:
    """What holds only for some says for whom."""
    query = '{ statement(id: "slow-start.prevents.rash") { asserted conditionalOn { id } } }'

    assert ask(graphql, context, query)["statement"] == {
        "asserted": False,
        "conditionalOn": [{"id": "testol"}],
    }


def test_claim_is_told_whole(graphql: GraphQL, context: Context) -> None:
    """A claim shows stance, source, wording and every condition it was made under."""
    query = """{ claim(id: "testol.hasSideEffect.rash.one") { id iri stance
        statement { id } source { id title kind { key } identifier }
        certainty { key label weight iri } evidenceLevel { key weight } hedge
        likelierWith { __typename id } onlyIf { id } frequency { key } paraphrase locator
        knowledgeLevel agentType } }"""

    assert ask(graphql, context, query)["claim"] == {
        "id": "testol.hasSideEffect.rash.one",
        "iri": "https://w3id.org/iatrograph/claim/testol.hasSideEffect.rash.one",
        "stance": "affirms",
        "statement": {"id": "testol.hasSideEffect.rash"},
        "source": {
            "id": "one",
            "title": "First invented source",
            "kind": {"key": "article"},
            "identifier": "one.txt",
        },
        "certainty": {
            "key": "possible",
            "label": "possible",
            "weight": 2,
            "iri": "https://w3id.org/iatrograph/ns#cert-possible",
        },
        "evidenceLevel": {"key": "editorial", "weight": 2},
        "hedge": "may",
        "likelierWith": [{"__typename": "Context", "id": "old-age"}],
        "onlyIf": [],
        "frequency": None,
        "paraphrase": "A rash may come with testol.",
        "locator": "paragraph 2",
        "knowledgeLevel": "knowledge_assertion",
        "agentType": "manual_agent",
    }


def test_risk_factor_is_derived_with_its_claim(graphql: GraphQL, context: Context) -> None:
    """What makes a side effect likelier is a risk factor of the drug, by the claim that says so."""
    query = """{ drug(id: "testol") { riskFactors { edges { id node { id roles }
        claims { id } } } } }"""

    assert ask(graphql, context, query)["drug"]["riskFactors"]["edges"] == [
        {
            "id": "old-age.modifiesRiskOf.testol",
            "node": {"id": "old-age", "roles": ["RiskFactor"]},
            "claims": [{"id": "testol.hasSideEffect.rash.one"}],
        }
    ]


@pytest.mark.parametrize(
    "place",
    [
        '{ found: statement(id: "testol.treats.fever") { explanations { ...E } } }',
        '{ found: drug(id: "testol") { explanations { ...E } } }',
        '{ found: condition(id: "fever") { explanations { ...E } } }',
    ],
)
def test_explanation_has_ordered_steps(graphql: GraphQL, context: Context, place: str) -> None:
    """Why a drug works is asked of the statement, of the drug or of the condition."""
    query = """fragment E on Explanation { id iri label certainty { key } hedge paraphrase locator
        source { id } explains { id } steps { position statement { id } direction { key }
        certainty { key } } }"""

    assert ask(graphql, context, place + query)["found"]["explanations"] == [
        {
            "id": "testol-fever",
            "iri": "https://w3id.org/iatrograph/explanation/testol-fever",
            "label": "how testol treats fever",
            "certainty": {"key": "speculative"},
            "hedge": "is thought to",
            "paraphrase": "Through the test receptor.",
            "locator": "paragraph 4",
            "source": {"id": "one"},
            "explains": [{"id": "testol.treats.fever"}],
            "steps": [
                {
                    "position": 1,
                    "statement": {"id": "testol.agonistOf.test-receptor"},
                    "direction": {"key": "unsigned"},
                    "certainty": {"key": "definite"},
                }
            ],
        }
    ]


def test_node_finds_whatever_has_an_id(graphql: GraphQL, context: Context) -> None:
    """Ids are unique over entities, statements and claims; an unknown one is null in its place."""
    ids = [
        "testol",
        "nobody",
        "testol.treats.fever",
        "testol.treats.fever.one",
        "testol.treats.nothing",
        "testol.treats.fever.nobody",
        "..",
        "",
    ]
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ...L } }
        fragment L on Entity { label }"""

    assert ask(graphql, context, query, ids=ids)["nodes"] == [
        {"__typename": "Drug", "id": "testol", "label": "testol"},
        None,
        {"__typename": "SingleStatement", "id": "testol.treats.fever"},
        {"__typename": "Claim", "id": "testol.treats.fever.one"},
        None,
        None,
        None,
        None,
    ]
    assert ask(graphql, context, '{ node(id: "fever") { id } }') == {"node": {"id": "fever"}}
    answer = graphql.answer(context, Request('{ node(id: "x.y.z") { id } }'))
    assert answer.errors[0]["message"].startswith("no node 'x.y.z'")


@pytest.mark.parametrize(
    "field", ["statement", "claim", "explanation", "source", "reference", "node"]
)
def test_unknown_ids_are_null_with_an_error(graphql: GraphQL, context: Context, field: str) -> None:
    """Nothing but null comes of an id that nothing has."""
    answer = graphql.answer(context, Request(f'{{ {field}(id: "nope") {{ id }} }}'))

    assert answer.data == {field: None}
    assert [error["extensions"]["code"] for error in answer.errors] == ["NotFound"]


def test_lists_by_class_and_role(graphql: GraphQL, context: Context) -> None:
    """The root lists entities of every class and in every role, by name."""
    query = """{ drugs { totalCount nodes { id } } interventions { nodes { id } }
        mitigations { nodes { __typename id } } riskFactors { edges { cursor node { id } } }
        adverseEffects { nodes { id } } findings { nodes { id } } routes { totalCount } }"""

    assert ask(graphql, context, query) == {
        "drugs": {"totalCount": 1, "nodes": [{"id": "testol"}]},
        "interventions": {
            "nodes": [
                {"id": "slow-start"},
                {"id": "soothing-cream"},
                {"id": "testol"},
                {"id": "testols"},
            ]
        },
        "mitigations": {"nodes": [{"__typename": "Therapy", "id": "soothing-cream"}]},
        "riskFactors": {"edges": [{"cursor": "1", "node": {"id": "old-age"}}]},
        "adverseEffects": {"nodes": [{"id": "rash"}]},
        "findings": {"nodes": [{"id": "fever"}, {"id": "rash"}]},
        "routes": {"totalCount": 0},
    }


def test_search_ranks_and_forgives(graphql: GraphQL, context: Context) -> None:
    """The best match is first, kinds narrow, and a typing error still finds."""
    query = """query ($text: String!, $kinds: [Kind!]) { search(text: $text, kinds: $kinds) {
        entity { id } matched score } }"""

    found = ask(graphql, context, query, text="testol")["search"]
    assert [hit["entity"]["id"] for hit in found] == ["testol", "testols"]
    assert found[0]["score"] == 1.0

    found = ask(graphql, context, query, text="testol", kinds=["DrugClass"])["search"]
    assert [hit["entity"]["id"] for hit in found] == ["testols"]

    found = ask(graphql, context, query, text="tetsol")["search"]
    assert [hit["entity"]["id"] for hit in found][:1] == ["testol"]


def test_care_paths_are_explained(graphql: GraphQL, context: Context) -> None:
    """A path shows who is on it, what each step rests on, and its score taken apart."""
    query = """{ carePaths(condition: "fever", first: 1) { totalCount nodes {
        condition { id } drug { id } effect { id } mitigation { id }
        score { weakestEvidence degreeWeight length } sentence
        steps { subject { id } relation object { id } conditional weight
            statements { id } claims { id source { title } } } } } }"""
    data = ask(graphql, context, query)["carePaths"]

    assert data["totalCount"] == 2
    (path,) = data["nodes"]
    assert [path[name]["id"] for name in ("condition", "drug", "effect")] == [
        "fever",
        "testol",
        "rash",
    ]
    assert path["score"]["length"] == 3
    assert path["score"]["weakestEvidence"] == 2
    assert 0 < path["score"]["degreeWeight"] <= 1
    assert "estol" in path["sentence"]
    first = path["steps"][0]
    assert first["statements"] == [{"id": "testol.treats.fever"}]
    assert first["claims"] == [
        {"id": "testol.treats.fever.one", "source": {"title": "First invented source"}}
    ]


def test_conditional_step_is_marked(graphql: GraphQL, context: Context) -> None:
    """A mitigation that is said to work only for the drug on the path stands there, marked."""
    query = """{ carePaths(drug: "testol", mitigation: "slow start") {
        nodes { mitigation { id } steps { conditional } } } }"""

    (path,) = ask(graphql, context, query)["carePaths"]["nodes"]
    assert path["mitigation"] == {"id": "slow-start"}
    assert [step["conditional"] for step in path["steps"]] == [False, False, True]


def test_care_paths_of_nothing(graphql: GraphQL, context: Context) -> None:
    """Paths need something to pass through, and an unknown name has near matches."""
    for query, code in (
        ("{ carePaths { totalCount } }", "InvalidRequest"),
        ('{ carePaths(drug: "testoll") { totalCount } }', "NotFound"),
    ):
        answer = graphql.answer(context, Request(query))
        assert answer.data == {"carePaths": None}
        assert answer.errors[0]["extensions"]["code"] == code


def test_release_says_what_is_asked(graphql: GraphQL, context: Context) -> None:
    """Every answer can name its release, what it holds and what it is not."""
    query = "{ release { id version built disclaimer counts { name value } sources { id } } }"

    assert ask(graphql, context, query)["release"] == {
        "id": context.release.id,
        "version": "0.1.0",
        "built": "2026-01-02T03:04:05Z",
        "disclaimer": DISCLAIMER,
        "counts": [{"name": "entities", "value": 8}, {"name": "claims", "value": 6}],
        "sources": [{"id": "one"}, {"id": "two"}],
    }


def test_ontology_can_be_asked(graphql: GraphQL, context: Context) -> None:
    """Relations and schemes come as the ontology has them."""
    query = """{ relations { name label inverseLabel broader domain range symmetric derived
        conflictsWith } schemes { name concepts { key weight } } }"""
    data = ask(graphql, context, query)
    words = context.ontology

    assert [r["name"] for r in data["relations"]] == list(words.relations)
    agonist = next(r for r in data["relations"] if r["name"] == "agonistOf")
    assert agonist["broader"] == ["binds", "actsOn", "influences"]
    assert [s["name"] for s in data["schemes"]] == list(words.schemes)
