"""The assisted route: a clerk confirms a person without a mobile."""

import pytest

from minben.audit.models import Event
from minben.kernel.actor import Role
from minben.notify.models import Notice
from minben.people.models import CounterConfirmation, User
from tests.factories import make_person

pytestmark = pytest.mark.django_db
URL = "/desk/counter/"


@pytest.fixture
def clerk(staff_client):
    return staff_client(Role.CLERK)


def form(person: User, **change: str) -> dict[str, str]:
    values = {"email": person.email, "document": "health_card", "counter": "中正區公所 3 號櫃臺"}
    return {**values, **change}


def test_find_look_confirm(clerk):
    person = make_person(verified=False)
    assert clerk.get(URL).status_code == 200
    look = clerk.post(URL, form(person))
    assert look.status_code == 200
    assert person.email in look.content.decode()
    person.refresh_from_db()
    assert person.confirmed_at is None, "looking confirms nothing"
    done = clerk.post(URL, form(person, confirm="1"))
    assert done["Location"] == URL
    person.refresh_from_db()
    assert person.confirmed_by == "counter"
    row = CounterConfirmation.objects.get()
    assert (row.user, row.clerk_id, row.document) == (person, clerk.user.pk, "health_card")
    event = Event.objects.get(kind="people.counter_confirmed")
    assert event.actor == f"person:{clerk.user.pk}"
    assert event.subject == f"person:{person.pk}"
    assert "counter" not in event.data, "where somebody was is nothing for the public"
    assert Notice.objects.get(kind="people.counter_confirmed").address == person.email
    assert "中正區公所 3 號櫃臺" in clerk.get(URL).content.decode(), "the counter is remembered"


@pytest.mark.parametrize(
    ("change", "field", "status"),
    [
        ({"email": ""}, "email", 422),
        ({"email": "nobody@example.org"}, "email", 422),
        ({"document": "library_card"}, "document", 422),
        ({"document": ""}, "document", 422),
        ({"counter": " "}, "counter", 422),
        ({"counter": "x" * 81}, "counter", 422),
    ],
)
def test_faults_stand_beside_their_field(clerk, change, field, status):
    person = make_person(verified=False)
    response = clerk.post(URL, {**form(person, **change), "confirm": "1"})
    assert response.status_code == status
    assert response.context["form"].errors.keys() == {field}
    person.refresh_from_db()
    assert person.confirmed_at is None


def test_nobody_is_confirmed_twice(clerk):
    response = clerk.post(URL, form(make_person(), confirm="1"))
    assert response.status_code == 409
    assert "email" in response.context["form"].errors
    assert not CounterConfirmation.objects.exists()


def test_nobody_confirms_oneself(staff_client):
    clerk = staff_client(Role.CLERK)
    User.objects.filter(pk=clerk.user.pk).update(confirmed_at=None, confirmed_by="")
    response = clerk.post(URL, form(clerk.user, confirm="1"))
    assert response.status_code == 403
    assert not CounterConfirmation.objects.exists()


@pytest.mark.parametrize("role", [Role.CHECKER, Role.ADMINISTRATOR])
def test_other_staff_may_not(staff_client, role):
    client = staff_client(role)
    person = make_person(verified=False)
    assert client.get(URL).status_code == 403
    assert client.post(URL, form(person, confirm="1")).status_code == 403


def test_citizens_may_not(citizen_client):
    assert citizen_client().get(URL).status_code == 403


def test_without_a_second_factor_the_clerk_is_sent_to_set_one_up(staff_client):
    client = staff_client(Role.CLERK, strong=False)
    person = make_person(verified=False)
    response = client.post(URL, form(person, confirm="1"))
    assert response["Location"].startswith("/account/second-factor/?next=")
    person.refresh_from_db()
    assert person.confirmed_at is None
