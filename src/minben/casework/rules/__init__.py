"""What a rule set says, and what a deadline and a response may be (規則集、期限、回應). Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from minben.kernel.duties import DUTIES_DEFAULT, Duties, duties_in
from minben.kernel.periods import Term, TermError


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
    HANDLING_PLAN = "handling_plan"  # 處理規劃
    CONTACT = "contact"  # 與提議者聯繫
    STUDY_RETURN = "study_return"  # 納入研議定期回報


OWED_BY_LEAD = frozenset(
    {
        DeadlineKind.RESPONSE,
        DeadlineKind.HANDLING_PLAN,
        DeadlineKind.CONTACT,
        DeadlineKind.STUDY_RETURN,
    }
)
"""What the agency that leads a case owes; who leads instead of it, owes it too."""


class Outcome(StrEnum):
    """How a deadline ended; OPEN while it runs."""

    OPEN = "open"
    MET = "met"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class CaseOrigin(StrEnum):
    """Who brought a case."""

    PROPOSAL = "proposal"  # 民眾提議
    AGENCY = "agency"  # 機關自提


class AgencyRole(StrEnum):
    """主辦、協辦."""

    LEAD = "lead"
    ASSIST = "assist"


class Below(StrEnum):
    """What becomes of a case whose endorsements fall below the threshold by invalidation."""

    STANDS = "stands"  # 成案效力不受影響
    REOPENS = "reopens"  # 回復附議；期間已屆滿者，未成案


PAUSE_MAX = timedelta(days=200)  # two polls in a row, with the pause before each
BLOCK_MAX = 6000  # characters in one block of a response
RESPONSE_BLOCKS = ("analysis", "deliberation", "adoption_reason", "follow_up")


@dataclass(frozen=True, slots=True)
class BelowThreshold:
    """The rule for a case that falls below the threshold, and what it rests on."""

    outcome: Below
    basis: str


# Reaching is an event that has happened: it started a clock others rely on.
BELOW_DEFAULT = BelowThreshold(
    Below.STANDS, "平臺附議查核規則（本平臺自訂：成案後附議經剔除而不足門檻者，成案效力不受影響）"
)


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
        below_threshold: what becomes of a case that falls below the threshold after reaching.
        duties: the terms after reaching that a rule set need not state.
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
    below_threshold: BelowThreshold = BELOW_DEFAULT
    duties: Duties = DUTIES_DEFAULT

    def ground(self, code: str) -> Ground | None:
        """The ground of that code, or None."""
        return next((ground for ground in self.grounds if ground.code == code), None)


_TERMS = ("check", "endorse", "response", "reproposal_bar", "appeal", "appeal_decision")
_NUMBERS = {"threshold": 1, "max_agencies": 1, "election_pause_days": 0}  # and the least of each
# What the database has room for; a rule set may allow less, and asks for a minimum where one is
# listed beside it.
_LIMITS = {
    "subject": 200,
    "content": 20_000,
    "benefits": 20_000,
    "link_title": 200,
    "links": 20,
    "endorse_reason": 300,
}
_LEASTS = ("subject", "content", "benefits")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_GROUND_CODE = re.compile(r"[a-z][a-z0-9_]{0,23}")


@dataclass(frozen=True, slots=True)
class RuleSetDocument:
    """A whole rule-set document that was found well formed.

    `jurisdiction` has code, name_zh, name_en and position; the period is [from, until).
    """

    code: str
    title_zh: str
    title_en: str
    source: str
    in_force_from: date
    in_force_until: date | None
    jurisdiction: Mapping[str, Any]
    parameters: Mapping[str, Any]


def parse_document(document: Mapping[str, Any]) -> RuleSetDocument:  # Any: parsed TOML
    """Check a whole document, parameters included. Raises RuleSetFault naming the first fault."""
    texts = ("code", "title_zh", "title_en", "source")
    optional = {"in_force_until"} & set(document if isinstance(document, Mapping) else ())
    wanted = {*texts, "in_force_from", "jurisdiction", "parameters", *optional}
    _refuse_keys(document, wanted, "")
    found = {name: _text(document[name], name) for name in texts}
    if not _SLUG.fullmatch(found["code"]):
        raise RuleSetFault(f"code must be a short name such as tw-join-2018, not {found['code']!r}")
    government = document["jurisdiction"]
    _refuse_keys(government, {"code", "name_zh", "name_en", "position"}, "jurisdiction: ")
    for name in ("code", "name_zh", "name_en"):
        _text(government[name], f"jurisdiction: {name}")
    _whole(government["position"], 0, 10_000, "jurisdiction: position")
    starts = _day(document["in_force_from"], "in_force_from")
    ends = _day(document["in_force_until"], "in_force_until") if optional else None
    if ends is not None and ends <= starts:
        raise RuleSetFault("in_force_until must be after in_force_from")
    parse_parameters(document["parameters"])
    return RuleSetDocument(
        **found,
        in_force_from=starts,
        in_force_until=ends,
        jurisdiction=government,
        parameters=document["parameters"],
    )


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RuleSetFault(f"{name} must be a text")
    return value


def _day(value: object, name: str) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise RuleSetFault(f"{name} must be a day such as 2018-04-11, not {value!r}") from None


def parse_parameters(document: Mapping[str, Any]) -> RuleParameters:  # Any: parsed TOML or JSON
    """Read the parameters of a rule set. Raises RuleSetFault naming the first fault."""
    # Documents from before there was such a rule stay what they are, to the byte.
    given = set(document if isinstance(document, Mapping) else ())
    optional = {"below_threshold", "duties"} & given
    _refuse_keys(document, {*_TERMS, *_NUMBERS, "limits", "grounds", *optional}, "")
    values: dict[str, Any] = {name: _term(name, document[name]) for name in _TERMS}
    for name, least in _NUMBERS.items():
        values[name] = _whole(document[name], least, 10_000_000, name)
    if "below_threshold" in optional:
        values["below_threshold"] = _below(document["below_threshold"])
    try:
        values["duties"] = duties_in(document)
    except TermError as error:
        raise RuleSetFault(str(error)) from None
    return RuleParameters(
        **values, limits=_limits(document["limits"]), grounds=_grounds(document["grounds"])
    )


def _refuse_keys(document: object, wanted: set[str], where: str) -> None:
    if not isinstance(document, Mapping):
        raise RuleSetFault(f"{where}must be a table")
    if missing := sorted(wanted - document.keys()):
        raise RuleSetFault(f"{where}missing: {', '.join(missing)}")
    if unknown := sorted(" ".join(str(key).split()) for key in document.keys() - wanted):
        raise RuleSetFault(f"{where}unknown: {', '.join(unknown)}")


def _whole(value: object, least: int, most: int, name: str) -> int:
    if type(value) is not int or not least <= value <= most:
        raise RuleSetFault(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    return value


def _term(name: str, value: object) -> Term:
    if not isinstance(value, Mapping):
        raise RuleSetFault(f"{name} must be a table")
    try:
        return Term.from_mapping(value)
    except ValueError as error:
        raise RuleSetFault(f"{name}: {error}") from None


def _below(document: object) -> BelowThreshold:
    _refuse_keys(document, {"outcome", "basis"}, "below_threshold: ")
    told: Any = document  # a mapping with these two keys, as was just seen
    if told["outcome"] not in list(Below):
        raise RuleSetFault(f"below_threshold: outcome must be one of {', '.join(Below)}")
    return BelowThreshold(Below(told["outcome"]), _text(told["basis"], "below_threshold: basis"))


def _limits(document: Mapping[str, object]) -> dict[str, int]:
    _refuse_keys(document, {*_LIMITS, *(f"{name}_min" for name in _LEASTS)}, "limits: ")
    found = {name: _whole(document[name], 1, most, name) for name, most in _LIMITS.items()}
    for name in _LEASTS:
        found[f"{name}_min"] = _whole(document[f"{name}_min"], 1, found[name], f"{name}_min")
    return found


def _grounds(documents: object) -> tuple[Ground, ...]:
    if not isinstance(documents, Sequence) or isinstance(documents, str) or not documents:
        raise RuleSetFault("grounds must be a list with at least one ground")
    grounds = tuple(_ground(document) for document in documents)
    if len({ground.code for ground in grounds}) != len(grounds):
        raise RuleSetFault("a ground is listed twice")
    return grounds


def _ground(document: object) -> Ground:
    try:
        ground = Ground(**document)  # type: ignore[arg-type]
    except TypeError as error:
        raise RuleSetFault(f"ground: {error}") from None
    if not isinstance(ground.code, str) or not _GROUND_CODE.fullmatch(ground.code):
        raise RuleSetFault(f"ground: {ground.code!r} is no code")
    if not all(isinstance(text, str) and text.strip() for text in (ground.zh, ground.en)):
        raise RuleSetFault(f"ground {ground.code}: its wording is missing")
    if not all(isinstance(flag, bool) for flag in (ground.withhold, ground.advises_merge)):
        raise RuleSetFault(f"ground {ground.code}: withhold and advises_merge are true or false")
    return ground


def pause_fault(starts_at: datetime, ends_at: datetime, at: datetime) -> str:
    """Return why a pause from `starts_at` to before `ends_at` is refused (a code), or nothing."""
    if ends_at <= starts_at:
        return "pause_period"
    if ends_at <= at:
        return "pause_in_the_past"
    return "pause_too_long" if ends_at - starts_at > PAUSE_MAX else ""


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
