"""After an erasing nothing anywhere tells who somebody was; and every module does its part.

The whole database is read, the tables of the libraries as well, and every uploaded file.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from minben.audit.actions import record
from minben.audit.models import Event
from minben.base import erasing
from minben.config.jobs import tick
from minben.discussion.models import Comment, Report, StoredFile
from minben.discussion.uploads import path_of
from minben.kernel.actor import SYSTEM
from minben.ledger import queries as ledger
from minben.notify.models import Notice, SandboxMessage
from minben.people import actions
from minben.people.models import BoundNumber, Closing, User
from minben.proposals.models import Draft, Endorsement, Proposal
from tests import a_life
from tests.a_life import Life
from tests.factories import DAY, DAY0, count
from tests.web.people.conftest import EMAIL_URL, PHONE_URL, confirm, last_code, sign_up
from tests.whole_database import holding

pytestmark = pytest.mark.django_db
ASKED = DAY0 + 5 * DAY
DUE = ASKED + 8 * DAY
# Limits of tries count by network address, name no account, and run out within a day.
LIMITS = {a_life.ADDRESS: {"cache.cache_key"}}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def life(django_capture_on_commit_callbacks: Any) -> Life:
    """Signed up and signed in with a real browser, in spite of a few mistyped passwords."""
    client = Client(HTTP_USER_AGENT=a_life.BROWSER, REMOTE_ADDR=a_life.ADDRESS)
    sign_up(
        client, a_life.EARLIER, "0923 456 789", password1=a_life.PASSWORD, password2=a_life.PASSWORD
    )
    confirm(client, EMAIL_URL, last_code("mail"))
    confirm(client, PHONE_URL, last_code("sms"))
    client.post("/account/login/", {"login": a_life.EARLIER, "password": "wrong"})
    other = Client(HTTP_USER_AGENT=a_life.BROWSER, REMOTE_ADDR=a_life.ADDRESS)
    for word in ("wrong", "wrong again", a_life.PASSWORD):
        other.post("/account/login/", {"login": a_life.EARLIER, "password": word})
    user = User.objects.get(email=a_life.EARLIER)
    lived = a_life.live(client, user)
    clerk = a_life.make_person()
    private = {"counter": a_life.COUNTER, "document": "passport"}
    record(
        "people.counter_confirmed", by=a_life.actor(clerk), at=DAY0, subject=f"person:{user.pk}",
        private=private,
    )  # fmt: skip
    count(ASKED)
    return lived


def erase(life: Life, capture: Any, *, keep_comments: bool = False) -> None:
    """Ask, wait, and let the tick do it; an hour later it sweeps up, and the mail is gone."""
    with capture(execute=True):
        actions.close_account(keep_comments=keep_comments, by=life.actor, at=ASKED)
        tick(DUE)
        tick(DUE + timedelta(hours=2))
    SandboxMessage.objects.filter(to=a_life.EMAIL).delete()  # the person's own mailbox
    life.user.refresh_from_db()


def test_nothing_tells_who_it_was(life: Life, django_capture_on_commit_callbacks: Any) -> None:
    before = holding(*a_life.WORDS, *life.secrets, life.draft_file)
    assert set(before) == {*a_life.WORDS, *life.secrets, life.draft_file}, "the life is complete"
    erase(life, django_capture_on_commit_callbacks)
    assert holding(*a_life.WORDS, *life.secrets, life.draft_file) == LIMITS
    assert not path_of(life.draft_file).exists()


@pytest.mark.parametrize("module", [eraser.module for eraser in erasing.erasers()])
def test_every_module_is_needed(
    module: str, life: Life, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    left = {name: one for name, one in erasing._erasers.items() if name != module}
    monkeypatch.setattr(erasing, "_erasers", left)
    erase(life, django_capture_on_commit_callbacks)
    assert holding(*a_life.WORDS, *life.secrets, life.draft_file) != LIMITS


def test_what_has_public_effect_stays(life: Life, django_capture_on_commit_callbacks: Any) -> None:
    given = Endorsement.objects.get(proposal=life.endorsed)
    leaf, size = ledger.leaf(given.leaf_index), ledger.tree_size()
    erase(life, django_capture_on_commit_callbacks)
    still = Endorsement.objects.get(proposal=life.endorsed)
    assert (still.number, still.at, still.county) == (given.number, given.at, a_life.COUNTY)
    assert (still.person_id, still.salt, still.reason) == (life.user.pk, None, "")
    life.endorsed.refresh_from_db()
    assert life.endorsed.endorsed == 1
    assert ledger.leaf(given.leaf_index) == leaf, "the tree stays as it was"
    assert ledger.tree_size() >= size
    public = Proposal.objects.get(pk=life.public.pk)
    assert (public.subject, public.proposer_name) == ("公開的提案要裝設路燈", "")
    assert path_of(life.public_file).exists(), "the public proposal shows it"
    assert StoredFile.objects.get().sha256 == life.public_file


def test_the_shell_is_empty_and_nobody_signs_in(
    life: Life, django_capture_on_commit_callbacks: Any
) -> None:
    erase(life, django_capture_on_commit_callbacks)
    shell = life.user
    assert shell.erased_at == DUE
    assert not any((shell.is_active, shell.has_usable_password(), shell.ledger_secret))
    assert "_auth_user_id" not in life.client.session
    assert life.client.get("/my/")["Location"].startswith("/account/login/")
    cache.clear()
    again = Client().post("/account/login/", {"login": a_life.EMAIL, "password": a_life.PASSWORD})
    assert again.status_code == 422
    assert not Closing.objects.exists()


def test_the_pages_hold_without_a_name(
    life: Life, django_capture_on_commit_callbacks: Any, at_instant: Any
) -> None:
    number, own = life.endorsed.case.number, life.public.case.number
    erase(life, django_capture_on_commit_callbacks)
    with at_instant(DUE + DAY):
        for url in (f"/proposals/{number}/", f"/proposals/{own}/", f"/en/proposals/{number}/"):
            page = Client().get(url).content.decode()
            assert a_life.NICKNAME not in page
        comments = Client().get(f"/proposals/{number}/comments/").content.decode()
        assert "留言者已移除" in comments
        told = Client().get(f"/api/v1/proposals/{number}/comments").json()["items"]
        assert {(one["removed"], one["author"], one["body"]) for one in told if one["removed"]} == {
            (True, "", "")
        }


def test_comments_may_stay_without_a_name(
    life: Life, django_capture_on_commit_callbacks: Any
) -> None:
    erase(life, django_capture_on_commit_callbacks, keep_comments=True)
    stays = Comment.objects.get(pk=life.comment)
    assert (stays.body, stays.author_name, stays.removed_at) == (a_life.SAID, "", None)
    left = holding(*a_life.WORDS)
    assert left == LIMITS | {a_life.SAID: {"discussion_comment.body"}}, "hidden words went"
    assert Report.objects.get().reason == ""


def test_a_file_somebody_else_brought_as_well_stays(
    life: Life, django_capture_on_commit_callbacks: Any
) -> None:
    other = a_life.actor(a_life.make_person())
    a_life._draft(other, DAY0, "別人的草稿")
    erase(life, django_capture_on_commit_callbacks)
    assert path_of(life.draft_file).exists()
    assert Draft.objects.get().subject == "別人的草稿"


def test_the_last_letter_leaves_no_address(
    life: Life, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_account(keep_comments=False, by=life.actor, at=ASKED)
        actions.erase_due(by=SYSTEM, at=DUE)
    letter = Notice.objects.get(kind="people.erased")
    assert letter.address == a_life.EMAIL
    tick(DUE)
    assert SandboxMessage.objects.get(to=a_life.EMAIL).subject
    assert not Notice.objects.filter(address=a_life.EMAIL).exists()


def test_a_request_under_way_is_swept_up(
    life: Life, django_capture_on_commit_callbacks: Any
) -> None:
    """It had read the name before the erasing, and writes after it."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_account(keep_comments=False, by=life.actor, at=ASKED)
        tick(DUE)
        Comment.objects.create(
            thread_id=life.public.thread_id, side="pro", author=life.user,
            author_name=a_life.NICKNAME, body=a_life.SAID, at=DUE,
        )  # fmt: skip
        tick(DUE + timedelta(minutes=30))
        assert a_life.NICKNAME in holding(a_life.NICKNAME)
        tick(DUE + timedelta(hours=2))
    assert holding(a_life.NICKNAME, a_life.SAID) == {}
    assert Event.objects.filter(kind="people.erased").count() == 1


def test_the_record_is_emptied_of_the_erased_alone(
    life: Life, django_capture_on_commit_callbacks: Any
) -> None:
    person, other = f"person:{life.user.pk}", a_life.make_person()
    record("people.counter_confirmed", by=SYSTEM, at=DAY0, subject=f"person:{other.pk}",
           private={"counter": "別人的櫃檯"})  # fmt: skip
    kept = list(Event.objects.exclude(actor=person).exclude(subject=person).values())
    acts = Event.objects.filter(actor=person).count()
    erase(life, django_capture_on_commit_callbacks)
    same = Event.objects.filter(pk__in=[row["id"] for row in kept])
    assert list(same.values()) == kept
    own = Event.objects.filter(actor=person)
    assert own.count() == acts + 1, "what they did stays, and that they asked"
    assert set(own.values_list("actor_label", flat=True)) == {""}
    assert not own.exclude(private={}).exists()


REFUSED = [
    {"kind": "people.joined"},
    {"at": DUE},
    {"actor": "person:999999"},
    {"subject": "person:999999"},
    {"case_id": 999999},
    {"simulated": True},
    {"recorded_at": DUE},
    {"actor_label": "somebody else"},
    {"private": {"a": 1}},
    {"data": {}},
    {"data": {"reason": "another"}},
]


@pytest.mark.parametrize(
    "change", REFUSED, ids=[next(iter(one)) + str(n) for n, one in enumerate(REFUSED)]
)
def test_even_then_nothing_else_of_the_record_can_change(
    change: dict[str, Any], life: Life, django_capture_on_commit_callbacks: Any
) -> None:
    erase(life, django_capture_on_commit_callbacks)
    row = Event.objects.get(
        actor=f"person:{life.user.pk}", kind="proposals.filed", subject=f"proposal:{life.public.pk}"
    )
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("change", [{"actor_label": ""}, {"private": {}}, {"data": {}}])
def test_before_an_erasing_nothing_can_be_emptied(change: dict[str, Any], life: Life) -> None:
    rows = Event.objects.filter(actor=f"person:{life.user.pk}") | Event.objects.filter(
        subject=f"person:{life.user.pk}"
    )
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        rows.update(**change)
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            rows.delete()


def test_every_column_of_the_record_was_tried() -> None:
    tried = {name for one in REFUSED for name in one}
    assert tried == {field.name for field in Event._meta.concrete_fields} - {"id"}


def test_no_number_stands_anywhere_in_plain(life: Life) -> None:
    """Also of those who stay: the number stands in the account alone."""
    places = holding(a_life.PHONE)[a_life.PHONE]
    assert "people_boundnumber.digest" not in places
    assert len(BoundNumber.objects.get(user=life.user).digest) == 64
