"""Sections of the case's two pages: few statements, and nothing for the public that is not public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minben.answering import actions, queries
from minben.answering.rules import ContactState, PostKind
from minben.base.sections import Reader, Seen, _sections
from minben.kernel.actor import ANONYMOUS
from minben.proposals.models import Proposal
from tests.db.answering.scenes import AT, MINUTES, answer, contact, officer, plan, reached_one
from tests.factories import DAY

pytestmark = pytest.mark.django_db
OURS = {"dealings", "plan", "contacts", "answers", "survey"}
MOST = {"answers": 3, "survey": 2}


def loaded(reader: Reader, proposal: Proposal, at: object = AT) -> dict[str, object]:
    """What our sections show, each within its statements."""
    seen = Seen(proposal.case_id, proposal.case.number, ANONYMOUS, at)  # type: ignore[arg-type]
    found = {}
    for (which, code), section in _sections.items():
        if which is reader and code in OURS and section.template.startswith("answering/"):
            with CaptureQueriesContext(connection) as captured:
                found[code] = section.load(seen)
            most = MOST.get(code, 1) if reader is Reader.PUBLIC else 1
            assert len(captured) <= most, (code, len(captured))
    return found


def test_before_anything_happened_the_public_page_has_none_of_them() -> None:
    proposal = reached_one()
    assert set(loaded(Reader.PUBLIC, proposal).values()) == {None}
    assert None not in loaded(Reader.STAFF, proposal).values()


def test_what_the_officer_reads_of_minutes_the_public_does_not_yet() -> None:
    proposal, by = reached_one(), officer()
    plan(proposal, by)
    contact(proposal, by)
    [line] = loaded(Reader.PUBLIC, proposal)["contacts"]["contacts"]  # type: ignore[index]
    assert (line.state, line.discussed) == (ContactState.WAITING, "")
    contact(proposal, by, reached=False)
    told = loaded(Reader.STAFF, proposal)["dealings"]["dealings"]  # type: ignore[index]
    assert [(one.version, one.channel, one.state) for one in told] == [
        (0, "phone", ContactState.WAITING),
        (0, "phone", ContactState.ATTEMPT),
        (1, "", None),
    ]
    [line, _] = queries.contacts_of(proposal.case_id, AT, whole=True)
    assert line.discussed == MINUTES


def test_answers_are_told_with_what_they_are_now() -> None:
    proposal, by = reached_one(), officer()
    actions.publish_post(
        case_id=proposal.case_id,
        kind=PostKind.PROGRESS,
        done="已召開兩次跨部會會議，並完成現況盤點與費用估算。",
        ahead="",
        by=by,
        at=AT,
    )
    response = answer(proposal, by, AT + DAY)
    actions.correct_response(
        case_id=proposal.case_id,
        response_id=response.pk,
        block="adoption",
        text="adopted",
        reason="誤選參採情形，應為同意參採。",
        seen=0,
        by=by,
        at=AT + 2 * DAY,
    )
    report, final = loaded(Reader.PUBLIC, proposal, AT + 2 * DAY)["answers"]["answers"]  # type: ignore[index]
    assert (report.kind, report.corrected) == ("progress", 0)
    assert (final.kind, final.adoption, final.corrected) == ("", "adopted", 1)
