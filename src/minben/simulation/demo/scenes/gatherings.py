"""Acts on meetings and what belongs to them: sheets, questions, transcript, report, actions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minben.kernel.actor import Actor
from minben.meetings import actions as meetings
from minben.meetings.actions import Settings
from minben.meetings.rules import Aim, MeetingKind
from minben.meetings.rules.places import ParticipantKind
from minben.meetings.rules.results import ActionState
from minben.proceedings import actions as proceedings
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.issues import NodeKind
from minben.proceedings.rules.stakeholders import Kind, Stakeholder, Stance
from minben.simulation.demo.scenes.stage import Document, Stage, act

if TYPE_CHECKING:
    from minben.meetings.models import Meeting


@act("meeting")
def meeting(stage: Stage, told: Document, by: Actor, at: datetime) -> Meeting:
    """Prepare a meeting with its agenda and announce it."""
    starts_at, ends_at = stage.instant(told["starts"]), stage.instant(told["ends"])
    made = meetings.open_meeting(
        case_id=stage.case.pk,
        agency_id=stage.agency(told["agency"]),
        kind=MeetingKind(told["kind"]),
        settings=Settings(
            title=told["title"],
            purpose=told["purpose"],
            aim=Aim(told["aim"]),
            starts_at=starts_at,
            ends_at=ends_at,
            place=told["place"],
            capacity=told["capacity"],
            public_places=told["public_places"],
        ),
        by=by,
        at=at,
    )
    day = told["starts"][0]
    for item in told.get("agenda", ()):
        meetings.add_agenda_item(
            meeting_id=made.pk,
            starts_at=stage.instant([day, item["from"]]),
            ends_at=stage.instant([day, item["to"]]),
            title=item["title"],
            who=item["who"],
            by=by,
            at=at,
        )
    meetings.announce(meeting_id=made.pk, by=by, at=at)
    made.refresh_from_db()
    return made


@act("participants")
def participants(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Name who takes part for an agency, by what they are and never by who."""
    for one in told["names"]:
        meetings.name_participant(
            meeting_id=stage.kept[told["meeting"]].pk,
            kind=ParticipantKind(one["kind"]),
            agency_id=stage.agency(told["agency"]),
            name=one["name"],
            organisation=one["organisation"],
            by=by,
            at=at,
        )


@act("register")
def register(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Somebody of the public registers."""
    meetings.register(
        meeting_id=stage.kept[told["meeting"]].pk,
        kind=ParticipantKind.PUBLIC,
        name=told["name"],
        by=by,
        at=at,
    )


@act("groups")
def groups(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Seat everybody at tables."""
    meetings.make_groups(meeting_id=stage.kept[told["meeting"]].pk, by=by, at=at)


@act("hold")
def hold(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Say that it was held."""
    meetings.mark_held(meeting_id=stage.kept[told["meeting"]].pk, by=by, at=at)


@act("report")
def report(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Publish what was agreed, and what was not."""
    meeting_id = stage.kept[told["meeting"]].pk
    meetings.draft_report(
        meeting_id=meeting_id,
        agreed=told["agreed"],
        open_points=told["open_points"],
        correction="",
        revision=0,
        by=by,
        at=at,
    )
    meetings.publish_report(meeting_id=meeting_id, revision=1, by=by, at=at)


@act("action")
def action(stage: Stage, told: Document, by: Actor, at: datetime) -> object:
    """Put down what an agency will do, until when."""
    return meetings.agree_action(
        meeting_id=stage.kept[told["meeting"]].pk,
        text=told["text"],
        agency_id=stage.agency(told["agency"]),
        due=stage.day(told["due"]),
        by=by,
        at=at,
    )


@act("action_report")
def action_report(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Tell how it goes, or that it is done."""
    meetings.report_action(
        action_id=stage.kept[told["action"]].pk,
        state=ActionState(told["state"]),
        text=told["text"],
        by=by,
        at=at,
    )


@act("question")
def question(stage: Stage, told: Document, by: Actor, at: datetime) -> object:
    """Ask something; others want it answered, too."""
    made = proceedings.ask_question(
        meeting_number=stage.kept[told["meeting"]].number, text=told["text"], by=by, at=at
    )
    for key in told.get("wanted_by", ()):
        proceedings.want_question(question_id=made.pk, by=stage.actor(key), at=at)
    return made


@act("answer_question")
def answer_question(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Say how a question was answered."""
    proceedings.answer_question(
        question_id=stage.kept[told["question"]].pk, answer=told["answer"], by=by, at=at
    )


@act("transcript")
def transcript(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Take over the words and invite the speakers to correct them."""
    number = stage.kept[told["meeting"]].number
    proceedings.import_transcript(
        meeting_number=number, text="\n".join(told["turns"]), by=by, at=at
    )
    proceedings.open_window(meeting_number=number, by=by, at=at)


@act("publish_transcript")
def publish_transcript(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Publish it when the time to correct is over."""
    proceedings.publish_transcript(meeting_number=stage.kept[told["meeting"]].number, by=by, at=at)


@act("concepts")
def concepts(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Write down what the tables drew, and publish it."""
    number = stage.kept[told["meeting"]].number
    for one in told["sheets"]:
        proceedings.write_concept(
            meeting_number=number, group=one["group"], texts=one["texts"], by=by, at=at
        )
    proceedings.publish_concepts(meeting_number=number, by=by, at=at)


@act("issues")
def issues(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Draw the map of the issue, and publish it."""
    case_id = stage.case.pk
    # A fresh sheet numbers its texts from one.
    keys = {one["key"]: number for number, one in enumerate(told["nodes"], start=1)}
    for one in told["nodes"]:
        proceedings.add_issue(
            case_id=case_id,
            kind=NodeKind(one["kind"]),
            text=one["text"],
            source=one.get("source", ""),
            by=by,
            at=at,
        )
    for begin, end in told["links"]:
        proceedings.link_issues(case_id=case_id, one=keys[begin], other=keys[end], by=by, at=at)
    proceedings.publish_sheet(case_id=case_id, kind=SheetKind.ISSUES, by=by, at=at)


@act("stakeholders")
def stakeholders(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Draw the map of stakeholders, and publish it."""
    for one in told["rows"]:
        row = Stakeholder(
            key=0, **{**one, "kind": Kind(one["kind"]), "stance": Stance(one["stance"])}
        )
        proceedings.add_stakeholder(case_id=stage.case.pk, row=row, by=by, at=at)
    proceedings.publish_sheet(case_id=stage.case.pk, kind=SheetKind.STAKEHOLDERS, by=by, at=at)
