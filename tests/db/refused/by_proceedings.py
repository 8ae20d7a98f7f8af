"""Refusals of the acts on sheets, questions, concept sheets and transcripts."""

from dataclasses import replace
from datetime import timedelta

from minben.proceedings import actions
from minben.proceedings.models import Question, Turn
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.concepts import SHEETS_MOST
from minben.proceedings.rules.issues import NODES_MAX, NodeKind
from minben.proceedings.rules.questions import MOST_EACH, PAUSE, HideGround
from minben.proceedings.rules.stakeholders import Kind, Stakeholder
from minben.proceedings.rules.transcripts import RedactionGround, decoded
from tests.db.refused import REASON, answered, citizen
from tests.factories import DAY, DAY0, actor, make_person
from tests.held import (
    ENDS,
    SAID,
    STARTS,
    a_case,
    a_meeting,
    imported,
    officer,
    opened,
    staff_person,
)

URL = "https://example.org/"
TEXTS = {"title": "網頁版", "problem": "只能用 Windows", "idea": "改為網頁"}


def add(kind: NodeKind = NodeKind.DEMAND, text: str = "支援 Mac", source: str = "") -> int:
    case = a_case()
    actions.add_issue(case_id=case.pk, kind=kind, text=text, source=source, by=officer(), at=DAY0)
    return case.pk


@answered(403, basis=True)
def not_agency_of_case() -> None:
    actions.add_issue(case_id=a_case().pk, kind=NodeKind.DEMAND, text="支援", by=citizen(), at=DAY0)


@answered(422, field="text")
def proceedings_empty() -> None:
    add(text="  ")


@answered(422, field="text")
def proceedings_too_long() -> None:
    add(text="長" * 301)


@answered(422, field="source")
def source_not_web() -> None:
    add(NodeKind.EVIDENCE, source="javascript:alert(1)")


@answered(422, field="source", basis=True)
def sheet_evidence_source() -> None:
    add(NodeKind.EVIDENCE)


@answered(409)
def sheet_entry_gone() -> None:
    actions.remove_issue(case_id=add(), key=7, revision=1, by=officer(), at=DAY0)


@answered(409, field="text")
def sheet_entry_changed() -> None:
    case_id = add()
    for _ in range(2):
        actions.edit_issue(
            case_id=case_id, key=1, text="支援 Linux", revision=1, by=officer(), at=DAY0
        )


@answered(409)
def sheet_full() -> None:
    case, by = a_case(), officer()
    for n in range(NODES_MAX + 1):
        actions.add_issue(case_id=case.pk, kind=NodeKind.DEMAND, text=f"訴求{n}", by=by, at=DAY0)


@answered(422, field="other", basis=True)
def sheet_link_kind() -> None:
    case_id = add()
    actions.add_issue(case_id=case_id, kind=NodeKind.DEMAND, text="另一", by=officer(), at=DAY0)
    actions.link_issues(case_id=case_id, one=1, other=2, by=officer(), at=DAY0)


@answered(422, basis=True)
def sheet_empty() -> None:
    actions.publish_sheet(case_id=a_case().pk, kind=SheetKind.ISSUES, by=officer(), at=DAY0)


@answered(409)
def sheet_not_changed() -> None:
    case_id = add()
    for _ in range(2):
        actions.publish_sheet(case_id=case_id, kind=SheetKind.ISSUES, by=officer(), at=DAY0)


def invite(**changes: object) -> None:
    row = replace(Stakeholder(0, "記帳士公會", Kind.CIVIL, 4, 3, invited=2), **changes)  # type: ignore[arg-type]
    actions.add_stakeholder(case_id=a_case().pk, row=row, by=officer(), at=DAY0)


@answered(422, field="interest", basis=True)
def stakeholder_grade() -> None:
    invite(interest=6)


@answered(422, field="invited")
def stakeholder_count() -> None:
    invite(invited=201)


@answered(422, field="coming")
def stakeholder_more_coming() -> None:
    invite(coming=3)


def ask(number: str = "", **changes: object) -> Question:
    whole: dict[str, object] = {"text": "何時支援 Mac？", "by": citizen(), "at": DAY0}
    return actions.ask_question(  # type: ignore[arg-type]
        meeting_number=number or a_meeting().number, **whole | changes
    )


@answered(409, basis=True)
def questions_not_open() -> None:
    planned = a_meeting(state="planned", announced_at=None)
    ask(planned.number)


@answered(409, basis=True)
def questions_closed() -> None:
    ask(at=ENDS)


@answered(429, field="text")
def questions_too_many() -> None:
    number, by = a_meeting().number, citizen()
    for n in range(MOST_EACH + 1):
        ask(number, by=by, at=DAY0 + n * PAUSE)


@answered(429, field="text")
def questions_too_fast() -> None:
    number, by = a_meeting().number, citizen()
    ask(number, by=by)
    ask(number, by=by, at=DAY0 + PAUSE - timedelta(seconds=1))


def hide(question: Question, reason: str = REASON, by: object = None) -> None:
    actions.hide_question(
        question_id=question.pk,
        ground=HideGround.PERSONAL,
        reason=reason,
        by=by or officer(),  # type: ignore[arg-type]
        at=DAY0,
    )


@answered(409)
def question_gone() -> None:
    asked = ask()
    hide(asked)
    actions.want_question(question_id=asked.pk, by=citizen(), at=DAY0)


@answered(409)
def question_state() -> None:
    actions.show_question(question_id=ask().pk, by=officer(), at=DAY0)


@answered(403, basis=True)
def question_own() -> None:
    by = officer()
    hide(ask(by=by), by=by)


@answered(422, field="reason", basis=True)
def question_reason() -> None:
    hide(ask(), reason="不行")


@answered(403, basis=True)
def not_running_meeting() -> None:
    hide(ask(), by=citizen())


def write(number: str = "", group: int = 1) -> int:
    number = number or a_meeting().number
    return actions.write_concept(
        meeting_number=number, group=group, texts=TEXTS, by=officer(), at=DAY0
    ).pk


@answered(422, field="group")
def concept_group() -> None:
    write(group=21)


@answered(409)
def concepts_full() -> None:
    number = a_meeting().number
    for _ in range(SHEETS_MOST + 1):
        write(number)


def rewrite(number: str, concept_id: int) -> None:
    actions.rewrite_concept(
        meeting_number=number,
        concept_id=concept_id,
        group=2,
        texts=TEXTS,
        revision=1,
        by=officer(),
        at=DAY0,
    )


@answered(409)
def concept_gone() -> None:
    rewrite(a_meeting().number, 987)


@answered(409, field="title")
def concept_changed() -> None:
    number = a_meeting().number
    made = write(number)
    for _ in range(2):
        rewrite(number, made)


@answered(409, basis=True)
def concept_public() -> None:
    number = a_meeting().number
    made = write(number)
    actions.publish_concepts(meeting_number=number, by=officer(), at=DAY0)
    rewrite(number, made)


@answered(409)
def concepts_none() -> None:
    actions.publish_concepts(meeting_number=a_meeting().number, by=officer(), at=DAY0)


@answered(409)
def transcript_gone() -> None:
    actions.open_window(meeting_number=a_meeting().number, by=officer(), at=ENDS)


def take(text: str = SAID, at: object = ENDS) -> None:
    actions.import_transcript(
        meeting_number=a_meeting().number,
        text=text,
        by=officer(),
        at=at,  # type: ignore[arg-type]
    )


@answered(409, field="text")
def transcript_meeting_ahead() -> None:
    take(at=STARTS - timedelta(seconds=1))


@answered(409, field="text")
def transcript_fixed() -> None:
    transcript, _ = opened()
    actions.import_transcript(
        meeting_number=transcript.meeting.number, text=SAID, by=officer(), at=ENDS
    )


@answered(422, field="text")
def transcript_empty() -> None:
    take("\n")


@answered(422, field="text")
def transcript_too_long() -> None:
    take("主席：長\n" * 90_000)


@answered(422, field="file")
def transcript_encoding() -> None:
    decoded(b"\xff\xfe")


@answered(422, field="text")
def transcript_no_speaker() -> None:
    take("一行沒有名字的話")


@answered(422, field="text")
def transcript_turn_empty() -> None:
    take("主席：")


@answered(422, field="text")
def transcript_turn_too_long() -> None:
    take(f"主席：{'長' * 8001}")


def publish(number: str, at: object = ENDS) -> None:
    actions.publish_transcript(meeting_number=number, by=officer(), at=at)  # type: ignore[arg-type]


@answered(409, basis=True)
def transcript_not_opened() -> None:
    publish(imported().meeting.number)


@answered(409, basis=True)
def transcript_too_early() -> None:
    transcript, _ = opened()
    assert transcript.due_at
    publish(transcript.meeting.number, transcript.due_at - timedelta(microseconds=1))


def turn_of(transcript: object) -> Turn:
    return Turn.objects.get(transcript=transcript, number=2)


def redact(
    turn: Turn, by: object, at: object = ENDS, passage: str = "王小明", reason: str = REASON
) -> int:
    return actions.ask_redaction(
        turn_id=turn.pk,
        passage=passage,
        ground=RedactionGround.PERSONAL,
        reason=reason,
        by=by,  # type: ignore[arg-type]
        at=at,  # type: ignore[arg-type]
    ).pk


@answered(409, basis=True)
def transcript_redactions_open() -> None:
    transcript, speaker = opened()
    redact(turn_of(transcript), speaker)
    publish(transcript.meeting.number, transcript.due_at)


@answered(409)
def transcript_published_already() -> None:
    transcript, _ = opened()
    for _ in range(2):
        publish(transcript.meeting.number, transcript.due_at)


def link(email: str) -> None:
    transcript = imported()
    actions.link_speaker(
        meeting_number=transcript.meeting.number,
        speaker_id=transcript.speakers.all()[0].pk,
        email=email,
        by=officer(),
        at=ENDS,
    )


@answered(422, field="email")
def speaker_unknown() -> None:
    link("nobody@example.org")


@answered(422, field="email", basis=True)
def speaker_not_there() -> None:
    link(make_person().email)


def correct(turn: Turn, by: object, at: object = ENDS, text: str = "改", revision: int = 1) -> None:
    actions.correct_turn(
        turn_id=turn.pk,
        text=text,
        revision=revision,
        by=by,  # type: ignore[arg-type]
        at=at,  # type: ignore[arg-type]
    )


@answered(403, basis=True)
def turn_not_yours() -> None:
    transcript, _ = opened()
    correct(turn_of(transcript), actor(staff_person()))


@answered(409, basis=True)
def correction_window() -> None:
    transcript, speaker = opened()
    correct(turn_of(transcript), speaker, transcript.due_at)


@answered(422, field="text")
def correction_same() -> None:
    transcript, speaker = opened()
    correct(turn_of(transcript), speaker, text=turn_of(transcript).text)


@answered(409, field="text")
def turn_changed() -> None:
    transcript, speaker = opened()
    for text in ("先改", "後改"):
        correct(turn_of(transcript), speaker, text=text)


def granted() -> tuple[Turn, object, int]:
    transcript, speaker = opened()
    asked = redact(turn_of(transcript), speaker)
    actions.decide_redaction(
        redaction_id=asked, granted=True, reason="", by=officer(), at=ENDS + DAY
    )
    return turn_of(transcript), speaker, asked


@answered(422, field="text", basis=True)
def redaction_left_out() -> None:
    turn, speaker, _ = granted()
    correct(turn, speaker, text="報稅軟體很難用。", revision=2)


@answered(422, field="passage")
def redaction_passage() -> None:
    transcript, speaker = opened()
    redact(turn_of(transcript), speaker, passage="李大華")


@answered(422, field="reason", basis=True)
def redaction_reason() -> None:
    transcript, speaker = opened()
    redact(turn_of(transcript), speaker, reason="不")


@answered(409)
def redaction_decided() -> None:
    _, _, asked = granted()
    actions.decide_redaction(
        redaction_id=asked, granted=False, reason=REASON, by=officer(), at=ENDS + DAY
    )
