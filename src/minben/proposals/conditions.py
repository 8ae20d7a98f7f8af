"""What endorsements a campaign of invalidation is about (剔除條件). Pure.

A pattern is compared with the folded text (see `minben.kernel.text.fold`), from beginning to end:
``*`` stands for anything and ``?`` for one character. Addresses are never kept; an endorsement
has only the mark of the network it came from, so narrower networks than that can't be asked for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from fnmatch import translate
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Final, Self

from minben.kernel.text import fold

PATTERN_MAX: Final = 200
KEPT_BITS: Final = {4: 24, 6: 48}
"""How much of an address the mark of a network tells: what a household or an office shares."""
LEAST_BITS: Final = {4: 16, 6: 32}
"""The widest network a condition may name: 256 marks of IPv4, 65,536 of IPv6."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """All of what is given must hold; what is empty is not asked.

    Args:
        nickname: pattern of the nickname.
        reason: pattern of the written reason.
        county: name of a county or city, as stored.
        since, until: from this instant on, and before that one.
        network: in CIDR notation, such as 203.0.113.0/24.
    """

    nickname: str = ""
    reason: str = ""
    county: str = ""
    since: datetime | None = None
    until: datetime | None = None
    network: str = ""

    @property
    def given(self) -> tuple[str, ...]:
        """The names of those that are asked, in order."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name))

    def as_json(self) -> dict[str, str]:
        """What is asked, with instants as ISO 8601."""
        found = {name: getattr(self, name) for name in self.given}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in found.items()
        }

    @classmethod
    def from_json(cls, told: Mapping[str, str]) -> Self:
        """The conditions as :meth:`as_json` wrote them."""
        given: dict[str, Any] = {  # Any: texts and instants
            name: datetime.fromisoformat(value) if name in _TIMES else value
            for name, value in told.items()
        }
        return cls(**given)


_TIMES = {"since", "until"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a condition can look at of an endorsement; `mark` is that of its network, if kept."""

    nickname: str
    reason: str
    county: str
    at: datetime
    mark: bytes | None = None


def conditions_fault(conditions: Conditions) -> tuple[str, str | None]:
    """Return why nobody can be looked for that way: refusal code and field, or ("", None)."""
    if not conditions.given:
        return "condition_missing", None
    for name in ("nickname", "reason"):
        pattern = getattr(conditions, name)
        if pattern and not fold(pattern).strip("*? "):
            return "condition_matches_all", name
        if len(pattern) > PATTERN_MAX:
            return "field_too_long", name
    since, until = conditions.since, conditions.until
    if since is not None and until is not None and until <= since:
        return "condition_period", "until"
    code = _network_fault(conditions.network) if conditions.network else ""
    return (code, "network") if code else ("", None)


def _network_fault(text: str) -> str:
    try:
        network = ip_network(text)
    except ValueError:
        return "network_unknown"
    if network.prefixlen > KEPT_BITS[network.version]:
        return "network_too_narrow"
    return "network_too_wide" if network.prefixlen < LEAST_BITS[network.version] else ""


def network_prefix(address: str) -> str:
    """The network an address is kept as: its /24 or /48; empty if it is no address."""
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return ""
    mapped = getattr(parsed, "ipv4_mapped", None)  # ::ffff:203.0.113.7 is an address of IPv4
    found = mapped or parsed
    kept = KEPT_BITS[found.version]
    dropped = found.max_prefixlen - kept
    return f"{type(found)(int(found) >> dropped << dropped)}/{kept}"


def prefixes_in(network: str) -> list[str]:
    """The networks, as :func:`network_prefix` names them, that a condition's network holds."""
    whole: IPv4Network | IPv6Network = ip_network(network)
    return [str(one) for one in whole.subnets(new_prefix=KEPT_BITS[whole.version])]


class Matcher:
    """Says of endorsements whether conditions hold for them.

    Args:
        marks: those of the networks the conditions name, if they name one.
    """

    def __init__(self, conditions: Conditions, marks: frozenset[bytes] = frozenset()) -> None:
        self._asked, self._marks = conditions, marks
        self._nickname = _compiled(conditions.nickname)
        self._reason = _compiled(conditions.reason)

    def __call__(self, seen: Seen) -> bool:
        """Say whether all conditions hold."""
        asked = self._asked
        return (
            (not asked.county or seen.county == asked.county)
            and (asked.since is None or seen.at >= asked.since)
            and (asked.until is None or seen.at < asked.until)
            and (not asked.network or seen.mark in self._marks)
            and _holds(self._nickname, seen.nickname)
            and _holds(self._reason, seen.reason)
        )


def _compiled(pattern: str) -> re.Pattern[str] | None:
    # A bracket is an ordinary character here; the rest of the notation has no way to be slow.
    return re.compile(translate(fold(pattern).replace("[", "[[]"))) if pattern else None


def _holds(pattern: re.Pattern[str] | None, text: str) -> bool:
    return pattern is None or pattern.match(fold(text)) is not None
