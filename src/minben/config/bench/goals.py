"""The goals, and whether figures meet them (目標)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Runs = Mapping[str, float]  # a figure by its name, see `of`


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted, from which figures it is computed, and whether more or less is better."""

    code: str
    words: str
    wanted: float
    figure: Callable[[Runs], float]
    at_most: bool = False

    def met(self, got: float) -> bool:
        """Say whether `got` is enough."""
        return got <= self.wanted if self.at_most else got >= self.wanted


GOALS = (
    Goal("times_plain", "times the plain view", 15, lambda r: r["real"] / r["plain"]),
    Goal("times_plain_stretch", "times the plain view (stretch)", 25, lambda r: r["real"] / r["plain"]),
    Goal("of_no_op", "share of the no-op view", 0.45, lambda r: r["real"] / r["no_op"]),
    Goal(
        "million", "1,000 there over 1,000,000 there", 1.2, lambda r: r["few"] / r["many"], True
    ),
    Goal("p99", "p99 in ms at 80 % of peak", 250, lambda r: r["p99_at_80"], True),
    Goal("sqlite", "endorsements a second on SQLite", 600, lambda r: r["sqlite"]),
    Goal("count", "warm count.json a second", 5000, lambda r: r["count"]),
    Goal("page", "warm proposal page a second", 1500, lambda r: r["page"]),
)  # fmt: skip


def judged(figures: Runs) -> list[dict[str, Any]]:  # Any: JSON values
    """Every goal these figures say something about."""
    found = []
    for goal in GOALS:
        try:
            got = goal.figure(figures)
        except (KeyError, ZeroDivisionError):
            continue
        found.append(
            {
                "goal": goal.code,
                "words": goal.words,
                "wanted": f"{'≤' if goal.at_most else '≥'} {goal.wanted:g}",
                "got": round(got, 2),
                "met": goal.met(got),
            }
        )
    return found
