"""Acts on many rows at once, bound to a signed list (批次處理).

Whoever is shown what will be done to which rows confirms exactly that: the list carries the act,
the rows, a digest of each row's state, who was shown it, and until when it holds. Every row is
done in a transaction of its own; one that changed since, or may not be done, is refused alone.

A module declares its acts in its ``bulk_acts.py``; `BaseConfig.ready` finds them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.core import signing
from django.db import transaction
from django.utils.functional import Promise

from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal

SALT: Final = "minben bulk acts v1"
HOLDS_FOR: Final = timedelta(minutes=15)
ROWS_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands.

    Args:
        case_id: its case.
        state: any text that differs once the row is not what was confirmed any more.
    """

    case_id: int
    state: str

    @property
    def digest(self) -> str:
        """The state, short."""
        return sha256(self.state.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act.

    Args:
        code: stable, such as ``take_up_checks``.
        label: of the button, lazy.
        told: what confirming brings about, a sentence, lazy.
        prefix: of the keys it takes: ``check`` for ``check:12``.
        roles: whoever holds one of them is offered it; the action itself decides for every row.
        rows: those of the rows of these numbers the actor could do it to. One query.
        do: the module's action on one row.
    """

    code: str
    label: str | Promise
    told: str | Promise
    prefix: str
    roles: tuple[Role, ...]
    rows: Callable[[Collection[int], Actor, datetime], Mapping[int, Row]]
    do: Callable[[int, Actor, datetime], object]

    def offered_to(self, actor: Actor) -> bool:
        """Whether the actor holds one of its roles."""
        return any(actor.has(role) for role in self.roles)


@dataclass(frozen=True, slots=True)
class Listed:
    """What an act would be done to: the rows by number, and how many asked for do not take it."""

    act: BulkAct
    rows: Mapping[int, Row]
    left_out: int


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one row; no refusal means it is done."""

    pk: int
    case_id: int
    refusal: Refusal | None = None


_acts: dict[str, BulkAct] = {}


def register(*acts: BulkAct) -> None:
    """Declare acts; one declared twice is a programming error."""
    for act in acts:
        if _acts.setdefault(act.code, act) is not act:
            raise ValueError(f"bulk act registered twice: {act.code}")


def acts_for(actor: Actor) -> list[BulkAct]:
    """The acts whose roles the actor holds, in the order they were declared."""
    return [act for act in _acts.values() if act.offered_to(actor)]


def listed(code: str, keys: Sequence[str], *, by: Actor, at: datetime) -> Listed:
    """The rows behind the keys that take the act. One query.

    Raises:
        Refusal: ``not_permitted``, or ``bulk_too_many``.
    """
    act = _act(code, by)
    if len(keys) > ROWS_MOST:
        raise Refusal("bulk_too_many", most=ROWS_MOST)
    asked = {int(name) for kind, _, name in _parts(keys) if kind == act.prefix and _whole(name)}
    rows = act.rows(asked, by, at)
    return Listed(act, rows, len(set(keys)) - len(rows))


def sign(found: Listed, *, by: Actor, at: datetime) -> str:
    """The list as a text only this platform can make; it holds for a quarter of an hour."""
    return signing.dumps(
        {
            "act": found.act.code,
            "by": by.id,
            "until": (at + HOLDS_FOR).isoformat(),
            "rows": [[pk, row.case_id, row.digest] for pk, row in found.rows.items()],
        },
        salt=SALT,
        compress=True,
    )


def carry_out(signed: str, *, by: Actor, at: datetime) -> tuple[BulkAct, list[Done]]:
    """Do what was confirmed, row by row. As many transactions as rows.

    Raises:
        Refusal: ``bulk_list_broken``, ``bulk_list_of_another``, ``bulk_list_expired`` or
            ``not_permitted``; then nothing at all was done.
    """
    try:
        told = signing.loads(signed, salt=SALT)
    except signing.BadSignature as error:
        raise Refusal("bulk_list_broken") from error
    if told["by"] != by.id:
        raise Refusal("bulk_list_of_another")
    if at >= datetime.fromisoformat(told["until"]):
        raise Refusal("bulk_list_expired")
    act = _act(told["act"], by)
    return act, [
        Done(pk, case_id, _refused(act, pk, digest, by, at)) for pk, case_id, digest in told["rows"]
    ]


def _refused(act: BulkAct, pk: int, digest: str, by: Actor, at: datetime) -> Refusal | None:
    try:
        with transaction.atomic():
            row = act.rows([pk], by, at).get(pk)
            if row is None or row.digest != digest:
                raise Refusal("bulk_row_changed")
            act.do(pk, by, at)
    except Refusal as refusal:
        return refusal
    return None


def _act(code: str, by: Actor) -> BulkAct:
    act = _acts.get(code)
    if act is None or not act.offered_to(by):
        raise Refusal("not_permitted")
    return act


def _parts(keys: Sequence[str]) -> list[tuple[str, str, str]]:
    return [key.partition(":") for key in keys]


def _whole(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) <= 18
