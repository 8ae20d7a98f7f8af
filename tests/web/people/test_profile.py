"""What an account still lacks, the public name, and the language."""

import pytest
from django.test import Client

from minben.people.models import User
from minben.people.queries import counties
from tests.factories import make_person

pytestmark = pytest.mark.django_db
FINISH = "/account/finish/"
PROFILE = "/account/profile/"
GOOD = {
    "nickname": "小明",
    "county": "臺北市",
    "township": "臺北市/中正區",
    "residency": "national",
}


@pytest.mark.parametrize("url", [FINISH, PROFILE, "/account/second-factor/", "/desk/counter/"])
def test_strangers_are_asked_to_sign_in(url):
    assert Client().get(url)["Location"].startswith("/account/login/?next=")


def test_each_missing_step_is_named_and_the_first_is_open(newcomer):
    client, _ = newcomer()
    page = client.get(FINISH).content.decode()
    assert 'name="nickname"' in page, "address and number are confirmed, so this is next"
    assert page.count('data-color="success"') >= 2
    other = Client()
    other.force_login(make_person(verified=False))
    page = other.get(FINISH).content.decode()
    assert "/account/email/" in page
    assert 'name="nickname"' not in page
    assert 'name="nickname"' in other.get(f"{FINISH}?step=declaration").content.decode()
    assert other.get(f"{FINISH}?step=<b>").status_code == 200


def test_the_declaration_completes_the_account(newcomer):
    client, user = newcomer()
    done = client.post(FINISH, {**GOOD, "step": "declaration", "next": "/proposals/"})
    assert done["Location"] == f"{FINISH}?next=%2Fproposals%2F"
    assert client.get(done["Location"])["Location"] == "/proposals/"
    user.refresh_from_db()
    assert user.is_verified
    assert user.public_name == "小明（臺北市中正區）"
    assert user.residency_declared_at
    assert "小明（臺北市中正區）" in client.get(FINISH).content.decode()


def test_no_way_out_of_the_platform(newcomer):
    client, _ = newcomer()
    done = client.post(FINISH, {**GOOD, "next": "https://evil.example/"})
    assert done["Location"] == FINISH


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"nickname": ""}, "nickname"),
        ({"nickname": "名" * 21}, "nickname"),
        ({"nickname": "=SUM(A1)"}, "nickname"),
        ({"nickname": "see www.example.org"}, "nickname"),
        ({"county": ""}, "county"),
        ({"county": "亞特蘭提斯"}, "county"),
        ({"township": ""}, "township"),
        ({"township": "基隆市/中正區"}, "township"),
        ({"township": "臺北市/蓬萊鎮"}, "township"),
        ({"residency": ""}, "residency"),
        ({"residency": "martian"}, "residency"),
    ],
)
@pytest.mark.parametrize("url", [FINISH, PROFILE])
def test_faults_stand_beside_their_field_and_nothing_typed_is_lost(newcomer, url, change, field):
    client, user = newcomer()
    sent = {**GOOD, "step": "declaration", **change}
    response = client.post(url, sent)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    if sent["nickname"]:
        assert f'value="{sent["nickname"]}"' in page
    if sent["county"] == "臺北市":
        assert '<option value="臺北市" selected' in page
    user.refresh_from_db()
    assert user.nickname == ""


def test_two_faults_are_shown_at_once(newcomer):
    client, _ = newcomer()
    response = client.post(FINISH, {"step": "declaration"})
    assert set(response.context["form"].errors) == set(GOOD)


def test_without_a_county_all_townships_are_offered_in_groups(newcomer):
    client, _ = newcomer()
    page = client.get(FINISH).content.decode()
    assert page.count("<optgroup") == len(counties())
    part = Client().get("/account/townships/", {"county": "連江縣"}).content.decode()
    assert part.count("<option") == 1 + 4
    assert "<optgroup" in Client().get("/account/townships/").content.decode()


def test_the_profile_shows_what_is_stored_and_changes_it(newcomer):
    client, user = newcomer()
    client.post(FINISH, GOOD)
    page = client.get(PROFILE).content.decode()
    assert '<option value="臺北市/中正區" selected' in page
    changed = {**GOOD, "nickname": "小華", "county": "連江縣", "township": "連江縣/南竿鄉"}
    assert client.post(PROFILE, changed)["Location"] == PROFILE
    user.refresh_from_db()
    assert user.public_name == "小華（連江縣南竿鄉）"


def test_the_language_of_mail_is_chosen(newcomer):
    client, user = newcomer()
    assert client.post("/account/language/", {"language": "en"})["Location"] == PROFILE
    user.refresh_from_db()
    assert user.language == "en"
    refused = client.post("/account/language/", {"language": "tlh"})
    assert refused.status_code == 422
    assert refused.context["language_form"].errors
    user.refresh_from_db()
    assert user.language == "en"
    assert client.get("/account/language/").status_code == 405


def test_others_cannot_be_declared_for(newcomer):
    client, _ = newcomer()
    other = make_person(verified=False)
    client.post(FINISH, {**GOOD, "user": other.pk, "id": other.pk})
    other.refresh_from_db()
    assert other.nickname == ""
    assert User.objects.filter(nickname="小明").count() == 1
