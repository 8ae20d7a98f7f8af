"""What the mail server says it took (郵件伺服器紀錄): Postfix's log, read for Message-IDs.

A letter was taken when `cleanup` named it and `qmgr` then put the same queue file into its queue. One
whose end never came has the first line only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

# "2026-11-23T08:00:00.123456+08:00 mx postfix/cleanup[123]: 4F2A9C: message-id=<n.…@host>"
_LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)) \S+ postfix\S*/(?P<who>[a-z]+)\[\d+\]: "
    r"(?P<rest>.*)"
)
_NAMED = re.compile(r"(?P<queue>\w+): message-id=<(?P<id>[^>]+)>")
_TAKEN = re.compile(r"(?P<queue>\w+): from=.*\(queue active\)")


@dataclass(slots=True)
class MailLog:
    """One stretch of a log without a gap.

    Args:
        accepted: Message-IDs of letters that were taken.
        since, until: instants of its first and last line; None if no line could be read.
    """

    accepted: set[str] = field(default_factory=set)
    since: datetime | None = None
    until: datetime | None = None

    def covers(self, moment: datetime, wait: timedelta) -> bool:
        """Whether a letter handed over at `moment` would stand in it, if it was taken.

        `wait` is longer than a server waits for the end of a letter: after it none can come late.
        """
        if self.since is None or self.until is None:
            return False
        return self.since <= moment and moment + wait <= self.until


def read_log(lines: Iterable[str]) -> MailLog:
    """Read a log, oldest line first. Lines of other programs and shapes are passed over."""
    log, named = MailLog(), dict[str, str]()
    for line in lines:
        found = _LINE.match(line)
        moment = _instant(found["at"]) if found else None
        if found is None or moment is None:
            continue
        log.since, log.until = log.since or moment, moment
        if found["who"] == "cleanup" and (one := _NAMED.match(found["rest"])):
            named[one["queue"]] = one["id"]  # queue files are used again: the newest name counts
        elif found["who"] == "qmgr" and (one := _TAKEN.match(found["rest"])):
            log.accepted |= {named[one["queue"]]} if one["queue"] in named else set()
    return log


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None
