"""Deputies (職務代理): they have the role from instant to instant, in one query, and on record."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.casework.permissions import may_answer
from minben.casework.rules import RESPONSE_BLOCKS
from minben.kernel.actor import SYSTEM, Actor, Grant, Role
from minben.kernel.refusal import Refusal
from minben.people import actions, queries
from minben.people.models import Agency, Delegation, RoleGrant
from minben.people.personal import held_about
from tests.db.refused.by_people import cover
from tests.factories import DAY, DAY0, file_one, make_agency, make_staff

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


class Cast:
    """A lead who is away, and an officer of the same ministry who stands in."""

    def __init__(self, until: datetime = DAY0 + 10 * DAY) -> None:
        self.agency: Agency = make_agency()
        self.lead = make_staff(Role.LEAD, self.agency)
        self.officer = make_staff(Role.OFFICER, self.agency)
        self.grant = RoleGrant.objects.get(user_id=self.lead.person_id)
        self.made = cover(self.lead, self.officer, self.grant, until=until)

    def deputy(self, at: datetime) -> Actor:
        return queries.actor_of(queries.user_by_id(self.officer.person_id or 0), at)

    def represents(self, at: datetime) -> bool:
        return self.deputy(at).represents == (self.lead.person_id,)


def test_from_the_first_instant_until_the_last_but_one() -> None:
    cast = Cast()
    assert not cast.represents(DAY0 - INSTANT)
    assert cast.represents(DAY0)
    assert cast.represents(DAY0 + 10 * DAY - INSTANT)
    assert not cast.represents(DAY0 + 10 * DAY)


def test_what_is_represented_is_the_role_and_nothing_else_of_its_holder() -> None:
    cast = Cast()
    actions.grant_role(
        user_id=cast.lead.person_id or 0,
        role=Role.ADMINISTRATOR,
        agency_id=None,
        by=SYSTEM,
        at=DAY0,
    )
    assert cast.deputy(DAY0).grants == {
        Grant(Role.OFFICER, cast.agency.pk),
        Grant(Role.LEAD, cast.agency.pk, cast.lead.person_id),
    }
    with pytest.raises(Refusal, match="delegation_stranger"):
        cover(SYSTEM, cast.officer, RoleGrant.objects.get(role=Role.ADMINISTRATOR))


def test_it_is_still_one_query(django_assert_num_queries: Any) -> None:
    cast = Cast()
    for _ in range(3):
        cover(cast.lead, cast.officer, cast.grant)
    user = queries.user_by_id(cast.officer.person_id or 0)
    with django_assert_num_queries(1):
        by = queries.actor_of(user, DAY0)
    assert len(by.grants) == 2


def test_ended_before_its_time_by_holder_lead_or_deputy() -> None:
    for who in ("lead", "officer"):
        cast = Cast()
        by = cast.lead if who == "lead" else cast.deputy(DAY0)
        actions.end_delegation(delegation_id=cast.made.pk, by=by, at=DAY0 + DAY)
        assert not cast.represents(DAY0 + DAY)
        row = Delegation.objects.get(pk=cast.made.pk)
        assert (row.ended_at, row.ended_by) == (DAY0 + DAY, by.id)


def test_a_stranger_ends_nothing() -> None:
    cast = Cast()
    stranger = make_staff(Role.LEAD, make_agency("交通部", "motc"))
    with pytest.raises(Refusal, match="delegation_not_yours"):
        actions.end_delegation(delegation_id=cast.made.pk, by=stranger, at=DAY0)
    assert cast.represents(DAY0)


@pytest.mark.parametrize("whose", ["lead", "officer"])
def test_it_ends_with_either_ones_role(whose: str) -> None:
    cast = Cast()
    holder = cast.lead if whose == "lead" else cast.officer
    grant = RoleGrant.objects.get(user_id=holder.person_id)
    actions.end_role(grant_id=grant.pk, by=SYSTEM, at=DAY0 + DAY)
    assert not cast.deputy(DAY0 + DAY).represents
    assert Delegation.objects.get(pk=cast.made.pk).ended_at == DAY0 + DAY


def test_a_deputy_of_a_lead_names_nobody_for_others_either() -> None:
    cast = Cast()
    third = make_staff(Role.OFFICER, cast.agency)
    other = RoleGrant.objects.get(user_id=third.person_id)
    with pytest.raises(Refusal, match="delegation_not_yours"):
        cover(cast.deputy(DAY0), cast.officer, other)
    assert cover(cast.lead, cast.officer, other).declared_by == cast.lead.id


def test_letters_of_the_agency_reach_the_deputy_as_well() -> None:
    agency = make_agency()
    lead = make_staff(Role.LEAD, agency)
    deputy = make_staff(Role.PARTICIPATION, agency)
    told = [user.pk for user in queries.officers_of(agency.pk, DAY0)]
    assert told == [lead.person_id]
    cover(lead, deputy, RoleGrant.objects.get(user_id=lead.person_id))
    told = [user.pk for user in queries.officers_of(agency.pk, DAY0)]
    assert told == [lead.person_id, deputy.person_id]
    assert deputy.person_id not in {user.pk for user in queries.officers_of(agency.pk, DAY0 + DAY)}


def test_what_a_deputy_does_stands_in_the_record_with_whose_deputy_it_was() -> None:
    agency = make_agency()
    officer = make_staff(Role.OFFICER, agency)
    other = make_staff(Role.PARTICIPATION, agency)
    case = file_one(agencies=(agency,)).case
    casework.assign_agencies(case=case, agency_ids=[agency.pk], by=SYSTEM, at=DAY0)
    case.refresh_from_db()
    assert not may_answer(other, case)
    cover(officer, other, RoleGrant.objects.get(user_id=officer.person_id))
    deputy = queries.actor_of(queries.user_by_id(other.person_id or 0), DAY0)
    assert may_answer(deputy, case)
    casework.draft_response(
        case_id=case.pk,
        blocks=dict.fromkeys(RESPONSE_BLOCKS, "研議中。"),
        adoption="under_study",
        revision=0,
        by=deputy,
        at=DAY0,
    )
    [event] = Event.objects.filter(case_id=case.pk, actor=deputy.id)
    assert event.private["deputy_of"] == [officer.id]
    own = Event.objects.filter(actor=officer.id)
    assert own
    assert not any("deputy_of" in one.private for one in own)


def test_naming_and_ending_are_on_record_and_in_ones_own_data() -> None:
    cast = Cast()
    actions.end_delegation(delegation_id=cast.made.pk, by=cast.lead, at=DAY0)
    kinds = Event.objects.filter(kind__startswith="people.delegation").order_by("pk")
    assert [one.kind for one in kinds] == ["people.delegation_begun", "people.delegation_ended"]
    assert {one.data["of"] for one in kinds} == {cast.lead.id}
    for person in (cast.lead, cast.officer):
        assert len(held_about(person.person_id or 0)["deputies"]) == 1
