"""What can be asked of a release: names resolved, relations closed over the narrower ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.errors import NotFound
from iatrograph.model import Direction, StatementFilter
from iatrograph.vocabulary import contract, iri_of, near_matches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iatrograph.model import (
        Claim,
        Entity,
        Explanation,
        Reference,
        SearchHit,
        Source,
        Statement,
        StatementKey,
        StatementPage,
    )
    from iatrograph.tables import Tables
    from iatrograph.tables.ragged import Ints, Rows
    from iatrograph.tables.statement_index import Links
    from iatrograph.vocabulary import Ontology

_ANY: Final = StatementFilter()
_SUGGESTIONS: Final = 5


class Catalog:
    """A release and the ontology that tells how to read it.

    Class names mean the class with all below it: ``Intervention`` covers drugs, drug classes and
    therapies, ``Effect`` covers adverse effects. Relation names mean the relation with all narrower
    ones; ``relatedTo`` means all of them.
    """

    def __init__(self, tables: Tables, ontology: Ontology) -> None:
        """Take the tables of a release and the ontology."""
        self.tables, self.ontology = tables, ontology
        self._classes_below = {
            name: frozenset(c.name for c in ontology.classes.values() if name in c.ancestors)
            for name in ontology.classes
        }
        self._members: dict[str, tuple[str, ...]] = {}

    # ---------- names

    def resolve(self, name: str, kinds: frozenset[str] | None = None) -> Entity:
        """Return the entity of a slug, CURIE, IRI, label or synonym, of one of the classes.

        Of several with that name the one with a label so spelled wins, then the one with most
        statements. Raises NotFound with near matches.
        """
        found = [e for e in self.entities(self._ids_of(name)) if e is not None]
        for entity in found:
            if kinds is None or any(self.is_a(entity, kind) for kind in kinds):
                return entity
        wanted = " or ".join(sorted(kinds)) if kinds else "entity"
        if found:
            raise NotFound(wanted, name, other_kind=", ".join(found[0].kinds))
        near = tuple(hit.label for hit in self.search(name, kinds, _SUGGESTIONS))
        raise NotFound(wanted, name, near)

    def _ids_of(self, name: str) -> tuple[str, ...]:
        """Return the ids of a name; ``id:gabapentin``, as in SPARQL, is a name too."""
        return self.tables.lookup(name) or self.tables.lookup(contract(iri_of(name)))

    def search(
        self, text: str, kinds: frozenset[str] | None = None, limit: int = 10
    ) -> list[SearchHit]:
        """Return the entities whose names match best, of one of the classes.

        Raises NotFound for a class that does not exist.
        """
        wanted = kinds and frozenset().union(*map(self.classes_below, kinds))
        return self.tables.search(text, wanted, limit)

    def classes_below(self, name: str) -> frozenset[str]:
        """Return a class and those below it. Raises NotFound with near matches."""
        if name not in self._classes_below:
            raise NotFound("class", name, near_matches(name, self._classes_below))
        return self._classes_below[name]

    def relations_below(self, name: str) -> frozenset[str]:
        """Return a relation and the narrower ones. Raises NotFound with near matches."""
        descendants = self.ontology.descendants
        if name not in descendants:
            raise NotFound("relation", name, near_matches(name, descendants))
        return descendants[name]

    def is_a(self, entity: Entity, name: str) -> bool:
        """Tell whether an entity is of a class, be it a kind, a role or one above them."""
        return not self.classes_below(name).isdisjoint((*entity.kinds, *entity.roles))

    def members(self, name: str) -> tuple[str, ...]:
        """Return the ids of all entities of a class, by label. Raises NotFound."""
        if name not in self._members:
            found: set[str] = set()
            for cls in self.classes_below(name):
                found.update(self.tables.by_role(cls), self.tables.by_kind(cls))
            self._members[name] = tuple(sorted(found, key=lambda one: (self.label(one), one)))
        return self._members[name]

    def label(self, identifier: str) -> str:
        """Return the label of an entity. Raises NotFound."""
        try:
            return self.tables.label(identifier)
        except KeyError:
            raise NotFound("entity", identifier) from None

    def relation_label(self, name: str, direction: Direction = Direction.OUT) -> str:
        """Return how a relation reads, forwards or backwards. Raises NotFound."""
        relation = self.ontology.relations.get(name)
        if relation is None:
            raise NotFound("relation", name, near_matches(name, self.ontology.relations))
        return relation.label if direction is Direction.OUT else relation.inverse_label

    # ---------- statements and what is behind them

    def statements(
        self,
        ids: Sequence[str],
        relation: str,
        direction: Direction,
        filters: StatementFilter = _ANY,
        first: int | None = None,
        after: int = 0,
    ) -> list[StatementPage]:
        """Return a page of statements for each id, of the relation and the narrower ones.

        Raises NotFound for a relation that does not exist.
        """
        relations = self.relations_below(relation)
        return self.tables.statements(ids, relations, direction, filters, first, after)

    def links(self, entity_rows: Rows, relation: str, direction: Direction) -> Links:
        """Return all statements at rows of entities, of the relation and the narrower ones.

        Raises NotFound for a relation that does not exist.
        """
        return self.tables.links(entity_rows, self.relations_below(relation), direction)

    def degrees(self, relation: str, direction: Direction) -> Ints:
        """Return for every entity how many asserted statements it has, narrower ones counted.

        Raises NotFound for a relation that does not exist.
        """
        return self.tables.degrees(self.relations_below(relation), direction)

    def statements_of(self, identifier: str, relation: str = "relatedTo") -> tuple[Statement, ...]:
        """Return all statements about one entity, those with it as the subject first."""
        found: dict[StatementKey, Statement] = {}
        for direction in Direction:
            (page,) = self.statements([identifier], relation, direction)
            for statement in page.statements:
                found.setdefault(statement.key, statement)
        return tuple(found.values())

    def entities(self, ids: Sequence[str]) -> list[Entity | None]:
        """Return the entities of these ids, None where there is none."""
        return self.tables.entities(ids)

    def claims(self, keys: Sequence[StatementKey]) -> list[tuple[Claim, ...]]:
        """Return the claims on each statement, by id; those it derives from, of a derived one."""
        return self.tables.claims(keys)

    def statement(self, keys: Sequence[StatementKey]) -> list[Statement | None]:
        """Return the statement of each key, None where there is none."""
        return self.tables.statement(keys)

    def explanations(self, keys: Sequence[StatementKey]) -> list[tuple[Explanation, ...]]:
        """Return the explanations of each statement."""
        return self.tables.explanations(keys)

    @property
    def sources(self) -> Mapping[str, Source]:
        """All sources by id."""
        return self.tables.sources

    @property
    def references(self) -> Mapping[str, Reference]:
        """All references by id."""
        return self.tables.references

    def source(self, identifier: str) -> Source:
        """Return a source. Raises NotFound with near matches."""
        if identifier not in self.sources:
            raise NotFound("source", identifier, near_matches(identifier, self.sources))
        return self.sources[identifier]

    def reference(self, identifier: str) -> Reference:
        """Return a reference. Raises NotFound with near matches."""
        if identifier not in self.references:
            raise NotFound("reference", identifier, near_matches(identifier, self.references))
        return self.references[identifier]
