"""Who stands behind a case (提議者與附議者): told by the module the case comes from.

A meeting's endorsers are invited by one letter to all of them, and register in the order they
come. Which audience that is, and whether somebody is among them, `proposals` declares in its
``inviting.py``; `BaseConfig.ready` finds it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from minben.casework.rules import CaseOrigin


@dataclass(frozen=True, slots=True)
class Endorsers:
    """How endorsers of cases of one origin are found.

    Args:
        audience: code of a mailing's audience (`minben.notify.registry.audience`).
        ref: what that audience is of, by case; None if the case has no endorsers here.
        endorsed: whether an account endorsed the case, and the endorsement counts.
    """

    audience: str
    ref: Callable[[int], int | None]
    endorsed: Callable[[int, int], bool]


_declared: dict[CaseOrigin, Endorsers] = {}


def register(origin: CaseOrigin, endorsers: Endorsers) -> None:
    """Declare the endorsers of cases of `origin`; twice is a programming error."""
    if _declared.setdefault(origin, endorsers) != endorsers:
        raise ValueError(f"endorsers of {origin} declared twice")


def endorsers_of(origin: str) -> Endorsers | None:
    """How endorsers of such cases are found; None where there are none."""
    return _declared.get(CaseOrigin(origin))
