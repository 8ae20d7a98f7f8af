"""What a rule set says, and what a deadline and a response may be (規則集、期限、回應). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from minben.kernel.periods import Term


class Adoption(StrEnum):
    """參採情形. Basis: 公共政策網路參與實施要點 (2018-04-11), reply to a proposal that reached."""

    UNDER_STUDY = "under_study"  # 納入研議
    ADOPTED = "adopted"  # 同意參採
    PARTLY_ADOPTED = "partly_adopted"  # 部分參採
    NOT_ADOPTED = "not_adopted"  # 不予採納


class DeadlineKind(StrEnum):
    """What a deadline is for."""

    CHECK = "check"  # 檢核
    ENDORSE_CLOSE = "endorse_close"  # 附議截止
    RESPONSE = "response"  # 正式回應
    APPEAL = "appeal"  # 申覆決定


class Outcome(StrEnum):
    """How a deadline ended; OPEN while it runs."""

    OPEN = "open"
    MET = "met"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class AgencyRole(StrEnum):
    """主辦、協辦."""

    LEAD = "lead"
    ASSIST = "assist"


BLOCK_MAX = 6000  # characters in one block of a response
RESPONSE_BLOCKS = ("analysis", "deliberation", "adoption_reason", "follow_up")


class RuleSetFault(ValueError):
    """A rule-set document is not well formed; the message is one line."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A catalogued ground for hiding (隱藏事由).

    Args:
        code: stable code.
        zh, en: its wording.
        withhold: the content itself must not stay public (defamation, personal data …).
        advises_merge: the proposer is told to join another open proposal.
    """

    code: str
    zh: str
    en: str
    withhold: bool = False
    advises_merge: bool = False


@dataclass(frozen=True, slots=True)
class RuleParameters:
    """The numbers of one rule set. Terms carry their own basis.

    Args:
        check: how long a check may take (a target: 以 3 個工作日為原則).
        endorse: how long endorsing is open; it starts the day after acceptance.
        threshold: endorsements that make a case (成案門檻).
        response: from reaching to the formal response.
        reproposal_bar: after reaching, the same matter may not be proposed again.
        appeal: how long after hiding an appeal may be filed.
        appeal_decision: how long a decision on an appeal may take.
        max_agencies: how many agencies a proposer may name.
        election_pause_days: proposing and endorsing stop this many days before polling.
        limits: characters allowed per field of a proposal.
        grounds: the catalogue of grounds for hiding.
    """

    check: Term
    endorse: Term
    threshold: int
    response: Term
    reproposal_bar: Term
    appeal: Term
    appeal_decision: Term
    max_agencies: int
    election_pause_days: int
    limits: Mapping[str, int]
    grounds: tuple[Ground, ...]

    def ground(self, code: str) -> Ground | None:
        """The ground of that code, or None."""
        return next((ground for ground in self.grounds if ground.code == code), None)


_TERMS = ("check", "endorse", "response", "reproposal_bar", "appeal", "appeal_decision")
_NUMBERS = ("threshold", "max_agencies", "election_pause_days")


def parse_parameters(document: Mapping[str, Any]) -> RuleParameters:  # Any: parsed TOML or JSON
    """Read the parameters of a rule set. Raises RuleSetFault naming the first fault."""
    wanted = {*_TERMS, *_NUMBERS, "limits", "grounds"}
    if missing := sorted(wanted - document.keys()):
        raise RuleSetFault(f"missing: {', '.join(missing)}")
    if unknown := sorted(document.keys() - wanted):
        raise RuleSetFault(f"unknown: {', '.join(unknown)}")
    try:
        values: dict[str, Any] = {name: Term.from_mapping(document[name]) for name in _TERMS}
        grounds = tuple(Ground(**ground) for ground in document["grounds"])
    except (TypeError, ValueError) as error:
        raise RuleSetFault(str(error)) from None
    for name in _NUMBERS:
        if type(document[name]) is not int or document[name] < 0:
            raise RuleSetFault(f"{name} must be a whole number, not {document[name]!r}")
    values |= {name: document[name] for name in _NUMBERS}
    if document["threshold"] < 1:
        raise RuleSetFault("threshold must be at least 1")
    if len({ground.code for ground in grounds}) != len(grounds):
        raise RuleSetFault("a ground is listed twice")
    return RuleParameters(
        **values,
        limits=dict(document["limits"]),
        grounds=grounds,
    )


def response_faults(blocks: Mapping[str, str], adoption: str) -> dict[str, str]:
    """Return what keeps a response from being published: block → refusal code.

    All four blocks must say something, and a disposition must be chosen.
    Basis: 公共政策網路參與實施要點 (2018-04-11): 參採情形及其理由.
    """
    faults = {
        block: "block_empty" for block in RESPONSE_BLOCKS if not blocks.get(block, "").strip()
    }
    faults |= {
        block: "block_too_long"
        for block in RESPONSE_BLOCKS
        if len(blocks.get(block, "")) > BLOCK_MAX
    }
    if adoption not in {item.value for item in Adoption}:
        faults["adoption"] = "adoption_missing"
    return faults
