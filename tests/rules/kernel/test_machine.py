"""Transition tables: what leads where, what is forbidden, and the drawing."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.machine import ForbiddenAct, Machine


class State(StrEnum):
    DRAFT = "draft"
    CHECKING = "checking"
    OPEN = "open"
    HIDDEN = "hidden"
    LOST = "lost"


class Act(StrEnum):
    SUBMIT = "submit"
    ACCEPT = "accept"
    HIDE = "hide"


TABLE = {
    (State.DRAFT, Act.SUBMIT): State.CHECKING,
    (State.CHECKING, Act.ACCEPT): State.OPEN,
    (State.CHECKING, Act.HIDE): State.HIDDEN,
    (State.HIDDEN, Act.SUBMIT): State.CHECKING,
}
machine = Machine(TABLE)


def test_acts_lead_where_the_table_says() -> None:
    assert machine.next(State.DRAFT, Act.SUBMIT) is State.CHECKING
    assert machine.acts_from(State.CHECKING) == (Act.ACCEPT, Act.HIDE)
    assert machine.acts_from(State.OPEN) == ()


@given(st.sampled_from(State), st.sampled_from(Act))
def test_what_is_not_listed_is_forbidden(state: State, act: Act) -> None:
    if (state, act) in TABLE:
        assert machine.next(state, act) is TABLE[state, act]
        return
    with pytest.raises(ForbiddenAct, match=f"{act} is not possible in state {state}") as caught:
        machine.next(state, act)
    assert (caught.value.state, caught.value.act) == (state, act)


def test_reachable_follows_cycles_and_leaves_out_islands() -> None:
    assert machine.reachable(State.DRAFT) == set(State) - {State.LOST}
    assert machine.reachable(State.OPEN) == {State.OPEN}
    assert machine.reachable(State.LOST) == {State.LOST}


def test_the_table_cannot_be_changed() -> None:
    table = dict(TABLE)
    copy = Machine(table)
    table[State.OPEN, Act.HIDE] = State.HIDDEN
    assert copy.acts_from(State.OPEN) == ()
    with pytest.raises(TypeError):
        copy.table[State.OPEN, Act.HIDE] = State.HIDDEN  # type: ignore[index]


def test_mermaid_draws_every_line() -> None:
    assert machine.mermaid(State.DRAFT) == (
        "stateDiagram-v2\n"
        "    [*] --> draft\n"
        "    draft --> checking: submit\n"
        "    checking --> open: accept\n"
        "    checking --> hidden: hide\n"
        "    hidden --> checking: submit\n"
        "    open --> [*]\n"
    )
    assert "[*] --> draft" not in machine.mermaid()
