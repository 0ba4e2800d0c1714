"""GEXF 1.3 for Gephi: every attribute of entities, statements and claims, in a stream.

What Gephi Desktop and Gephi Lite do with a file decides its form: one ``attributes`` block a class,
readable attribute ids, a ``kind`` on every edge (parallel edges are merged otherwise), unique edge
ids, weights above zero, the literal prefix ``viz:``, only directed edges (mixed ones are dropped),
lists joined by a bar, no empty values, and no ``INF`` in any text (see ``safe_text``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iatrograph.exporters import xml
from iatrograph.exporters.gexf_columns import EdgeColumns, node_columns, node_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iatrograph.exporters.content import Content, Stated
    from iatrograph.exporters.gexf_columns import Column
    from iatrograph.model import Entity

NAMESPACES: Final = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz"}
NO_SUPPORT_WEIGHT: Final = 0.5
"""Weight of an edge without support: below every evidence weight, but drawn."""

PIECE: Final = 1 << 16

# Okabe and Ito's colours, told apart by most people; one hue a family of kinds.
COLOURS: Final = {
    "Drug": (0, 114, 178),
    "DrugClass": (86, 180, 233),
    "Therapy": (0, 158, 115),
    "Condition": (213, 94, 0),
    "Effect": (230, 159, 0),
    "Target": (204, 121, 167),
    "Process": (170, 68, 153),
    "Context": (240, 228, 66),
}
OTHER_COLOUR: Final = (153, 153, 153)

_INF: Final = re.compile(r"\S*INF\S*")


def gexf(content: Content) -> Iterator[bytes]:
    """Yield a GEXF file: entities are nodes, statements are edges from subject to object."""
    return _pieces(_lines(content))


def safe_text(text: str) -> str:
    """Return the text without ``INF``, which Gephi rewrites to ``Infinity`` wherever it stands.

    A word that has it loses its capitals; an identifier or address is percent-encoded instead.

    >>> safe_text("INFLIXIMAB for MYOCARDIAL INFARCTION, https://example.org/INF")
    'Infliximab for MYOCARDIAL Infarction, https://example.org/%49NF'
    """
    return _INF.sub(_without_inf, text) if "INF" in text else text


def _without_inf(match: re.Match[str]) -> str:
    word = match.group()
    if ":" in word or "/" in word:
        return word.replace("INF", "%49NF")
    return word.capitalize()


def _pieces(lines: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _lines(content: Content) -> Iterator[str]:
    edges = EdgeColumns(content)
    yield xml.DECLARATION
    yield xml.start("gexf", {**NAMESPACES, "version": "1.3"}) + "\n"
    yield _meta(content)
    yield xml.start("graph", {"defaultedgetype": "directed", "idtype": "string"}) + "\n"
    yield _attributes("node", node_columns())
    yield _attributes("edge", edges.columns)
    yield "<nodes>\n"
    yield from map(_node, content.entities)
    yield "</nodes>\n<edges>\n"
    for stated in content.statements:
        yield _edge(content, stated, edges.values(stated))
    yield "</edges>\n</graph>\n</gexf>\n"


def _meta(content: Content) -> str:
    return xml.element(
        "meta",
        {},
        xml.element("creator", {}, "Iatrograph")
        + xml.element("keywords", {}, "drug, side effect, mitigation, evidence")
        + xml.element("description", {}, xml.text(content.about())),
    )


def _attributes(name: str, columns: Iterable[Column]) -> str:
    declared = "".join(
        xml.element("attribute", {"id": c.name, "title": c.name, "type": c.type}) for c in columns
    )
    return xml.element("attributes", {"class": name}, declared) + "\n"


def _node(entity: Entity) -> str:
    red, green, blue = COLOURS.get(entity.kinds[0], OTHER_COLOUR)
    colour = {"r": str(red), "g": str(green), "b": str(blue)}
    inner = _values(node_values(entity)) + xml.element("viz:color", colour)
    return xml.element("node", {"id": entity.id, "label": _token(entity.label)}, inner) + "\n"


def _edge(content: Content, stated: Stated, values: Mapping[str, str]) -> str:
    statement = stated.statement
    relation = content.ontology.relations[statement.key.relation]
    attributes = {
        "id": statement.key.id,
        "source": statement.key.subject,
        "target": statement.key.object,
        "type": "directed",
        "kind": relation.name,
        "label": relation.label,
        "weight": str(float(statement.support or NO_SUPPORT_WEIGHT)),
    }
    return xml.element("edge", attributes, _values(values)) + "\n"


def _values(values: Mapping[str, str]) -> str:
    written = "".join(
        [
            f'<attvalue for="{name}" value={xml.quoted(safe_text(value))}/>'
            for name, value in values.items()
            if value
        ]
    )
    return xml.element("attvalues", {}, written)


def _token(label: str) -> str:
    return " ".join(label.split())
