from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_introspection_query,
)
from tests.graphql_api.opening import ask

from iatrograph.graphql import DISCLAIMER, Context, GraphQL, schema_text
from iatrograph.graphql.building import build, graphql_schema
from iatrograph.graphql.schema import COMMAND, specification
from iatrograph.graphql.ways import camel_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iatrograph.vocabulary import Ontology


@pytest.fixture(scope="module")
def schema(ontology: Ontology) -> GraphQLSchema:
    """Return the schema as graphql-core sees it."""
    return graphql_schema(build(specification(ontology)))


def fields_of(schema: GraphQLSchema, name: str) -> set[str]:
    """Return the names of the fields of a type."""
    type_ = schema.type_map[name]
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    return set(type_.fields)


def parts(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    """Yield everything that can have a description, with its place."""
    for name, type_ in schema.type_map.items():
        if name.startswith("__"):
            continue
        yield name, type_
        for field_name, field in getattr(type_, "fields", {}).items():
            yield f"{name}.{field_name}", field
            for argument_name, argument in field.args.items():
                yield f"{name}.{field_name}({argument_name})", argument
        for value_name, value in getattr(type_, "values", {}).items():
            yield f"{name}.{value_name}", value


def test_reference_is_current(ontology: Ontology, checkout: Path) -> None:
    """The schema in the reference is what the ontology gives today."""
    written = (checkout / "docs" / "reference" / "schema.graphql").read_text("utf-8")

    assert schema_text(ontology) == written, f"the ontology changed: run `{COMMAND}`"


def test_everything_is_described(schema: GraphQLSchema) -> None:
    """Every type, field, argument and enum value says what it is."""
    assert not [place for place, part in parts(schema) if not part.description]


def test_schema_says_what_it_is_not(schema: GraphQLSchema) -> None:
    """The description of the schema carries the disclaimer."""
    assert DISCLAIMER in (schema.description or "")


def test_nothing_can_be_changed_or_followed(schema: GraphQLSchema) -> None:
    """There are neither mutations nor subscriptions."""
    assert schema.mutation_type is None
    assert schema.subscription_type is None


def test_every_class_has_a_type(schema: GraphQLSchema, ontology: Ontology) -> None:
    """Concrete classes are object types, the classes above them interfaces, roles an enum."""
    for cls in ontology.classes.values():
        if cls.is_role:
            assert cls.name not in schema.type_map
        else:
            kind = GraphQLObjectType if cls.is_concrete else GraphQLInterfaceType
            assert isinstance(schema.type_map[cls.name], kind)
            assert camel_case(cls.label) in fields_of(schema, "Query")


def test_relations_stand_where_they_fit(schema: GraphQLSchema, ontology: Ontology) -> None:
    """A relation is a field of the classes of its domain, backwards of those of its range."""
    for relation in ontology.relations.values():
        domain, range_ = (ontology.kind_of_role(c) for c in (relation.domain, relation.range))
        backwards = relation.name if relation.is_symmetric else camel_case(relation.inverse_label)
        for cls in ontology.classes.values():
            if not cls.is_role:
                fields = fields_of(schema, cls.name)
                fits_both = {relation.name: domain in cls.ancestors}
                fits_both[backwards] = fits_both.get(backwards, False) or range_ in cls.ancestors
                for name, fits in fits_both.items():
                    assert (name in fields) == fits, (cls.name, name)


def test_every_qualifier_is_a_field(schema: GraphQLSchema, ontology: Ontology) -> None:
    """No dimension of a claim is lost."""
    assert set(ontology.qualifiers) <= fields_of(schema, "Claim")


def test_users_words(schema: GraphQLSchema) -> None:
    """What users say stands beside the relations."""
    drug = {"sideEffects", "effects", "mechanisms", "riskFactors"}
    condition = {"treatments", "mitigations", "riskFactors"}
    lists = {"drugs", "conditions", "effects", "mitigations", "riskFactors", "adverseEffects"}

    assert drug <= fields_of(schema, "Drug")
    assert condition <= fields_of(schema, "Condition")
    assert lists <= fields_of(schema, "Query")


def test_new_relation_needs_no_code(ontology: Ontology) -> None:
    """A relation that is added to the ontology is a field in both directions."""
    model = ontology.relations["treats"]
    added = replace(model, name="soothes", inverse_label="soothed by", ancestors=("soothes",))
    wider = replace(ontology, relations={**ontology.relations, "soothes": added})

    schema = graphql_schema(build(specification(wider)))

    assert "soothes" in fields_of(schema, "Therapy")
    assert "soothedBy" in fields_of(schema, "Effect")
    assert "soothes" not in fields_of(schema, "Effect")


def test_introspection_is_on(graphql: GraphQL, context: Context) -> None:
    """Tools can read the schema, also beside data and through fragments."""
    data = ask(graphql, context, get_introspection_query())
    assert "Drug" in {t["name"] for t in data["__schema"]["types"]}

    data = ask(
        graphql,
        context,
        """query ($n: String!) { drug(id: "testol") { label } t: __type(name: $n) { ...T }
            __typename } fragment T on __Type { name kind }""",
        n="Drug",
    )
    assert data == {
        "drug": {"label": "testol"},
        "t": {"name": "Drug", "kind": "OBJECT"},
        "__typename": "Query",
    }
