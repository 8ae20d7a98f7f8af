"""What the readers of a batch of letters wish, and which addresses take none (通知方式)."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from minben.notify.models import Notice, Wish
from minben.notify.queries import stopped_addresses, wishes_of
from minben.notify.registry import DIGEST, PROVE, Haste, NoticeKind
from minben.notify.rules import quiet_end


@dataclass(frozen=True, slots=True)
class Known:
    """Asked for a whole batch at once, just before it is sent."""

    wishes: Mapping[str, Wish]
    stopped: AbstractSet[str]

    def quiet_until(self, notice: Notice, kind: NoticeKind, at: datetime) -> datetime | None:
        """When the quiet hours of its reader end, if a letter of this kind waits for that."""
        wish = self.wishes.get(notice.recipient)
        if wish is None or kind.haste is Haste.AT_ONCE:
            return None
        return quiet_end(at, wish.quiet_from, wish.quiet_until)

    def is_collected(self, notice: Notice, kind: NoticeKind) -> bool:
        """Whether it waits for the letter of the day."""
        wish = self.wishes.get(notice.recipient)
        if wish is None or not wish.daily or kind.code == DIGEST:
            return False
        return kind.haste is Haste.COLLECTED and kind.kept

    def is_returned(self, notice: Notice, kind: NoticeKind) -> bool:
        """Whether its address returns letters; the one that proves it again is sent all the same."""
        return kind.code != PROVE and notice.address.casefold() in self.stopped


def known_of(batch: Sequence[Notice]) -> Known:
    """What is known of the readers of a batch. Two queries."""
    return Known(
        wishes_of({one.recipient for one in batch}),
        stopped_addresses({one.address for one in batch}),
    )
