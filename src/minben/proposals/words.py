"""Words for the codes of proposals (用語): one place, both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minben.base.presentation import is_chinese, last_day
from minben.proposals.next_dates import NextDate, Step

STEP_WORDS: dict[Step, str | Promise] = {
    Step.CHECK: _("The check should be done"),
    Step.OPENS: _("Endorsing opens"),
    Step.RESUMES: _("Endorsing resumes"),
    Step.CLOSES: _("Endorsing closes"),
    Step.RESPONSE: _("The government must answer"),
    Step.APPEAL_DECISION: _("The appeal must be decided"),
    Step.APPEAL_CLOSES: _("An appeal can be filed"),
    Step.REPROPOSAL: _("The same matter can be proposed again"),
}


CONDITION_WORDS: dict[str, str | Promise] = {
    "nickname": _("a pattern in nicknames"),
    "reason": _("a pattern in written reasons"),
    "county": _("a county or city"),
    "since": _("from a certain time on"),
    "until": _("before a certain time"),
    "network": _("a network"),
}


def condition_words(names: Iterable[str]) -> list[str | Promise]:
    """What kinds of condition a campaign had, a few words each."""
    return [CONDITION_WORDS.get(name, name) for name in names]


def step_words(one: NextDate) -> str | Promise:
    """What happens on that date, a few words."""
    return STEP_WORDS[one.step]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name in both languages; as text it is the reader's, or Chinese where English lacks."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh if is_chinese() or not self.en else self.en


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A coming date with its words, as components show it; see c/next_date.html."""

    what: str | Promise
    due: date
    basis: str
    starts: bool

    @property
    def day(self) -> date:
        """The day to show: the first of what begins, the last of what ends."""
        return last_day(self.due)


def told_dates(dates: Iterable[NextDate]) -> list[ToldDate]:
    """The coming dates in words, in the same order."""
    return [ToldDate(step_words(one), one.due, one.basis, one.starts) for one in dates]
