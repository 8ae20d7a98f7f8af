"""Participation officers (開放政府聯絡人): named in an agency, and not among those who answer."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from minben.casework import actions as casework
from minben.casework.permissions import may_answer
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.people import actions, queries
from minben.people.models import RoleGrant
from tests.factories import DAY, DAY0, file_one, make_agency, make_person, make_staff

pytestmark = pytest.mark.django_db


def named(agency: Any, role: Role = Role.PARTICIPATION) -> int:
    """The id of somebody who holds the role in the agency."""
    return make_staff(role, agency).person_id or 0


def test_they_are_found_by_agency_and_get_no_officers_letters() -> None:
    agency, other = make_agency(), make_agency("交通部", "motc")
    officer, person = named(agency, Role.OFFICER), named(agency)
    named(other)
    found = queries.participation_officers([agency.pk], DAY0)
    assert [user.pk for user in found] == [person]
    assert [user.pk for user in queries.officers_of(agency.pk, DAY0)] == [officer]
    assert queries.has_participation_officer(agency.pk, DAY0)


def test_whose_role_ended_is_no_more_one() -> None:
    agency = make_agency()
    named(agency)
    grant = RoleGrant.objects.get(role="participation")
    actions.end_role(grant_id=grant.pk, by=SYSTEM, at=DAY0 + DAY)
    assert queries.has_participation_officer(agency.pk, DAY0)
    assert not queries.has_participation_officer(agency.pk, DAY0 + DAY)
    assert not queries.participation_officers([agency.pk], DAY0 + DAY)


def test_they_take_part_for_their_agency_and_answer_for_nobody() -> None:
    agency = make_agency()
    by = queries.actor_of(queries.user_by_id(named(agency)), DAY0)
    assert by.participates_for == {agency.pk}
    assert not by.agency_ids
    case = file_one(agencies=(agency,)).case
    casework.assign_agencies(case=case, agency_ids=[agency.pk], by=SYSTEM, at=DAY0)
    case.refresh_from_db()
    assert not may_answer(by, case)
    officer = queries.actor_of(queries.user_by_id(named(agency, Role.OFFICER)), DAY0)
    assert may_answer(officer, case)


def test_without_an_agency_the_role_is_refused_and_the_database_holds_it() -> None:
    user = make_person()
    with pytest.raises(Refusal, match="role_agency"):
        actions.grant_role(
            user_id=user.pk, role=Role.PARTICIPATION, agency_id=None, by=SYSTEM, at=DAY0
        )
    named(make_agency())
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.update(agency=None)
