"""Somebody who used everything the platform offers, and every word that tells who they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from minben.answering import actions as answering
from minben.demands import actions as demands
from minben.demands.rules import CorrectionKind
from minben.discussion import actions as discussion
from minben.discussion import uploads
from minben.discussion.rules import HideGround, Side
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.meetings import actions as meetings
from minben.meetings.rules.places import ParticipantKind
from minben.people import actions as people
from minben.people.models import User
from minben.proceedings import actions as proceedings
from minben.proceedings.models import Speaker, Turn
from minben.proceedings.rules.transcripts import RedactionGround
from minben.proposals import actions as proposals
from minben.proposals.models import Draft, Proposal
from tests.db.answering import scenes as answering_scenes
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_person,
    make_staff,
)
from tests.held import ENDS, a_meeting

PASSWORD = "a long sentence 73"
EMAIL, EARLIER = "erika.muster@example.org", "first.muster@example.org"
PHONE = "+886923456789"
NICKNAME, COUNTY, TOWNSHIP = "愛麗卡墨", "宜蘭縣", "三星鄉"
BROWSER, ADDRESS = "MusterBrowser/7.3", "203.0.113.77"
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DP"
WHY = "因為我奶奶住在那條路旁邊"
WITHDRAWN, REPORTED, APPEALED = (
    "我改變主意了所以撤回",
    "這則留言罵我的家人",
    "我不服因為那不是我的意思啊",
)
SAID, HIDDEN_WORDS = "我每天都從那裡走回家真的很怕", "隔壁老王你給我記住"
DRAFTED, NEVER_PUBLIC, WITHHELD = (
    "還沒寫完的秘密提案",
    "審查前就撤回的提案主旨",
    "侵害他人權利的提案主旨",
)
FILE = "奶奶的照片說明"
COUNTER = "羅東鎮公所三號櫃檯"
ASKED, TAKEN_DOWN, NAMED = "三星鄉的孩子幾點有車可搭", "我講話會結巴請不要照抄", "隔壁的林阿好"
SPOKE_AS = "三星鄉的媽媽"
MISSED, WHY_MISSED = "校門口要有愛心爺爺站崗", "我孫女每天走那條路上學所以要列入"
MINUTES_WRONG, SURVEYED = "電話裡我說的是星期三才有空", "承辦人打給我三次都很有耐心"
CAME_AS = "穆氏愛麗卡"
WORDS = (
    EMAIL, EARLIER, PHONE, PHONE[4:], NICKNAME, TOWNSHIP, BROWSER, ADDRESS, TOTP, WHY,
    WITHDRAWN, REPORTED, APPEALED, SAID, HIDDEN_WORDS, DRAFTED, NEVER_PUBLIC, WITHHELD, FILE, COUNTER,
    ASKED, TAKEN_DOWN, NAMED, SPOKE_AS, MISSED, WHY_MISSED, MINUTES_WRONG, SURVEYED, CAME_AS,
)  # fmt: skip


@dataclass
class Life:
    """The person, what they did, and what may be looked at afterwards."""

    user: User
    client: Client
    endorsed: Proposal
    public: Proposal
    withheld: Proposal
    draft_file: str
    public_file: str
    comment: int
    secrets: tuple[str, ...] = ()

    @property
    def actor(self) -> Actor:
        return actor(self.user)


def pdf(words: str) -> SimpleUploadedFile:
    content = b"%PDF-1.7\n" + words.encode() + b"\ntrailer\n<<>>\n%%EOF\n"
    return SimpleUploadedFile(f"{words}.pdf", content, "application/pdf")


def live(client: Client, user: User, at: datetime = DAY0) -> Life:
    """Let somebody who has signed up do everything there is to do."""
    people.declare(
        user=user, nickname=NICKNAME, county=COUNTY, township=TOWNSHIP, residency="national",
        by=SYSTEM, at=at,
    )  # fmt: skip
    people.confirm_email(user=user, address=EMAIL, by=actor(user), at=at)
    Authenticator.objects.create(user=user, type="totp", data={"secret": TOTP})
    by = actor(user)
    draft = _draft(by, at, DRAFTED)
    public, public_file = _public(user, by, at)
    withheld = _hidden(user, at)
    _withdrawn_early(user, at)
    _withdrawn_late(user, at)
    endorsed = accept_one(file_one(at=at), at + timedelta(hours=1))
    endorse(proposal_id=endorsed.pk, by=by, at=at + 2 * DAY, reason=WHY)
    comment = _talk(endorsed, by, at + 2 * DAY)
    _at_a_meeting(user, by, at)
    _petitioned(user, by)
    _was_answered(by)
    user.refresh_from_db()
    return Life(
        user,
        client,
        endorsed,
        public,
        withheld,
        draft.evidence["files"][0]["sha256"],
        public_file,
        comment,
        (user.password, bytes(user.ledger_secret or b"").hex()),
    )


def _petitioned(user: User, by: Actor) -> None:
    """Their proposal reached; they correct how it was split, and the minutes of a call."""
    proposal, officer = answering_scenes.reached_one(user), answering_scenes.officer()
    at = answering_scenes.AT
    case_id = proposal.case_id
    demand = demands.add_demand(case_id=case_id, text="增設行人庇護島", by=officer, at=at)
    demands.assign_demand(demand_id=demand.pk, agency_id=proposal.case.lead_id, by=officer, at=at)
    version = demands.publish_split(case_id=case_id, by=officer, at=at)
    demands.propose_correction(
        case_id=case_id, version=version.number, kind=CorrectionKind.MISSING, number=None,
        text=MISSED, why=WHY_MISSED, by=by, at=at,
    )  # fmt: skip
    contact = answering_scenes.contact(proposal, officer)
    answering.answer_contact(
        contact_id=contact.pk, verdict="corrected", statement=MINUTES_WRONG, by=by, at=at
    )


def _was_answered(by: Actor) -> None:
    """What they endorsed was answered, and they said what they think of it."""
    proposal, at = answering_scenes.reached_one(endorsers=2), answering_scenes.AT
    endorse(proposal_id=proposal.pk, by=by, at=answering_scenes.REACHED + timedelta(hours=1))
    answering_scenes.answer(proposal, answering_scenes.officer())
    scores = dict.fromkeys(("understandable", "reasoned", "heard", "overall"), 4)
    answering.answer_survey(
        case_id=proposal.case_id, scores=scores, words=SURVEYED, by=by, at=at + timedelta(hours=1)
    )


def _at_a_meeting(user: User, by: Actor, at: datetime) -> None:
    """They registered, asked, and spoke; they corrected their words, and a name in them is not shown."""
    meeting, host = a_meeting(public_places=5), make_staff(Role.ADMINISTRATOR)
    number, over = meeting.number, ENDS
    public = ParticipantKind.PUBLIC
    meetings.register(meeting_id=meeting.pk, kind=public, name=CAME_AS, by=by, at=at)
    asked = proceedings.ask_question(meeting_number=number, text=ASKED, by=by, at=at)
    proceedings.want_question(question_id=asked.pk, by=by, at=at)
    text = f"{SPOKE_AS}：{TAKEN_DOWN}，{NAMED}也這麼說。"
    transcript = proceedings.import_transcript(meeting_number=number, text=text, by=host, at=over)
    # A place at the meeting is no matter of this module.
    Speaker.objects.filter(transcript=transcript).update(person=user)
    proceedings.open_window(meeting_number=number, by=host, at=over)
    turn = Turn.objects.get(transcript=transcript)
    asked_for = proceedings.ask_redaction(
        turn_id=turn.pk, passage=NAMED, ground=RedactionGround.PERSONAL,
        reason=f"{NAMED}不在場", by=by, at=over,
    )  # fmt: skip
    proceedings.decide_redaction(
        redaction_id=asked_for.pk, granted=True, reason="", by=host, at=over
    )
    proceedings.correct_turn(
        turn_id=turn.pk, text="班次太少，█1█也這麼說。", revision=2, by=by, at=over
    )


def _draft(by: Actor, at: datetime, subject: str) -> Draft:
    draft = proposals.begin_draft(jurisdiction_code="ey", by=by, at=at)
    proposals.save_draft(draft_id=draft.pk, changes={"subject": subject}, by=by, at=at)
    kept = uploads.receive(pdf(FILE))
    return proposals.attach_file(draft_id=draft.pk, file=kept, by=by, at=at)


def _public(user: User, by: Actor, at: datetime) -> tuple[Proposal, str]:
    draft = proposals.begin_draft(jurisdiction_code="ey", by=by, at=at)
    proposals.save_draft(draft_id=draft.pk, changes=_words("公開的提案要裝設路燈"), by=by, at=at)
    kept = uploads.receive(pdf("public"))
    proposals.attach_file(draft_id=draft.pk, file=kept, by=by, at=at)
    filed = proposals.file_proposal(draft_id=draft.pk, by=by, at=at)
    return accept_one(filed, at + timedelta(hours=1)), kept.sha256


def _words(subject: str) -> dict[str, Any]:
    return {
        "subject": subject,
        "content": "晚上太暗，行人看不見路面的坑洞，請沿路每二十公尺裝設一盞路燈。",
        "benefits": "夜間行走安全，減少跌倒與車禍。",
        "topic": "transport",
        "agency_ids": [],
    }


def _hidden(user: User, at: datetime) -> Proposal:
    """Hidden with its content; the appeal was rejected."""
    filed, by, other = (
        file_one(user, subject=WITHHELD, at=at),
        make_staff(Role.CHECKER),
        make_staff(Role.CHECKER),
    )
    proposals.take_up_check(proposal_id=filed.pk, by=by, at=at)
    proposals.hide(
        proposal_id=filed.pk, ground="infringes_rights", reason="侵害他人名譽。", by=by, at=at
    )
    proposals.appeal(proposal_id=filed.pk, text=APPEALED, by=actor(user), at=at)
    proposals.decide_appeal(
        proposal_id=filed.pk, upheld=False, reason="維持原決定。", by=other, at=at
    )
    return filed


def _withdrawn_early(user: User, at: datetime) -> None:
    filed = file_one(user, subject=NEVER_PUBLIC, at=at)
    proposals.withdraw(proposal_id=filed.pk, reason=WITHDRAWN, by=actor(user), at=at)


def _withdrawn_late(user: User, at: datetime) -> None:
    opened = accept_one(file_one(user, at=at), at + timedelta(hours=1))
    proposals.withdraw(proposal_id=opened.pk, reason=WITHDRAWN, by=actor(user), at=at + 2 * DAY)


def _talk(about: Proposal, by: Actor, at: datetime) -> int:
    """One comment that stands, one that was hidden, one of somebody else that was reported."""
    say = {"thread_id": about.thread_id, "side": Side.PRO, "at": at}
    stands = discussion.comment(body=SAID, by=by, **say)
    hidden = discussion.comment(body=HIDDEN_WORDS, by=by, **say)
    discussion.hide_comment(
        comment_id=hidden.pk, ground=HideGround.ABUSE, reason="內容為人身攻擊。",
        by=make_staff(Role.CHECKER), at=at,
    )  # fmt: skip
    other = discussion.comment(body="隨便說說", by=actor(make_person()), **say)
    discussion.report_comment(comment_id=other.pk, reason=REPORTED, by=by, at=at)
    return stands.pk
