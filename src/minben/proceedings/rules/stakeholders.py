"""The stakeholder map (利害關係人盤點) and whether the table is balanced (衡平檢視). Pure.

Basis: practice of the participation officers' collaboration meetings: at most five stakeholders an
agency, and the complaint of a meeting with "twenty professors against one citizen".
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self

from minben.kernel.refusal import Refusal
from minben.proceedings.rules import PRACTICE, bounded

NAME_MAX, NOTE_MAX, ROWS_MAX, PEOPLE_MAX = 40, 300, 60, 200
GRADES: Final = range(1, 6)
TALKS: Final = "開放政府聯絡人工作推動會議逐字紀錄（2017-05-08、2017-08-08）"
KINDS: Final = f"協作會議與會者類別：{TALKS}"
BALANCE: Final = f"平臺衡平準則，緣於「教授眾多、公民一人」之反映：{TALKS}"


class Kind(StrEnum):
    """Whom a stakeholder speaks for."""

    CITIZENS = "citizens"  # 民眾
    INDUSTRY = "industry"  # 產業
    CIVIL = "civil"  # 民間團體
    EXPERTS = "experts"  # 專家學者
    AGENCIES = "agencies"  # 機關
    QUIET = "quiet"  # 較少發聲者


class Stance(StrEnum):
    """Where they stand, as far as is known."""

    UNKNOWN = "unknown"  # 未知
    FOR = "for"  # 贊成
    AGAINST = "against"  # 反對
    AFFECTED = "affected"  # 受影響


class Lack(StrEnum):
    """What a balance check can find."""

    MISSING = "missing"  # a kind nobody of was invited
    MAJORITY = "majority"  # one kind is more than half
    NOBODY_AFFECTED = "nobody_affected"
    ONLY_AGENCIES = "only_agencies"
    ONE_SIDED = "one_sided"  # only for, or only against
    NOT_COMING = "not_coming"  # invited, and nobody of them comes


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """One group. Grades run from 1 (little) to 5; counts are people."""

    key: int
    name: str
    kind: Kind
    interest: int
    influence: int
    stance: Stance = Stance.UNKNOWN
    note: str = ""
    invited: int = 0
    coming: int = 0
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What is out of balance: of which kind, `n` of `of` people, and by which criterion."""

    lack: Lack
    kind: Kind | None
    n: int
    of: int
    source: str


@dataclass(frozen=True, slots=True)
class StakeholderMap:
    """Stakeholders in the order they were added."""

    rows: tuple[Stakeholder, ...] = ()
    next_key: int = 1

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:  # Any: JSON
        """Read what `to_json` wrote; an empty mapping is an empty map."""
        rows = (
            Stakeholder(**{**row, "kind": Kind(row["kind"]), "stance": Stance(row["stance"])})
            for row in data.get("rows", ())
        )
        return cls(tuple(rows), data.get("next_key", 1))

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """As stored and published."""
        return {
            "rows": [
                {name: getattr(one, name) for name in Stakeholder.__slots__} for one in self.rows
            ],
            "next_key": self.next_key,
        }

    def row(self, key: int) -> Stakeholder:
        """The stakeholder of that number. Refuses one that is not there."""
        for one in self.rows:
            if one.key == key:
                return one
        raise Refusal("sheet_entry_gone")


def add_stakeholder(sheet: StakeholderMap, new: Stakeholder) -> StakeholderMap:
    """With one more; its number and revision are set here."""
    if len(sheet.rows) >= ROWS_MAX:
        raise Refusal("sheet_full", most=ROWS_MAX)
    row = _checked(replace(new, key=sheet.next_key, revision=1))
    return StakeholderMap((*sheet.rows, row), sheet.next_key + 1)


def edit_stakeholder(sheet: StakeholderMap, new: Stakeholder) -> StakeholderMap:
    """With that one changed. Refuses when somebody else changed it since `new.revision`."""
    if sheet.row(new.key).revision != new.revision:
        raise Refusal("sheet_entry_changed", field="name")
    row = replace(_checked(new), revision=new.revision + 1)
    return replace(sheet, rows=tuple(row if one.key == new.key else one for one in sheet.rows))


def remove_stakeholder(sheet: StakeholderMap, key: int, *, revision: int) -> StakeholderMap:
    """Without that one."""
    if sheet.row(key).revision != revision:
        raise Refusal("sheet_entry_changed")
    return replace(sheet, rows=tuple(one for one in sheet.rows if one.key != key))


def _checked(row: Stakeholder) -> Stakeholder:
    for name in ("interest", "influence"):
        if getattr(row, name) not in GRADES:
            raise Refusal("stakeholder_grade", field=name, basis=PRACTICE)
    for name in ("invited", "coming"):
        if not 0 <= getattr(row, name) <= PEOPLE_MAX:
            raise Refusal("stakeholder_count", field=name, most=PEOPLE_MAX)
    if row.coming > row.invited:
        raise Refusal("stakeholder_more_coming", field="coming")
    return replace(
        row,
        name=bounded(row.name, "name", NAME_MAX),
        note=bounded(row.note, "note", NOTE_MAX, least=0),
    )


def balance(sheet: StakeholderMap) -> tuple[Finding, ...]:
    """What is out of balance at the table, by people invited; nothing found is an empty tuple.

    Agencies owe the answer and always come: shares are counted among the others.
    """
    invited: Counter[Kind] = Counter()
    coming: Counter[Kind] = Counter()
    for one in sheet.rows:
        invited[one.kind] += one.invited
        coming[one.kind] += one.coming
    total = sum(invited.values())
    others = total - invited[Kind.AGENCIES]
    found = [Finding(Lack.MISSING, kind, 0, total, KINDS) for kind in Kind if not invited[kind]]
    if total and not others:
        found.append(Finding(Lack.ONLY_AGENCIES, Kind.AGENCIES, total, total, BALANCE))
    found += [
        Finding(Lack.MAJORITY, kind, invited[kind], others, BALANCE)
        for kind in Kind
        if kind is not Kind.AGENCIES and 2 * invited[kind] > others
    ]
    affected = sum(one.invited for one in sheet.rows if one.stance is Stance.AFFECTED)
    if not affected:
        found.append(Finding(Lack.NOBODY_AFFECTED, None, 0, total, BALANCE))
    return (*found, *_sides(sheet), *_absent(invited, coming))


def _sides(sheet: StakeholderMap) -> tuple[Finding, ...]:
    sides = {
        stance: sum(one.invited for one in sheet.rows if one.stance is stance)
        for stance in (Stance.FOR, Stance.AGAINST)
    }
    heard, known = max(sides.values()), sum(sides.values())
    if heard and heard == known:
        return (Finding(Lack.ONE_SIDED, None, heard, known, BALANCE),)
    return ()


def _absent(invited: Counter[Kind], coming: Counter[Kind]) -> tuple[Finding, ...]:
    if not sum(coming.values()):
        return ()  # nobody has answered yet
    return tuple(
        Finding(Lack.NOT_COMING, kind, 0, invited[kind], BALANCE)
        for kind in Kind
        if invited[kind] and not coming[kind]
    )
