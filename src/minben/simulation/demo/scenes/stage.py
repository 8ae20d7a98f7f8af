"""The stage of one scene: who is on it, what time it is, what later acts refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import TAIPEI, last_day, local_day
from minben.people import queries as people
from minben.simulation.demo.people import Cast, officer_for

if TYPE_CHECKING:
    from minben.proposals.models import Proposal

Document = Mapping[str, Any]  # Any: JSON
Act = Callable[["Stage", Document, Actor, datetime], object]
ACTS: Final[dict[str, Act]] = {}
# What a day of a proposal's own scene is counted from; Any: its days are there by then.
SINCE: Final[Mapping[str, Callable[[Any], date]]] = {
    "opened": lambda proposal: local_day(proposal.opens_at),  # endorsing
    "reached": lambda proposal: local_day(proposal.reached_at),
    "due": lambda proposal: last_day(proposal.response_due_at),
}


def act(name: str) -> Callable[[Act], Act]:
    """Declare how an act of a scene is played."""

    def declared(play_it: Act) -> Act:
        if ACTS.setdefault(name, play_it) is not play_it:
            raise ValueError(f"act declared twice: {name}")
        return play_it

    return declared


@dataclass
class Stage:
    """What the acts of a scene share.

    Args:
        now: as of when the demo is loaded.
        case: what the scene is about. Any: the model is private to casework.
        proposal: what the case came from, if anything. Any: most acts have one, some scenes not.
        filed: all proposals of the demo, by key.
        kept: what earlier acts made, by the name the scene gave it.
    """

    cast: Cast
    now: datetime
    case: Any = None
    proposal: Any = None
    filed: Mapping[str, Proposal] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def day(self, told: str | int | Mapping[str, int]) -> date:
        """``2017-05-19``, or a number of days from the day the demo is loaded.

        ``{"opened": 2}`` counts from the day endorsing opened, ``{"reached": 4}`` from the day the
        proposal reached, ``{"due": 30}`` from the last day for the answer as it stands.
        """
        if isinstance(told, int):
            return local_day(self.now) + timedelta(days=told)
        if isinstance(told, str):
            return date.fromisoformat(told)
        [(since, days)] = told.items()
        return SINCE[since](self.proposal) + timedelta(days=days)

    def instant(self, told: Sequence[Any]) -> datetime:
        """``["2017-05-19", "10:00"]`` or ``[-12, "14:00"]``, in the time of Taiwan."""
        day, clock = told
        return datetime.combine(self.day(day), time.fromisoformat(clock), TAIPEI)

    def actor(self, key: str) -> Actor:
        """Who acts: ``platform``, ``officer:mof``, a key of staff, or one of a citizen."""
        if key == "platform":
            return SYSTEM
        if key.startswith("officer:"):
            return officer_for(self.cast, key.removeprefix("officer:"))
        return self.cast.staff.get(key) or self.cast.citizens[key]

    def agency(self, code: str) -> int:
        """The key of an agency. Raises KeyError for an unknown code."""
        found = people.agency_by_code(code)
        if found is None:
            raise KeyError(code)
        return found.pk


def play(acts: Sequence[Document], stage: Stage) -> None:
    """Play acts in their order; what would lie after the demo's own instant is left out."""
    for told in acts:
        at = stage.instant(told["at"])
        if at > stage.now:
            continue
        made = ACTS[told["do"]](stage, told, stage.actor(told["by"]), at)
        if name := told.get("as"):
            stage.kept[name] = made
