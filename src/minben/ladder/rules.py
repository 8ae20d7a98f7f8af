"""The rung a process stands on, by published yes-or-no facts (公民參與階梯之判準). Pure.

Each rung above the lowest asks for facts. A process stands on the highest rung of which it has all
facts, and all facts of every rung below: who may decide without having been told stands low. So a
further fact never lowers the rung.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

BASIS: Final = (
    "Arnstein, S. R. (1969), A Ladder of Citizen Participation, "
    "Journal of the American Institute of Planners 35(4): 216–224"
)
TITLE_MIN, TITLE_MAX = 2, 120
TEXT_MIN, TEXT_MAX = 10, 600
PROCESSES_MAX: Final = 20  # of one case


class Rung(IntEnum):
    """The eight rungs, lowest first."""

    MANIPULATION = 1  # 操縱
    THERAPY = 2  # 教化
    INFORMING = 3  # 告知
    CONSULTATION = 4  # 諮詢
    PLACATION = 5  # 安撫
    PARTNERSHIP = 6  # 夥伴關係
    DELEGATED_POWER = 7  # 授予權力
    CITIZEN_CONTROL = 8  # 公民控制


class Band(StrEnum):
    """The three parts of the ladder."""

    NONPARTICIPATION = "nonparticipation"  # 未參與
    TOKENISM = "tokenism"  # 形式主義
    CITIZEN_POWER = "citizen_power"  # 公民權力


class Question(StrEnum):
    """What a fact is about."""

    INFLUENCE = "influence"  # 民眾能影響什麼
    DECIDED = "decided"  # 誰做決定
    OUTCOME = "outcome"  # 結果如何


class Fact(StrEnum):
    """A criterion, answered by yes or no."""

    PURPOSE_OPEN = "purpose_open"
    ABOUT_MATTER = "about_matter"
    TOLD_BEFORE = "told_before"
    COULD_SPEAK = "could_speak"
    OPTIONS_OPEN = "options_open"
    WORKED_WITH = "worked_with"
    ANSWERED = "answered"
    AGREED_RULES = "agreed_rules"
    EFFECT = "effect"
    REPORTED = "reported"
    MAJORITY = "majority"
    GOVERN = "govern"


class Kind(StrEnum):
    """What kind of process it was."""

    PROPOSAL = "proposal"  # 提案附議
    MEETING = "meeting"  # 協作會議
    WORKSHOP = "workshop"  # 工作坊
    CONSULTATION = "consultation"  # 徵詢意見
    OTHER = "other"  # 其他


NEEDS: Final[Mapping[Rung, tuple[Fact, ...]]] = {
    Rung.THERAPY: (Fact.PURPOSE_OPEN,),
    Rung.INFORMING: (Fact.ABOUT_MATTER, Fact.TOLD_BEFORE),
    Rung.CONSULTATION: (Fact.COULD_SPEAK, Fact.OPTIONS_OPEN),
    Rung.PLACATION: (Fact.WORKED_WITH, Fact.ANSWERED),
    Rung.PARTNERSHIP: (Fact.AGREED_RULES, Fact.EFFECT, Fact.REPORTED),
    Rung.DELEGATED_POWER: (Fact.MAJORITY,),
    Rung.CITIZEN_CONTROL: (Fact.GOVERN,),
}
QUESTION_OF: Final[Mapping[Fact, Question]] = {
    Fact.PURPOSE_OPEN: Question.INFLUENCE,
    Fact.ABOUT_MATTER: Question.INFLUENCE,
    Fact.TOLD_BEFORE: Question.INFLUENCE,
    Fact.COULD_SPEAK: Question.INFLUENCE,
    Fact.OPTIONS_OPEN: Question.INFLUENCE,
    Fact.WORKED_WITH: Question.DECIDED,
    Fact.AGREED_RULES: Question.DECIDED,
    Fact.MAJORITY: Question.DECIDED,
    Fact.GOVERN: Question.DECIDED,
    Fact.ANSWERED: Question.OUTCOME,
    Fact.EFFECT: Question.OUTCOME,
    Fact.REPORTED: Question.OUTCOME,
}


def band_of(rung: Rung) -> Band:
    """The part of the ladder a rung belongs to."""
    if rung <= Rung.THERAPY:
        return Band.NONPARTICIPATION
    return Band.TOKENISM if rung <= Rung.PLACATION else Band.CITIZEN_POWER


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rung with what decided it.

    Args:
        held: facts that carried it here, of this rung and those below.
        missing: facts the next rung asks for and the process does not have; empty at the top.
        unused: facts it has of higher rungs, which do not count while one below is missing.
    """

    rung: Rung
    held: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    unused: tuple[Fact, ...]

    @property
    def band(self) -> Band:
        """The part of the ladder."""
        return band_of(self.rung)


def rung_of(facts: Collection[Fact]) -> Verdict:
    """The rung of a process of which these facts hold."""
    has = frozenset(facts)
    rung, held = Rung.MANIPULATION, list[Fact]()
    missing: tuple[Fact, ...] = ()
    for higher, needs in NEEDS.items():
        missing = tuple(fact for fact in needs if fact not in has)
        if missing:
            break
        rung = higher
        held += needs
    unused = tuple(fact for fact in Fact if fact in has and fact not in held)
    return Verdict(rung, tuple(held), missing, unused)


PROVES: Final[Mapping[str, Fact]] = {
    "answering.plan_published": Fact.TOLD_BEFORE,
    "proceedings.transcript_published": Fact.COULD_SPEAK,
    "meetings.held": Fact.WORKED_WITH,
    "casework.response_published": Fact.ANSWERED,
    "demands.dispositions_published": Fact.ANSWERED,
    "findings.fixed": Fact.EFFECT,
    "casework.progress_reported": Fact.REPORTED,
    "meetings.report_published": Fact.REPORTED,
    "meetings.action_reported": Fact.REPORTED,
    "findings.retested": Fact.REPORTED,
}


ADOPTING: Final = frozenset({"adopted", "partly_adopted"})


def proven_by(kind: str, adoption: str = "") -> frozenset[Fact]:
    """The facts an act the platform recorded proves.

    Args:
        kind: code of the event.
        adoption: how a formal response adopts what was asked for; empty for other events. One
            that adopts something proves an effect as well.
    """
    found = {PROVES[kind]} if kind in PROVES else set[Fact]()
    if kind == "casework.response_published" and adoption in ADOPTING:
        found.add(Fact.EFFECT)
    return frozenset(found)


def text_fault(text: str, least: int, most: int) -> bool:
    """Whether a text is too short or too long."""
    return not least <= len(text.strip()) <= most


def day_fault(held_on: date, today: date) -> bool:
    """Whether a process that is told of still lies ahead."""
    return held_on > today
