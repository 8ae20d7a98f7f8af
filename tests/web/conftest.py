"""Signed-in browsers and a clock that stands where a test needs it.

Put what a test reads and writes inside ``with at_instant(DAY0 + DAY):``; outside of it the pages
would see the machine's own date, which the factories' dates are not.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import pytest
from django.test import Client

from minben.base import hot_pages
from minben.kernel import clock
from minben.kernel.actor import Actor, Grant, Role
from minben.people import queries as people
from minben.people.models import Agency, User
from tests.factories import DAY0, actor, make_person, make_staff

STRONG = "account_authentication_methods"


class SignedIn(Client):
    """A browser with a session; `actor` and `user` say whose."""

    user: User
    actor: Actor


def sign_in(user: User, by: Actor, *, strong: bool) -> SignedIn:
    """A browser signed in as `user`; with a second factor if `strong`."""
    client = SignedIn()
    client.user, client.actor = user, by
    client.force_login(user)
    if strong:
        session = client.session
        session[f"{STRONG}_user"] = str(user.pk)
        session[STRONG] = [{"method": "mfa", "at": DAY0.timestamp(), "type": "totp"}]
        session.save()
    return client


@pytest.fixture
def staff_client(db: None) -> Callable[..., SignedIn]:
    """``staff_client(Role.CHECKER)``, ``staff_client(Role.OFFICER, agency)``.

    Without a second factor: ``strong=False``. For somebody who has the role already: ``user=``.
    """

    def make(
        role: Role,
        agency: Agency | None = None,
        *,
        strong: bool = True,
        user: User | None = None,
    ) -> SignedIn:
        if user is None:
            by = make_staff(role, agency)
            return sign_in(people.user_of(by), by, strong=strong)
        return sign_in(user, actor(user, Grant(role, agency.pk if agency else None)), strong=strong)

    return make


@pytest.fixture
def citizen_client(db: None) -> Callable[..., SignedIn]:
    """``citizen_client()``: somebody confirmed; ``citizen_client(verified=False)``; or as `user`."""

    def make(user: User | None = None, *, verified: bool = True) -> SignedIn:
        person = user or make_person(verified=verified)
        return sign_in(person, actor(person, strong=False), strong=False)

    return make


@pytest.fixture(autouse=True)
def _nothing_in_memory() -> None:
    """No page of the test before is still in the memory of this process."""
    hot_pages.forget_all()


@contextmanager
def _at(instant: datetime) -> Iterator[None]:
    # From the machine's own time, so that one may stand inside another.
    with clock.moved_by(instant - (clock.now() - clock.offset())):
        yield


@pytest.fixture
def at_instant() -> Callable[[datetime], AbstractContextManager[None]]:
    """``with at_instant(DAY0 + 3 * DAY): client.get(…)`` – requests happen at that instant."""
    return _at
