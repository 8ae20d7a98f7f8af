"""The satisfaction survey (滿意度調查): four questions, and when a result may be shown. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

QUESTIONS: Final = ("understandable", "reasoned", "heard", "overall")
SCORES: Final = (1, 2, 3, 4, 5)
WORDS_MAX: Final = 500
LEAST: Final = 5
"""With fewer answers nothing is shown: what one person said could be guessed."""
PERCENT: Final = 100


class WordsVerdict(StrEnum):
    """What a moderator decided of what somebody wrote beside their scores."""

    SHOWN = "shown"  # 公開
    WITHHELD = "withheld"  # 不公開


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave a score, and how many in a hundred that is (rounded)."""

    score: int
    n: int
    percent: int


@dataclass(frozen=True, slots=True)
class Told:
    """One question with its `n` answers: a bar per score, and the mean in hundredths."""

    question: str
    n: int
    bars: tuple[Bar, ...]
    mean: int


def scores_fault(scores: Mapping[str, int]) -> str:
    """Return the question that is not answered with one to five, or nothing."""
    return next((one for one in QUESTIONS if scores.get(one) not in SCORES), "")


def told(answers: Sequence[Mapping[str, int]]) -> tuple[Told, ...]:
    """The result of a survey; empty with fewer than `LEAST` answers."""
    n = len(answers)
    if n < LEAST:
        return ()
    return tuple(_told(one, [answer[one] for answer in answers]) for one in QUESTIONS)


def _told(question: str, scores: Sequence[int]) -> Told:
    n = len(scores)
    counts = {score: scores.count(score) for score in SCORES}
    bars = tuple(Bar(score, counts[score], share(counts[score], n)) for score in SCORES)
    return Told(question, n, bars, (2 * PERCENT * sum(scores) + n) // (2 * n))


def share(part: int, whole: int) -> int:
    """How many in a hundred, rounded half up; of nothing none."""
    return (2 * PERCENT * part + whole) // (2 * whole) if whole else 0
