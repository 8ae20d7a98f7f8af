"""Playing one proposal of the demo through the platform's own actions (逐案演出)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from minben.discussion import actions as discussion
from minben.discussion.rules import Side
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import start_of
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.actions import TakenOver
from minben.proposals.rules import State
from minben.simulation.demo.invalidating import begins, endorse_at_night, look_into
from minben.simulation.demo.people import WITH_PASSWORD, Cast, officer_for
from minben.simulation.demo.scenes import Stage, play
from minben.simulation.demo.shapes import moments

if TYPE_CHECKING:
    from minben.proposals.models import Draft, Proposal


Document = dict[str, Any]  # Any: JSON
REASON_SHARE = 0.3  # so many of the endorsers say why


class Stagehand:
    """Plays proposals as of one instant; keeps what later ones refer to."""

    def __init__(self, cast: Cast, at: datetime, campaigns: Sequence[Document] = ()) -> None:
        self.cast = cast
        self.at = at
        self.endorsements = 0
        self._campaigns = {one["proposal"]: one for one in campaigns}
        self._signed: set[tuple[int, str]] = set()
        self._filed: dict[str, Proposal] = {}
        self._rng = random.Random("minben")  # noqa: S311  believable data, the same every time

    def play(self, document: Document) -> None:
        """Play one proposal up to the stage it has in the demo."""
        stage = document["stage"]
        draft = self._draft(document)
        if stage == "draft":
            return
        if stage.startswith("codrafting"):
            self._open_codrafting(draft, document)
            return
        proposal = self._file(draft, document)
        self._filed[document["key"]] = proposal
        if stage == "checking":
            return
        self._check(proposal, document)
        proposal.refresh_from_db()
        if proposal.state == State.HIDDEN:
            return
        self._endorse(proposal, document)
        self._discuss(proposal.thread_id, proposal.opens_at, document, proposal.case_id)
        self._end(proposal, document)

    def play_scene(self, scene: Document) -> None:
        """Play a scene act by act; one that needs a proposal that is not on this stage is left out."""
        if self._filed.keys() >= set(scene.get("needs", ())):
            play(scene["acts"], Stage(self.cast, self.at, filed=self._filed))

    def _begun(self, document: Document) -> datetime:
        if day := document.get("filed_on"):
            return start_of(date.fromisoformat(day)) + timedelta(hours=10)
        jitter = timedelta(minutes=self._rng.randrange(600))
        return self.at - timedelta(days=document["filed_days_ago"]) - jitter

    def _proposer(self, document: Document) -> Actor:
        return self.cast.citizens[document["proposer"]]

    def _draft(self, document: Document) -> Draft:
        at, by = self._begun(document), self._proposer(document)
        draft = actions.begin_draft(jurisdiction_code=document["jurisdiction"], by=by, at=at)
        agencies = [people.agency_by_code(code) for code in document["agencies"]]
        return actions.save_draft(
            draft_id=draft.pk,
            changes={
                "subject": document["subject"]["zh"],
                "content": document["content"]["zh"],
                "benefits": document["benefits"]["zh"],
                "topic": document["topic"],
                "agency_ids": [agency.pk for agency in agencies if agency],
                "evidence": {"links": document["evidence_links"]},
            },
            by=by,
            at=at,
        )

    def _open_codrafting(self, draft: Draft, document: Document) -> None:
        by = self._proposer(document)
        days = 60 if document.get("filed_on") else document["filed_days_ago"] + 20
        opened = actions.open_codrafting(draft_id=draft.pk, days=days, by=by, at=draft.created_at)
        if document.get("history"):
            actions.tell_history(
                draft_id=draft.pk, history=document["history"], by=SYSTEM, at=self.at
            )
        self._discuss(opened.thread_id, draft.created_at, document, None, Side.SUGGESTION)

    def _file(self, draft: Draft, document: Document) -> Proposal:
        return actions.file_proposal(
            draft_id=draft.pk, by=self._proposer(document), at=draft.created_at
        )

    def _check(self, proposal: Proposal, document: Document) -> None:
        check = document["check"]
        by = self.cast.staff[check.get("by") or "checker-1"]
        at = proposal.filed_at + timedelta(hours=document["checked_after_hours"])
        at = min(at, self.at - timedelta(minutes=5))
        actions.take_up_check(proposal_id=proposal.pk, by=by, at=at)
        if check["decision"] == "accept":
            actions.accept_for_endorsement(proposal_id=proposal.pk, by=by, at=at)
            return
        target = self._filed.get(document["merge_into"] or "")
        actions.hide(
            proposal_id=proposal.pk,
            ground=check["ground"],
            reason=check["reason"]["zh"],
            merge_into_id=target.pk if target else None,
            by=by,
            at=at,
        )
        if appeal := document["appeal"]:
            self._appeal(proposal, appeal, by, at)

    def _appeal(self, proposal: Proposal, appeal: Document, hider: Actor, hidden: datetime) -> None:
        filed = hidden + timedelta(days=appeal["filed_days_after_hiding"])
        by = self.cast.citizens[self._key_of(proposal)]
        actions.appeal(proposal_id=proposal.pk, text=appeal["reason"]["zh"], by=by, at=filed)
        if not appeal.get("decision"):
            return
        other = self.cast.staff[appeal["decided_by"]]
        actions.decide_appeal(
            proposal_id=proposal.pk,
            upheld=appeal["decision"] == "upheld",
            reason=appeal["decision_reason"]["zh"],
            by=other if other.id != hider.id else self.cast.staff["admin-1"],
            at=filed + timedelta(days=appeal["decided_after_days"]),
        )

    def _key_of(self, proposal: Proposal) -> str:
        return next(
            key for key, one in self.cast.citizens.items() if one.person_id == proposal.proposer_id
        )

    def _endorse(self, proposal: Proposal, document: Document) -> None:
        spec = document["endorsement"]
        if not spec or not proposal.opens_at or not proposal.closes_at:
            return
        end = min(proposal.closes_at, self.at)
        if end <= proposal.opens_at:
            return
        rows: Iterable[TakenOver] = self._crowd(document["key"], spec, proposal.opens_at, end)
        if story := self._campaigns.get(document["key"]):
            rows = self._through_the_night(proposal, story, list(rows))
        self._take_over(proposal, rows)

    def _take_over(self, proposal: Proposal, rows: Iterable[TakenOver]) -> None:
        self.endorsements += actions.take_over_endorsements(
            proposal_id=proposal.pk, rows=rows, by=SYSTEM, at=self.at
        )

    def _through_the_night(
        self, proposal: Proposal, story: Document, rows: Sequence[TakenOver]
    ) -> Iterable[TakenOver]:
        """Play until a program has endorsed as well; returns what comes after it."""
        begun = begins(story, self.at)
        self._take_over(proposal, [row for row in rows if row.at < begun])
        signed = endorse_at_night(story, self.cast, proposal, begun)
        self._signed |= {(proposal.pk, by.id) for by in signed}
        self.endorsements += len(signed)
        return [row for row in rows if row.at >= begun]

    def sign(self) -> None:
        """Citizens of the demo endorse what is open, so that its ledger has endorsements.

        Those one signs in as leave it to the visitor, and nothing is brought over its threshold.
        """
        own = list(self.cast.citizens.values())[WITH_PASSWORD:]
        for proposal in self._filed.values():
            proposal.refresh_from_db()
            opens, closes = proposal.opens_at, proposal.closes_at
            if proposal.state != State.ENDORSING or opens is None or closes is None:
                continue
            if not opens <= self.at < closes or proposal.threshold - proposal.endorsed < len(own):
                continue
            for by in self._rng.sample(own, k=len(own) // 2):
                if (proposal.pk, by.id) in self._signed:
                    continue
                actions.endorse(proposal_id=proposal.pk, by=by, at=self.at)
                self.endorsements += 1

    def _crowd(
        self, key: str, spec: Document, start: datetime, end: datetime
    ) -> Iterator[TakenOver]:
        rng = random.Random(key)  # noqa: S311  as above
        places = {county.name_zh: county.townships for county in people.counties()}
        counties, weights = zip(*spec["counties"].items(), strict=True)
        times = moments(spec["shape"], spec["total"], start, end, key)
        for number, (at, county) in enumerate(
            zip(times, rng.choices(counties, weights, k=len(times)), strict=True), start=1
        ):
            says = rng.random() < REASON_SHARE and spec["reasons"]
            yield TakenOver(
                number=number,
                at=at,
                county=county,
                township=rng.choice(places[county]),
                reason=rng.choice(spec["reasons"]) if says else "",
                nickname=f"{rng.choice(_FAMILY)}{rng.choice(_GIVEN)}",
            )

    def _discuss(
        self,
        thread_id: int | None,
        opened: datetime | None,
        document: Document,
        case_id: int | None,
        side: Side | None = None,
    ) -> None:
        if thread_id is None or opened is None:
            return
        for one in document["comments"]:
            at = opened + timedelta(days=one["days_after_open"], minutes=self._rng.randrange(900))
            if at < self.at:
                discussion.comment(
                    thread_id=thread_id,
                    side=side or Side(one["side"]),
                    body=one["body"],
                    by=self.cast.citizens[one["by"]],
                    at=at,
                    case_id=case_id,
                )

    def _end(self, proposal: Proposal, document: Document) -> None:
        proposal.refresh_from_db()
        play(document.get("handling", ()), Stage(self.cast, self.at, proposal.case, proposal))
        if document["withdraw_reason"] and proposal.opens_at:
            actions.withdraw(
                proposal_id=proposal.pk,
                reason=document["withdraw_reason"],
                by=self._proposer(document),
                at=proposal.opens_at + timedelta(days=document["withdrawn_days_after_open"]),
            )
        if story := self._campaigns.get(document["key"]):
            look_into(story, self.cast, proposal, begins(story, self.at))
        if document["response"] and proposal.reached_at:
            self._answer(proposal, document["response"], proposal.reached_at)
        actions.close_due(by=SYSTEM, at=self.at)

    def _answer(self, proposal: Proposal, given: Document, reached: datetime) -> None:
        from minben.casework import actions as casework

        at = reached + timedelta(days=given["days_after_reaching"])
        by = officer_for(self.cast, given["agency"])
        draft = casework.draft_response(
            case_id=proposal.case_id,
            blocks={
                name: given[name]
                for name in ("analysis", "deliberation", "adoption_reason", "follow_up")
            },
            adoption=given["adoption"],
            revision=0,
            by=by,
            at=at - timedelta(hours=2),
        )
        actions.publish_answer(proposal_id=proposal.pk, revision=draft.revision, by=by, at=at)


_FAMILY = (
    "小",
    "阿",
    "老",
    "大",
    "愛",
    "愛笑的",
    "路過的",
    "早起的",
    "散步的",
    "認真的",
    "安靜的",
    "熱心",
)
_GIVEN = ("明", "華", "美", "宏", "婷", "君", "豪", "玲", "翔", "雯", "偉", "芬", "里民", "上班族", "阿公", "阿嬤", "學生", "媽媽", "爸爸", "茶", "貓", "雲")  # fmt: skip
