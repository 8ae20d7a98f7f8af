"""A case that reached its threshold, its agencies' people, and demands in each state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from minben.casework import actions as casework
from minben.casework.queries import case
from minben.demands import actions
from minben.demands.models import Correction, Demand, DraftText
from minben.demands.rules import CorrectionKind, Outcome, Step
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.people.models import Agency, User
from minben.proposals.models import Proposal
from tests.factories import (
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

HOUR = timedelta(hours=1)
REACHED = DAY0 + timedelta(days=2)
NOW = REACHED + timedelta(days=1)
WORDS = ("增設行人庇護島", "延長行人綠燈秒數", "路口加裝照明")
REASON = "本部已函請各縣市政府於本年度編列預算辦理，並納入年度計畫。"
_subjects = count(1)


@dataclass
class Scene:
    """A case with its petitioner, the agency that leads (mof) and another (mot)."""

    proposal: Proposal
    petitioner: User
    agency: Agency
    other: Agency
    officer: Actor

    @property
    def case_id(self) -> int:
        return self.proposal.case_id

    @property
    def citizen(self) -> Actor:
        return actor(self.petitioner, strong=False)


def scene(at: datetime = REACHED) -> Scene:
    """The case reached its threshold at `at`."""
    agency, other = make_agency(), make_agency("交通部", "mot")
    filed = at - timedelta(days=2)
    person = make_person(at=filed)
    n = next(_subjects)
    subject = "".join(chr(0x4E00 + (n * 89 + i * 137) % 5000) for i in range(10))
    proposal = file_one(person, agencies=(agency,), at=filed, subject=subject)
    accept_one(proposal, filed + HOUR)
    Proposal.objects.filter(pk=proposal.pk).update(threshold=1)
    endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at)
    proposal.refresh_from_db()
    return Scene(proposal, person, agency, other, make_staff(Role.OFFICER, agency))


def split(one: Scene, *words: str, at: datetime = NOW) -> list[Demand]:
    """Demands with these words (three by default), without an agency."""
    return [
        actions.add_demand(case_id=one.case_id, text=text, by=one.officer, at=at)
        for text in words or WORDS
    ]


def propose(one: Scene, **changes: Any) -> Correction:
    """A correction by the proposer: how demand 1 should read. Any: arguments of the act."""
    told: dict[str, Any] = {
        "case_id": one.case_id,
        "version": 1,
        "kind": CorrectionKind.REWORD,
        "number": 1,
        "text": "增設無障礙的庇護島",
        "why": "原提議第二段如此寫。",
        "by": one.citizen,
        "at": NOW,
    }
    return actions.propose_correction(**(told | changes))


def assigned(one: Scene, *words: str, at: datetime = NOW) -> list[Demand]:
    """The same, the leading agency being responsible for all."""
    return [
        actions.assign_demand(demand_id=row.pk, agency_id=one.agency.pk, by=one.officer, at=at)
        for row in split(one, *words, at=at)
    ]


def draft(
    demand: Demand,
    by: Actor,
    *,
    revision: int = 0,
    adoption: str = "adopted",
    reason: str = REASON,
    follow_up: str = "",
    at: datetime = NOW,
) -> DraftText:
    """A saved draft."""
    return actions.save_draft(
        demand_id=demand.pk,
        adoption=adoption,
        reason=reason,
        follow_up=follow_up,
        revision=revision,
        by=by,
        at=at,
    )


def clear(one: Scene, demand: Demand, revision: int = 1, at: datetime = NOW) -> None:
    """Hand the draft in and take it through both steps that are always there."""
    actions.hand_in(demand_id=demand.pk, revision=revision, legal=False, by=one.officer, at=at)
    agency = Agency.objects.get(pk=demand.agency_id)
    for step, role in ((Step.SECTION_HEAD, Role.OFFICER), (Step.LEAD, Role.LEAD)):
        actions.clear_draft(
            demand_id=demand.pk,
            step=step,
            outcome=Outcome.APPROVED,
            revision=revision,
            by=make_staff(role, agency),
            at=at,
        )


def disposed(one: Scene, demand: Demand, adoption: str = "adopted", at: datetime = NOW) -> None:
    """Draft, clear and decide a demand of the leading agency."""
    draft(demand, one.officer, adoption=adoption, at=at)
    clear(one, demand, at=at)
    actions.dispose(demand_id=demand.pk, revision=1, by=one.officer, at=at)


def answered(one: Scene, *adoptions: str, at: datetime = NOW) -> list[Demand]:
    """Demands with these adoptions, published as the final answer publishes them."""
    rows = assigned(one, *WORDS[: len(adoptions)], at=at)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=at)
    for row, adoption in zip(rows, adoptions, strict=True):
        disposed(one, row, adoption, at)
    actions.publish_dispositions(case_id=one.case_id, by=one.officer, at=at)
    return rows


def close(one: Scene, at: datetime = NOW) -> None:
    """The case is closed, as after its answer."""
    casework.close_case(case=case(one.case_id), by=SYSTEM, at=at)
