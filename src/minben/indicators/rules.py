"""What a registry of indicators may hold (指標登錄): words, limits, periods. Pure.

Source: SDMX Content-Oriented Guidelines for periods and the status of an observation
(``OBS_STATUS``); the course-book's figure 2 for the six relations (G2G to G2D, 數位治理分眾服務架構).
"""

import re
import unicodedata
from collections.abc import Collection
from enum import IntEnum, StrEnum
from itertools import combinations
from typing import Final

CODE_MAX, NAME_MAX, TEXT_MAX, PERIOD_MAX = 60, 200, 2000, 10
FILE_MAX: Final = 20_000_000  # bytes of one file that is kept
FILES_MAX: Final = 20  # of one import
STAGED_HOURS: Final = 24  # that uploaded files wait for their import to be confirmed
# First words of pages below `indicators/`; no method may have one as its code.
PAGES: Final = frozenset({"list", "units", "sources", "services", "surveys", "conduct"})
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
PERIOD: Final = re.compile(
    r"(1[89]|20|21)\d\d(-(0[1-9]|1[0-2])|-Q[1-4]|-[HS][12]|-W(0[1-9]|[1-4]\d|5[0-3]))?"
)


class UnitKind(StrEnum):
    """What a unit of measurement is observed of (單位之種類)."""

    COUNTRY = "country"  # 國家
    COUNTY = "county"  # 直轄市、縣市
    AGENCY = "agency"  # 機關
    AGGREGATE = "aggregate"  # 區域或分組合計
    PLATFORM = "platform"  # 本平臺
    SERVICE = "service"  # 機關之公共服務
    PRACTICE = "practice"  # 習作單位


class Domain(StrEnum):
    """Which half of the wheel an indicator is of (領域)."""

    OPPORTUNITY = "opportunity"  # 數位機會
    RISK = "risk"  # 數位風險
    NONE = "none"


class Scale(StrEnum):
    """What kind of number it is: what can be checked, and how a change is told (量尺)."""

    PERCENT = "percent"  # 0 to 100
    RATIO = "ratio"  # 0 to 1
    COUNT = "count"
    DAYS = "days"
    MONEY = "money"
    INDEX = "index"
    NUMBER = "number"


class Direction(IntEnum):
    """Whether more is better (方向)."""

    LESS_IS_BETTER = -1
    NEITHER = 0
    MORE_IS_BETTER = 1


class Status(StrEnum):
    """Status of an observation, by its SDMX code (觀測值狀態)."""

    NORMAL = "A"
    BREAK = "B"  # 時間序列中斷
    ESTIMATED = "E"  # 估計
    FORECAST = "F"
    IMPUTED = "I"
    MISSING = "M"  # 未有資料
    PROVISIONAL = "P"  # 暫定
    UNRELIABLE = "U"  # 低可靠度
    SUPPRESSED = "Q"  # 為保護個人而不公布


class Relation(StrEnum):
    """Whom a digital service of government is between (六類分眾服務).

    The course-book names all six and spells out none; what the last two stand for is left to its
    figure.
    """

    G2G = "G2G"  # 政府對政府
    G2B = "G2B"  # 政府對企業
    G2C = "G2C"  # 政府對民眾
    G2E = "G2E"  # 政府對公務員
    G2A = "G2A"
    G2D = "G2D"


# Every way a service can have some of the six, each in their order: what a column may hold.
RELATION_SETS: Final[list[list[str]]] = [
    [one.value for one in some]
    for count in range(1, len(Relation) + 1)
    for some in combinations(Relation, count)
]


def in_order(told: Collection[str]) -> list[str]:
    """The known ones of some relations, each once and in the order of the six."""
    return [one.value for one in Relation if one in told]


def period_fault(text: str) -> str:
    """Why a text is no period; nothing if it is one: ``2019``, ``2019-Q3``, ``2019-07``."""
    return "" if PERIOD.fullmatch(text) else "period"


def code_fault(text: str) -> str:
    """Why a text is no code; nothing if it is one."""
    return "" if CODE.fullmatch(text) else "code"


def looks_like_a_code(text: str) -> bool:
    """Whether a text from an address may be looked up; a database refuses some that are none."""
    return not code_fault(text)


def folded(name: str) -> str:
    """A name as it is looked up: width, case and blanks do not tell names apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())[:NAME_MAX]
