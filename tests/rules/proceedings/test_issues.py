"""The issue sheet: what may be linked, what is kept when two write, and what goes with a text."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.refusal import Refusal
from minben.proceedings.rules import web_address
from minben.proceedings.rules.issues import (
    LINKS,
    LINKS_MAX,
    NODES_MAX,
    TEXT_MAX,
    IssueSheet,
    NodeKind,
    Tie,
    add_node,
    edit_node,
    link_nodes,
    remove_node,
    unlink_nodes,
)

URL = "https://example.org/report"


def sheet_of(*kinds: NodeKind) -> IssueSheet:
    sheet = IssueSheet()
    for kind in kinds:
        sheet = add_node(sheet, kind, f"關於{kind}", URL)
    return sheet


def refused(act: object, *args: object, **named: object) -> str:
    with pytest.raises(Refusal) as caught:
        act(*args, **named)  # type: ignore[operator]
    return caught.value.code


@st.composite
def sheets(draw: st.DrawFn) -> IssueSheet:
    """A sheet people may have drawn: texts of all kinds, and links the rules allow."""
    texts = st.text(min_size=1, max_size=60).filter(str.strip)
    rows = draw(st.lists(st.tuples(st.sampled_from(list(NodeKind)), texts), max_size=14))
    sheet = IssueSheet()
    for kind, text in rows:
        sheet = add_node(sheet, kind, text, URL)
    pairs = [
        (one.key, other.key)
        for one, other in product(sheet.nodes, repeat=2)
        if (one.kind, other.kind) in LINKS
    ]
    for one, other in draw(st.lists(st.sampled_from(pairs), max_size=20)) if pairs else ():
        sheet = link_nodes(sheet, one, other)
    return sheet


@pytest.mark.parametrize("pair", list(product(NodeKind, repeat=2)))
def test_two_kinds_are_linked_as_the_table_says_in_whichever_order(
    pair: tuple[NodeKind, NodeKind],
) -> None:
    sheet = sheet_of(*pair)
    if pair in LINKS:
        assert link_nodes(sheet, 1, 2).links == {(1, 2)}
        assert link_nodes(sheet, 2, 1).links == {(1, 2)}
    elif pair[::-1] in LINKS:
        assert link_nodes(sheet, 1, 2).links == {(2, 1)}
    else:
        assert refused(link_nodes, sheet, 1, 2) == "sheet_link_kind"


def test_the_table_has_one_direction_and_no_link_to_the_same_kind() -> None:
    assert not [pair for pair in LINKS if pair[::-1] in LINKS]
    assert set(LINKS.values()) == set(Tie)
    assert {kind for pair in LINKS for kind in pair} == set(NodeKind)


@given(sheets())
def test_what_is_stored_is_read_as_it_was(sheet: IssueSheet) -> None:
    assert IssueSheet.from_json(sheet.to_json()) == sheet


@given(sheets(), st.data())
def test_a_removed_text_takes_its_links_along_and_its_number_never_comes_back(
    sheet: IssueSheet, data: st.DataObject
) -> None:
    if not sheet.nodes:
        return
    gone = data.draw(st.sampled_from(sheet.nodes))
    left = remove_node(sheet, gone.key, revision=1)
    assert not [link for link in left.links if gone.key in link]
    assert {link for link in sheet.links if gone.key not in link} == left.links
    assert add_node(left, NodeKind.DEMAND, "新訴求").nodes[-1].key > gone.key


def test_two_officers_do_not_lose_each_others_words() -> None:
    sheet = sheet_of(NodeKind.DEMAND, NodeKind.FACET)
    first = edit_node(sheet, 1, "甲改的", revision=1)
    assert refused(edit_node, first, 1, "乙改的", revision=1) == "sheet_entry_changed"
    assert refused(remove_node, first, 1, revision=1) == "sheet_entry_changed"
    both = edit_node(first, 2, "乙改另一則", revision=1)  # another entry is no conflict
    assert [one.text for one in both.nodes] == ["甲改的", "乙改另一則"]
    assert refused(edit_node, remove_node(both, 1, revision=2), 1, "晚了", revision=2) == (
        "sheet_entry_gone"
    )


def test_texts_are_bounded_and_evidence_has_a_source() -> None:
    sheet = IssueSheet()
    assert refused(add_node, sheet, NodeKind.DEMAND, " \n ") == "proceedings_empty"
    assert refused(add_node, sheet, NodeKind.DEMAND, "長" * (TEXT_MAX + 1)) == (
        "proceedings_too_long"
    )
    assert add_node(sheet, NodeKind.DEMAND, "長" * TEXT_MAX)
    assert refused(add_node, sheet, NodeKind.EVIDENCE, "統計") == "sheet_evidence_source"
    full = sheet_of(*[NodeKind.DEMAND] * NODES_MAX)
    assert refused(add_node, full, NodeKind.DEMAND, "再一則") == "sheet_full"


def test_links_are_bounded_but_one_that_is_there_stays() -> None:
    half = NODES_MAX // 2
    sheet = sheet_of(*[NodeKind.DEMAND] * half, *[NodeKind.FACET] * half)
    pairs = list(product(range(1, half + 1), range(half + 1, 2 * half + 1)))
    for one, other in pairs[:LINKS_MAX]:
        sheet = link_nodes(sheet, one, other)
    assert refused(link_nodes, sheet, *pairs[LINKS_MAX]) == "sheet_full"
    assert link_nodes(sheet, *pairs[0]) == sheet
    assert len(unlink_nodes(sheet, *pairs[0][::-1]).links) == LINKS_MAX - 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//example.org", "ftp://example.org/", "http://[::1", "表"]
)
def test_a_source_is_an_address_of_the_web(address: str) -> None:
    assert refused(web_address, address) == "source_not_web"
    assert web_address(f" {URL} ") == URL
    assert web_address("") == ""
