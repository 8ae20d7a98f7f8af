"""Templates: who keeps them, what is recorded, and that no version is ever lost."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from minben.audit.models import Event
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.phrases import actions, queries
from minben.phrases.models import Phrase, PhraseVersion
from minben.phrases.rules import Kind
from tests.db.crowd import at_once, outcomes
from tests.db.refused.by_phrases import TEXT, add, change
from tests.factories import DAY0, make_agency, make_staff

pytestmark = pytest.mark.django_db


def test_officers_and_leads_keep_those_of_their_agency_administrators_the_platforms() -> None:
    agency, other = make_agency(), make_agency("交通部", "motc")
    officer, lead = make_staff(Role.OFFICER, agency), make_staff(Role.LEAD, agency)
    admin, checker = make_staff(Role.ADMINISTRATOR), make_staff(Role.CHECKER)
    participation = make_staff(Role.PARTICIPATION, agency)
    for by, owner in ((officer, agency.pk), (lead, agency.pk), (admin, None)):
        assert add(by, owner).agency_id == owner
    refused = [
        (officer, other.pk),
        (officer, None),
        (lead, None),
        (admin, agency.pk),
        (checker, None),
        (participation, agency.pk),
    ]
    for by, owner in refused:
        with pytest.raises(Refusal, match="phrase_not_yours"):
            add(by, owner)


def test_every_act_is_recorded_and_none_is_public() -> None:
    agency = make_agency()
    by = make_staff(Role.OFFICER, agency)
    made = add(by, agency.pk)
    change(made, by)
    actions.retire_phrase(phrase_id=made.pk, by=by, at=DAY0)
    told = list(Event.objects.filter(subject=f"phrase:{made.pk}").order_by("pk"))
    assert [(row.kind, row.actor) for row in told] == [
        ("phrases.added", by.id),
        ("phrases.changed", by.id),
        ("phrases.retired", by.id),
    ]
    assert told[1].data == {"agency": agency.pk, "kind": "answer", "revision": 2}
    assert TEXT not in str([row.data for row in told])


def test_former_words_stay_and_the_newest_are_offered() -> None:
    agency = make_agency()
    by = make_staff(Role.OFFICER, agency)
    made = add(by, agency.pk)
    change(made, by, text="新的內容。")
    assert [row.text for row in queries.versions_of(made.pk)] == ["新的內容。", TEXT]
    assert [row.text for row in queries.offered(Kind.ANSWER, [agency.pk])] == ["新的內容。"]
    assert not queries.offered(Kind.PLAN, [agency.pk])
    actions.retire_phrase(phrase_id=made.pk, by=by, at=DAY0)
    assert not queries.offered(Kind.ANSWER, [agency.pk])
    assert len(queries.versions_of(made.pk)) == 2


def test_own_ones_stand_before_the_platforms_and_others_are_not_offered() -> None:
    agency, other = make_agency(), make_agency("交通部", "motc")
    platform = add(make_staff(Role.ADMINISTRATOR), None)
    own = add(make_staff(Role.OFFICER, agency), agency.pk)
    add(make_staff(Role.OFFICER, other), other.pk)
    rows = queries.offered(Kind.ANSWER, [agency.pk])
    assert [row.phrase_id for row in rows] == [own.pk, platform.pk]


def test_of_two_who_change_one_the_second_is_told() -> None:
    agency = make_agency()
    first, second = make_staff(Role.OFFICER, agency), make_staff(Role.LEAD, agency)
    made = add(first, agency.pk)
    change(made, first, text="甲的內容。")
    with pytest.raises(Refusal, match="phrase_changed"):
        change(made, second, text="乙的內容。")
    assert [row.text for row in queries.versions_of(made.pk)] == ["甲的內容。", TEXT]
    change(made, second, text="乙的內容。", revision=2)
    assert queries.versions_of(made.pk)[0].text == "乙的內容。"


@pytest.mark.django_db(transaction=True)
def test_of_many_changes_at_once_one_holds() -> None:
    agency = make_agency()
    people = [make_staff(Role.OFFICER, agency) for _ in range(6)]
    made = add(people[0], agency.pk)
    found = outcomes(at_once([partial(change, made, by) for by in people]))
    assert (found["done"], found["phrase_changed"]) == (1, 5)
    assert PhraseVersion.objects.count() == 2


def a_phrase() -> Phrase:
    agency = make_agency()
    return add(make_staff(Role.OFFICER, agency), agency.pk)


def a_retired_one() -> Phrase:
    made = a_phrase()
    by = make_staff(Role.OFFICER, made.agency)
    return actions.retire_phrase(phrase_id=made.pk, by=by, at=DAY0)


FORBIDDEN: list[tuple[Callable[[], models.Model], dict[str, Any], str]] = [
    (a_phrase, {"kind": "poem"}, "phrases_phrase_kind"),
    (a_phrase, {"revision": 0}, "phrases_phrase_revision"),
    (a_phrase, {"retired_at": DAY0}, "phrases_phrase_retired_pair"),
    (a_phrase, {"retired_by": "person:1"}, "phrases_phrase_retired_pair"),
    (a_retired_one, {"retired_by": ""}, "phrases_phrase_retired_pair"),
    (a_retired_one, {"retired_at": None}, "phrases_phrase_retired_pair"),
]


@pytest.mark.parametrize(("make", "change_to", "constraint"), FORBIDDEN)
def test_what_may_not_be_is_refused_by_the_database(
    make: Callable[[], models.Model], change_to: dict[str, Any], constraint: str
) -> None:
    rows = Phrase.objects.filter(pk=make().pk)
    # PostgreSQL and SQLite hold a count above zero by a check of the column as well.
    named = f"{constraint}|revision"
    with pytest.raises(DatabaseError, match=named), transaction.atomic():
        rows.update(**change_to)


@pytest.mark.parametrize(
    "broken", [{"number": 1}, {"number": 0}, {"title": ""}, {"text": ""}, {"by": ""}]
)
def test_a_version_is_whole_and_stands_once(broken: dict[str, Any]) -> None:
    made = a_phrase()
    whole = {"phrase": made, "number": 2, "title": "名", "text": "字", "at": DAY0, "by": "person:1"}
    with pytest.raises(DatabaseError), transaction.atomic():
        PhraseVersion.objects.create(**whole | broken)
    PhraseVersion.objects.create(**whole)


def test_the_words_of_a_version_are_never_changed() -> None:
    made = a_phrase()
    rows = PhraseVersion.objects.filter(phrase=made)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(text="別的")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()
