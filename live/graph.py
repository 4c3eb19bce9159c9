"""Who was seen with whom, as a graph for Gephi and its like: GEXF, GraphML or a table of edges.

An edge stands for time in the same conversations and nothing else; the owner is not in the graph,
since the owner would be tied to everybody.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from notworking import cards
from notworking.output import guarded
from notworking.queries import query

if TYPE_CHECKING:
    import duckdb

#: XML 1.0 has no place for these, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATTRIBUTES = {
    "owner_id": "integer",
    "person_id": "integer",
    "class": "string",
    "ring": "integer",
    "strength": "double",
    "alive": "double",
    "company": "string",
    "title": "string",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A person as one owner knows them."""

    owner_id: int
    person_id: int
    name: str
    values: dict[str, object]

    @property
    def key(self) -> str:
        """Name of the node in the file."""
        return f"{self.owner_id}-{self.person_id}"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two people seen together."""

    one: str
    other: str
    weight: float


@dataclass(frozen=True, slots=True)
class Graph:
    """People and who was seen with whom."""

    nodes: list[Node]
    edges: list[Edge]


def read(con: duckdb.DuckDBPyConnection, choice: cards.Choice) -> Graph:
    """Return the graph of the people chosen."""
    wanted = cards.chosen(con, choice.only, choice.owner_id)
    values = {"owner": choice.owner_id}
    nodes = []
    for owner_id, person_id, name, *rest in con.execute(query("graph_nodes"), values).fetchall():
        if person_id in wanted:
            held = dict(zip(list(_ATTRIBUTES)[2:], rest, strict=True))
            told = {"owner_id": owner_id, "person_id": person_id, **held}
            nodes.append(Node(owner_id, person_id, name or f"person {person_id}", told))
    known = {node.key for node in nodes}
    edges = [
        Edge(f"{owner_id}-{one}", f"{owner_id}-{other}", round(weight, 6))
        for owner_id, one, other, weight in con.execute(query("graph_edges"), values).fetchall()
    ]
    return Graph(nodes, [e for e in edges if e.one in known and e.other in known])


def text(graph: Graph, layout: str) -> str:
    """Return the graph as ``gexf``, ``graphml`` or ``edges``."""
    return {"gexf": _gexf, "graphml": _graphml, "edges": _edges}[layout](graph)


def _gexf(graph: Graph) -> str:
    root = Xml.Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    body = Xml.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    heads = Xml.SubElement(body, "attributes", {"class": "node"})
    for name, kind in _ATTRIBUTES.items():
        Xml.SubElement(heads, "attribute", {"id": name, "title": name, "type": kind})
    nodes = Xml.SubElement(body, "nodes")
    for node in graph.nodes:
        item = Xml.SubElement(nodes, "node", {"id": node.key, "label": _clean(node.name)})
        held = Xml.SubElement(item, "attvalues")
        for name, value in node.values.items():
            if value is not None:
                Xml.SubElement(held, "attvalue", {"for": name, "value": _clean(value)})
    edges = Xml.SubElement(body, "edges")
    for number, edge in enumerate(graph.edges):
        ends = {"id": str(number), "source": edge.one, "target": edge.other}
        Xml.SubElement(edges, "edge", ends | {"weight": str(edge.weight)})
    return _written(root)


def _graphml(graph: Graph) -> str:
    root = Xml.Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    kinds = {"integer": "int", "string": "string", "double": "double"}
    for name, kind in {"label": "string", **_ATTRIBUTES}.items():
        key = {"id": name, "for": "node", "attr.name": name, "attr.type": kinds[kind]}
        Xml.SubElement(root, "key", key)
    weight = {"id": "weight", "for": "edge", "attr.name": "weight", "attr.type": "double"}
    Xml.SubElement(root, "key", weight)
    body = Xml.SubElement(root, "graph", {"edgedefault": "undirected"})
    for node in graph.nodes:
        item = Xml.SubElement(body, "node", {"id": node.key})
        for name, value in {"label": node.name, **node.values}.items():
            if value is not None:
                Xml.SubElement(item, "data", {"key": name}).text = _clean(value)
    for edge in graph.edges:
        item = Xml.SubElement(body, "edge", {"source": edge.one, "target": edge.other})
        Xml.SubElement(item, "data", {"key": "weight"}).text = str(edge.weight)
    return _written(root)


def _edges(graph: Graph) -> str:
    named = {node.key: node for node in graph.nodes}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["source", "target", "weight", "source_name", "target_name"])
    for edge in graph.edges:
        one, other = named[edge.one], named[edge.other]
        row = [one.key, other.key, edge.weight, guarded(one.name), guarded(other.name)]
        writer.writerow(row)
    return stream.getvalue()


def _clean(value: object) -> str:
    return _NOT_XML.sub(" ", str(value))


def _written(root: Xml.Element) -> str:
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, "unicode") + "\n"
