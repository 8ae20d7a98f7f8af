"""Transition tables (狀態轉移表): which act leads from which state to which, and nothing else.

A table is data, so a rule book can be read, drawn and tested without running anything. Who
may act, and when, is decided elsewhere.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

S = TypeVar("S", bound=Hashable)
A = TypeVar("A", bound=Hashable)


class ForbiddenAct(Exception):
    """The table has no such act in that state.

    Args:
        state: where the thing is.
        act: what was attempted.
    """

    def __init__(self, state: object, act: object) -> None:
        super().__init__(f"{act} is not possible in state {state}")
        self.state, self.act = state, act


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, A]):
    """A transition table from (state, act) to the next state.

    Args:
        table: every act that is possible; what is not listed is forbidden.
    """

    table: Mapping[tuple[S, A], S]

    def __post_init__(self) -> None:
        """Take a read-only copy, so that the table cannot change."""
        object.__setattr__(self, "table", MappingProxyType(dict(self.table)))

    def next(self, state: S, act: A) -> S:
        """Return the state that `act` leads to.

        Raises:
            ForbiddenAct: the table does not list `act` in `state`.
        """
        try:
            return self.table[state, act]
        except KeyError:
            raise ForbiddenAct(state, act) from None

    def acts_from(self, state: S) -> tuple[A, ...]:
        """Return the acts possible in `state`, in the order of the table; empty at an end."""
        return tuple(act for origin, act in self.table if origin == state)

    def reachable(self, start: S) -> frozenset[S]:
        """Return every state that some sequence of acts leads to from `start`, and `start`."""
        seen = {start}
        waiting = [start]
        while waiting:
            state = waiting.pop()
            found = {self.next(state, act) for act in self.acts_from(state)} - seen
            seen |= found
            waiting.extend(found)
        return frozenset(seen)

    def mermaid(self, start: S | None = None) -> str:
        """Return a Mermaid state diagram of the table, for the documentation.

        Args:
            start: the initial state, if it is to be marked.
        """
        lines = ["stateDiagram-v2"]
        if start is not None:
            lines.append(f"    [*] --> {start}")
        lines += [f"    {state} --> {after}: {act}" for (state, act), after in self.table.items()]
        ends = [s for s in dict.fromkeys(self.table.values()) if not self.acts_from(s)]
        lines += [f"    {state} --> [*]" for state in ends]
        return "\n".join(lines) + "\n"
