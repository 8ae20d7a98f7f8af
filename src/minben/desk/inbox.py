"""One list of what waits for an officer (待辦): grouped, filtered, a page of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.core.paginator import Paginator

from minben.base.inbox import Item, Waits, waiting
from minben.casework.about import about
from minben.kernel.actor import Actor
from minben.kernel.periods import end_of, local_day

PER_PAGE: Final = 50


class Group(StrEnum):
    """What kind of waiting it is, most pressing first."""

    DUE = "due"  # for this officer, overdue or due before today ends
    ME = "me"
    OTHERS = "others"
    BLOCKED = "blocked"


_GROUP_OF: Final = {Waits.ME: Group.ME, Waits.OTHERS: Group.OTHERS, Waits.BLOCKED: Group.BLOCKED}


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that waits, with the case it is about."""

    item: Item
    group: Group
    number: str
    subject: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of what waits.

    Args:
        groups: the lines of the page by group, in order; groups without lines are left out.
        counts: how much waits in each group, whatever is shown.
        shown: the group asked for; None for all.
        page: of the paginator, for the links below.
    """

    groups: tuple[tuple[Group, tuple[Line, ...]], ...]
    counts: dict[Group, int]
    shown: Group | None
    page: "object"

    @property
    def total(self) -> int:
        """How much waits altogether."""
        return sum(self.counts.values())

    @property
    def keys(self) -> frozenset[str]:
        """The kinds of rows on this page that can be done together."""
        lines = (line for _, lines in self.groups for line in lines)
        return frozenset(line.item.key.partition(":")[0] for line in lines if line.item.key)


def group_of(item: Item, at: datetime) -> Group:
    """The group of an item: what is due before today's midnight in Taiwan comes first."""
    midnight = end_of(local_day(at))
    if item.waits is Waits.ME and item.due_at is not None and item.due_at <= midnight:
        return Group.DUE
    return _GROUP_OF[item.waits]


def sorted_items(items: Iterable[Item], at: datetime) -> list[tuple[Group, Item]]:
    """Items by group, each soonest first as given; what leads to one place for one case is told once."""
    seen: dict[tuple[int, str], tuple[Group, Item]] = {}
    for item in items:
        found = (group_of(item, at), item)
        kept = seen.setdefault((item.case_id, item.url), found)
        if list(Group).index(found[0]) < list(Group).index(kept[0]):
            seen[item.case_id, item.url] = found
    return sorted(seen.values(), key=lambda row: list(Group).index(row[0]))


def inbox_of(actor: Actor, at: datetime, show: str, page: str | None) -> Inbox:
    """What waits for `actor`. As many queries as sources take, and one per origin of cases."""
    rows = sorted_items(waiting(actor, at), at)
    counts = {group: sum(found is group for found, _ in rows) for group in Group}
    shown = Group(show) if show in list(Group) else None
    wanted = [row for row in rows if shown is None or row[0] is shown]
    here = Paginator(wanted, PER_PAGE).get_page(page)
    return Inbox(_grouped(list(here.object_list)), counts, shown, here)


def _grouped(
    rows: Sequence[tuple[Group, Item]],
) -> tuple[tuple[Group, tuple[Line, ...]], ...]:
    cases = about({item.case_id for _, item in rows})
    lines = [
        Line(item, group, cases[item.case_id].number, cases[item.case_id].subject)
        for group, item in rows
        if item.case_id in cases
    ]
    found = ((group, tuple(line for line in lines if line.group is group)) for group in Group)
    return tuple((group, some) for group, some in found if some)
