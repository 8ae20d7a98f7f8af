"""Every refusal provoked once: one function per code, named like it, listed with its answer.

`@answered(422, field="subject")` says what the refusal must carry: the HTTP status, the field its
sentence belongs beside, and whether it names the clause it rests on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from minben.kernel.actor import Actor, Role
from minben.people.models import User
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import DAY0, accept_one, actor, file_one, make_agency, make_person, make_staff

REASON = "這是公開的理由。"


@dataclass(frozen=True)
class Provocation:
    """What is done, and what the refusal must carry."""

    act: Callable[[], object]
    status: int
    field: str | None
    basis: bool


PROVOKED: dict[str, Provocation] = {}


def answered(
    status: int, *, field: str | None = None, basis: bool = False
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """List a provocation under the name of its function."""

    def listed(act: Callable[[], object]) -> Callable[[], object]:
        assert act.__name__ not in PROVOKED
        PROVOKED[act.__name__] = Provocation(act, status, field, basis)
        return act

    return listed


def citizen(*, verified: bool = True) -> Actor:
    return actor(make_person(verified=verified))


def checker() -> Actor:
    return make_staff(Role.CHECKER)


def admin() -> Actor:
    return make_staff(Role.ADMINISTRATOR)


def owned() -> tuple[User, Proposal]:
    """Somebody, and a proposal of theirs that waits for its check."""
    user = make_person()
    return user, file_one(user)


def open_one() -> Proposal:
    """A proposal that can be endorsed from its `opens_at` on."""
    return accept_one(file_one(agencies=(make_agency(),)))


def taken_up(proposal: Proposal | None = None) -> tuple[Proposal, Actor]:
    """A waiting proposal, and who has taken its check up."""
    waiting, by = proposal or file_one(), checker()
    proposals.take_up_check(proposal_id=waiting.pk, by=by, at=DAY0)
    return waiting, by


def hidden_one() -> tuple[User, Proposal, Actor]:
    """A hidden proposal with its proposer and who hid it."""
    user, proposal = owned()
    _, by = taken_up(proposal)
    proposals.hide(proposal_id=proposal.pk, ground="virtual", reason=REASON, by=by, at=DAY0)
    return user, proposal, by
