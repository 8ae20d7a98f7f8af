"""Accounts: what is proved binds, what is claimed does not, and nobody acts for others."""

import pytest
from allauth.account.models import EmailAddress

from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.people import actions
from minben.people.models import User
from tests.factories import DAY, DAY0, actor, make_person, make_staff

pytestmark = pytest.mark.django_db
NUMBER = "+886912345678"


def test_a_noted_number_goes_to_the_one_who_proves_it():
    liar, owner = make_person(verified=False), make_person(verified=False)
    actions.set_phone(user=liar, phone=NUMBER, by=actor(liar), at=DAY0)
    actions.confirm_phone(user=owner, phone=NUMBER, by=actor(owner), at=DAY0 + DAY)
    liar.refresh_from_db()
    owner.refresh_from_db()
    assert (liar.phone, owner.phone) == (None, NUMBER)
    assert owner.confirmed_by == "mobile"
    assert owner.phone_verified_at == owner.confirmed_at == DAY0 + DAY


def test_a_proved_number_is_refused_to_others():
    first, second = make_person(verified=False), make_person(verified=False)
    actions.confirm_phone(user=first, phone=NUMBER, by=actor(first), at=DAY0)
    for act in (actions.set_phone, actions.confirm_phone):
        with pytest.raises(Refusal, match="phone_in_use"):
            act(user=second, phone=NUMBER, by=actor(second), at=DAY0)
    second.refresh_from_db()
    assert second.phone is None


def test_a_change_of_number_keeps_how_and_when_the_person_was_confirmed():
    person = make_person()
    since = person.confirmed_at
    actions.confirm_phone(user=person, phone=NUMBER, by=actor(person), at=DAY0 + DAY)
    person.refresh_from_db()
    assert (person.phone, person.confirmed_at) == (NUMBER, since)


def test_the_sign_in_library_knows_a_confirmed_address():
    person = make_person()
    row = EmailAddress.objects.get(user=person)
    assert (row.email, row.verified, row.primary) == (person.email, True, True)


def test_a_new_address_replaces_the_old_one():
    person = make_person()
    actions.confirm_email(user=person, address="Next@Example.org", by=actor(person), at=DAY0)
    person.refresh_from_db()
    assert (person.email, person.canonical_email) == ("next@example.org", "next@example.org")
    rows = EmailAddress.objects.filter(user=person, primary=True)
    assert [row.email for row in rows] == ["next@example.org"]


def test_a_mailbox_belongs_to_one_account():
    def opened(address: str) -> User:
        return actions.open_account(email=address, password=None, language="en", by=SYSTEM, at=DAY0)

    opened("amy.lin@gmail.com")
    with pytest.raises(Refusal, match="email_in_use"):
        opened("AmyLin+x@googlemail.com")
    other = opened("other@example.org")
    with pytest.raises(Refusal, match="email_in_use"):
        actions.confirm_email(user=other, address="amylin@gmail.com", by=SYSTEM, at=DAY0)


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: actions.confirm_email(user=user, address="x@y.org", by=by, at=DAY0),
        lambda user, by: actions.confirm_phone(user=user, phone=NUMBER, by=by, at=DAY0),
        lambda user, by: actions.set_phone(user=user, phone=NUMBER, by=by, at=DAY0),
        lambda user, by: actions.choose_language(user=user, language="en", by=by, at=DAY0),
        lambda user, by: actions.declare(
            user=user,
            nickname="小明",
            county="臺北市",
            township="中正區",
            residency="national",
            by=by,
            at=DAY0,
        ),
    ],
)
def test_nobody_acts_for_another(act):
    victim = make_person(verified=False)
    for by in (actor(make_person()), make_staff(Role.ADMINISTRATOR)):
        with pytest.raises(Refusal, match="not_permitted"):
            act(victim, by)


def test_the_platform_stands_at_no_counter():
    person = make_person(verified=False)
    with pytest.raises(Refusal, match="not_permitted"):
        actions.confirm_at_counter(
            user_id=person.pk, counter="x", document="passport", by=SYSTEM, at=DAY0
        )


def test_a_person_from_the_counter_is_verified_after_the_declaration():
    person = make_person(verified=False)
    actions.confirm_email(user=person, by=actor(person), at=DAY0)
    clerk = make_staff(Role.CLERK)
    actions.confirm_at_counter(
        user_id=person.pk, counter="公所", document="passport", by=clerk, at=DAY0
    )
    person.refresh_from_db()
    assert not person.is_verified
    actions.declare(
        user=person,
        nickname="小明",
        county="臺北市",
        township="中正區",
        residency="resident_permit",
        by=actor(person),
        at=DAY0,
    )
    person.refresh_from_db()
    assert person.is_verified
    assert person.phone is None
