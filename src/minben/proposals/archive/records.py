"""What an archive tells of one proposal and of one endorsement (提議、附議之檔案紀錄)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

PUTS_OFF = (
    "正式回應時"  # "will be told when the formal response is published", the agencies' formula
)


@dataclass(frozen=True, slots=True)
class Post:
    """One post of an agency in answer to a proposal.

    Args:
        at: when it was published, aware.
        agency: its name at that time.
        interim: the archive takes it for an interim notice; a guess from its wording.
    """

    at: datetime
    agency: str
    interim: bool
    analysis: str
    deliberation: str
    adoption_reason: str
    follow_up: str

    @property
    def says_something(self) -> bool:
        """It has a text (a post may have held attachments only)."""
        return any((self.analysis, self.deliberation, self.adoption_reason, self.follow_up))

    @property
    def decides(self) -> bool:
        """Its block on adoption has words of its own, and none puts off to the formal response."""
        others = (self.analysis, self.deliberation, self.follow_up)
        if any(PUTS_OFF in block for block in (self.adoption_reason, *others)):
            return False
        return bool(self.adoption_reason) and self.adoption_reason not in others


@dataclass(frozen=True, slots=True)
class ArchivedProposal:
    """A proposal as the archive tells it, cleaned and checked. Instants are aware.

    Args:
        line: its line in the file.
        digest: SHA-256 of the whole record as it was read; tells whether it changed.
        case_number: the archive's own number, empty where it has none; not always unique.
        check_from: when it was sent to be checked.
        check_due_at, closes_at: exclusive, as everywhere on the platform.
        reached_at: often only the day is known, and then it is that day's midnight.
        endorsed: count when last seen.
        last_seen: when the archive looked last; None if it does not say.
        completed: the archive lists it among those that reached.
        attachments: how many it had; the archive holds none of them.
        posts: earliest first.
        curve: day and total, ascending.
    """

    line: int = field(compare=False)
    archive_id: str
    digest: str
    case_number: str
    subject: str
    content: str
    benefits: str
    filed_at: datetime
    check_from: datetime
    check_due_at: datetime | None
    accepted_at: datetime
    closes_at: datetime
    reached_at: datetime | None
    withdrawn_at: datetime | None
    withdraw_reason: str
    completed: bool
    threshold: int
    endorsed: int
    last_seen: date | None
    leads: tuple[str, ...]
    assists: tuple[str, ...]
    video: str
    attachments: int
    posts: tuple[Post, ...]
    curve: tuple[tuple[date, int], ...]

    @property
    def counted_until(self) -> date | None:
        """The day the count is of, if that is the day it was last seen; else it is a later one."""
        later = self.curve and self.curve[-1][1] != self.endorsed
        return None if later else self.last_seen


class ArchivedEndorsement(NamedTuple):
    """One endorsement as the archive tells it; the nickname is not in it.

    A named tuple, because there are hundreds of thousands.
    """

    line: int
    archive_id: str
    number: int
    at: datetime
    county: str
    township: str
    reason: str
