"""Acts on many checks at once: taking them up and giving them back. Nothing is hidden in bulk."""

from django.utils.translation import gettext_lazy as _

from minben.base.bulk_acts import BulkAct, register
from minben.kernel.actor import Role
from minben.proposals import actions
from minben.proposals.queries.waiting import checks_held, checks_open

register(
    BulkAct(
        code="take_up_checks",
        label=_("Take up checks"),
        told=_(
            "Each of these checks is held for you for half an hour; nobody else can decide it in "
            "that time."
        ),
        prefix="check",
        roles=(Role.CHECKER,),
        rows=lambda pks, by, at: checks_open(pks),
        do=lambda pk, by, at: actions.take_up_check(proposal_id=pk, by=by, at=at),
    ),
    BulkAct(
        code="give_back_checks",
        label=_("Give checks back"),
        told=_("Each of these checks returns to the queue, and anybody may take it up."),
        prefix="check",
        roles=(Role.CHECKER,),
        rows=checks_held,
        do=lambda pk, by, at: actions.release_check(proposal_id=pk, by=by, at=at),
    ),
)
