"""The issue analysis sheet (議題分析表): what is asked, in which facets, on which grounds. Pure.

A sheet is a graph of short texts. Which kinds may be linked, and what the link says, stands in
`LINKS`; every change gives a new sheet, so that nothing is half done.

Basis: practice of the participation officers' collaboration meetings (協作會議): demands, facets,
context, stakeholders, existing and possible solutions, evidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self

from minben.kernel.refusal import Refusal
from minben.proceedings.rules import PRACTICE, bounded, web_address

TEXT_MAX: Final = 300
NODES_MAX, LINKS_MAX = 80, 200


class NodeKind(StrEnum):
    """What a text of the sheet is, in the order of the map."""

    CONTEXT = "context"  # 背景脈絡
    STAKEHOLDER = "stakeholder"  # 利害關係人
    DEMAND = "demand"  # 訴求
    FACET = "facet"  # 面向
    EXISTING = "existing"  # 現行作法
    POSSIBLE = "possible"  # 可能解方
    EVIDENCE = "evidence"  # 事實佐證


class Tie(StrEnum):
    """What a link says of its two ends."""

    EXPLAINS = "explains"  # 說明
    ASKS = "asks"  # 主張
    AFFECTED = "affected"  # 受影響於
    CONCERNS = "concerns"  # 涉及
    HANDLED = "handled"  # 現由…處理
    SOLVED = "solved"  # 可由…解決
    CHANGED = "changed"  # 可調整為
    SUPPORTS = "supports"  # 佐證


LINKS: Final[Mapping[tuple[NodeKind, NodeKind], Tie]] = {
    (NodeKind.CONTEXT, NodeKind.DEMAND): Tie.EXPLAINS,
    (NodeKind.CONTEXT, NodeKind.FACET): Tie.EXPLAINS,
    (NodeKind.STAKEHOLDER, NodeKind.DEMAND): Tie.ASKS,
    (NodeKind.STAKEHOLDER, NodeKind.FACET): Tie.AFFECTED,
    (NodeKind.DEMAND, NodeKind.FACET): Tie.CONCERNS,
    (NodeKind.DEMAND, NodeKind.EXISTING): Tie.HANDLED,
    (NodeKind.DEMAND, NodeKind.POSSIBLE): Tie.SOLVED,
    (NodeKind.FACET, NodeKind.EXISTING): Tie.HANDLED,
    (NodeKind.FACET, NodeKind.POSSIBLE): Tie.SOLVED,
    (NodeKind.EXISTING, NodeKind.POSSIBLE): Tie.CHANGED,
    **{(NodeKind.EVIDENCE, kind): Tie.SUPPORTS for kind in NodeKind if kind != NodeKind.EVIDENCE},
}


@dataclass(frozen=True, slots=True)
class Node:
    """One text. `revision` grows with every edit; `source` is where evidence is found."""

    key: int
    kind: NodeKind
    text: str
    source: str = ""
    revision: int = 1


@dataclass(frozen=True, slots=True)
class IssueSheet:
    """Nodes in the order they were added, and links as (from, to). `next_key` is never used twice."""

    nodes: tuple[Node, ...] = ()
    links: frozenset[tuple[int, int]] = frozenset()
    next_key: int = 1

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:  # Any: JSON
        """Read what `to_json` wrote; an empty mapping is an empty sheet."""
        return cls(
            tuple(
                Node(row["key"], NodeKind(row["kind"]), row["text"], row["source"], row["revision"])
                for row in data.get("nodes", ())
            ),
            frozenset((begin, end) for begin, end in data.get("links", ())),
            data.get("next_key", 1),
        )

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """As stored and published; the same sheet is always the same bytes."""
        return {
            "nodes": [
                {
                    "key": one.key,
                    "kind": one.kind.value,
                    "text": one.text,
                    "source": one.source,
                    "revision": one.revision,
                }
                for one in self.nodes
            ],
            "links": [list(link) for link in sorted(self.links)],
            "next_key": self.next_key,
        }

    def node(self, key: int) -> Node:
        """The node of that number. Refuses one that is not there."""
        for one in self.nodes:
            if one.key == key:
                return one
        raise Refusal("sheet_entry_gone")

    def of_kind(self, kind: NodeKind) -> tuple[Node, ...]:
        """The nodes of a kind, in order."""
        return tuple(one for one in self.nodes if one.kind is kind)

    def linked(self, key: int) -> Iterable[tuple[Tie, Node]]:
        """What a node is tied to as the beginning of a link, in the order of the map."""
        begin = self.node(key)
        ends = [one for one in self.nodes if (key, one.key) in self.links]
        order = list(NodeKind)
        for end in sorted(ends, key=lambda one: (order.index(one.kind), one.key)):
            yield LINKS[begin.kind, end.kind], end


def add_node(sheet: IssueSheet, kind: NodeKind, text: str, source: str = "") -> IssueSheet:
    """With one text more. Refuses ``sheet_full``, an empty or long text, evidence without source."""
    if len(sheet.nodes) >= NODES_MAX:
        raise Refusal("sheet_full", most=NODES_MAX)
    node = _checked(Node(sheet.next_key, kind, text, source))
    return replace(sheet, nodes=(*sheet.nodes, node), next_key=sheet.next_key + 1)


def edit_node(
    sheet: IssueSheet, key: int, text: str, source: str = "", *, revision: int
) -> IssueSheet:
    """With that text changed. Refuses when somebody else changed it since `revision`."""
    old = sheet.node(key)
    if old.revision != revision:
        raise Refusal("sheet_entry_changed", field="text")
    new = _checked(replace(old, text=text, source=source, revision=old.revision + 1))
    return replace(sheet, nodes=tuple(new if one.key == key else one for one in sheet.nodes))


def remove_node(sheet: IssueSheet, key: int, *, revision: int) -> IssueSheet:
    """Without that text and its links."""
    old = sheet.node(key)
    if old.revision != revision:
        raise Refusal("sheet_entry_changed")
    return replace(
        sheet,
        nodes=tuple(one for one in sheet.nodes if one.key != key),
        links=frozenset(link for link in sheet.links if key not in link),
    )


def link_nodes(sheet: IssueSheet, one: int, other: int) -> IssueSheet:
    """With a link between two texts, whichever is named first. A link that is there stays."""
    found = sheet.node(one), sheet.node(other)
    for begin, end in (found, found[::-1]):
        if (begin.kind, end.kind) in LINKS:
            if len(sheet.links) >= LINKS_MAX and (begin.key, end.key) not in sheet.links:
                raise Refusal("sheet_full", most=LINKS_MAX)
            return replace(sheet, links=sheet.links | {(begin.key, end.key)})
    raise Refusal("sheet_link_kind", field="other", basis=PRACTICE)


def unlink_nodes(sheet: IssueSheet, one: int, other: int) -> IssueSheet:
    """Without the link between two texts; without one, the same sheet."""
    return replace(sheet, links=sheet.links - {(one, other), (other, one)})


def _checked(node: Node) -> Node:
    text = bounded(node.text, "text", TEXT_MAX)
    source = web_address(node.source)
    if node.kind is NodeKind.EVIDENCE and not source:
        raise Refusal("sheet_evidence_source", field="source", basis=PRACTICE)
    return replace(node, text=text, source=source)
