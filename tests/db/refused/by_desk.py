"""Refusals of acts on many rows at once."""

from datetime import timedelta

from minben.base.bulk_acts import HOLDS_FOR, ROWS_MOST, carry_out, listed, sign
from minben.kernel.actor import Role
from tests.db.refused import answered
from tests.factories import DAY0, file_one, make_staff

ACT = "take_up_checks"


@answered(422)
def bulk_too_many() -> None:
    keys = [f"check:{n}" for n in range(ROWS_MOST + 1)]
    listed(ACT, keys, by=make_staff(Role.CHECKER), at=DAY0)


@answered(422)
def bulk_list_broken() -> None:
    carry_out("nothing signed", by=make_staff(Role.CHECKER), at=DAY0)


@answered(403)
def bulk_list_of_another() -> None:
    mine = make_staff(Role.CHECKER)
    signed = sign(listed(ACT, [], by=mine, at=DAY0), by=mine, at=DAY0)
    carry_out(signed, by=make_staff(Role.CHECKER), at=DAY0)


@answered(409)
def bulk_list_expired() -> None:
    by = make_staff(Role.CHECKER)
    signed = sign(listed(ACT, [], by=by, at=DAY0), by=by, at=DAY0)
    carry_out(signed, by=by, at=DAY0 + HOLDS_FOR)


@answered(409)
def bulk_row_changed() -> None:
    by, at = make_staff(Role.CHECKER), DAY0 + timedelta(hours=1)
    proposal = file_one()
    signed = sign(listed(ACT, [f"check:{proposal.pk}"], by=by, at=at), by=by, at=at)
    carry_out(signed, by=by, at=at)
    _, [done] = carry_out(signed, by=by, at=at)  # once more: they hold it already
    assert done.refusal
    raise done.refusal
