"""Many public proposals at once, written straight into the tables: for counting queries."""

from datetime import datetime, timedelta
from itertools import count

from minben.casework.models import Case, CaseAgency
from minben.casework.queries import rule_set
from minben.discussion.models import Thread
from minben.people.models import Agency, User
from minben.proposals.actions.search_index import grams_of
from minben.proposals.models import Endorsement, Gram, Proposal
from minben.proposals.rules import State
from tests.factories import DAY, DAY0

_numbers = count(900_001)
STATES = (State.ENDORSING, State.REACHED, State.ANSWERED, State.LAPSED)


def make_many(
    n: int,
    *,
    agencies: tuple[Agency, ...] = (),
    proposer: User | None = None,
    endorser: User | None = None,
    at: datetime = DAY0,
) -> list[Proposal]:
    """`n` proposals in all public states, each with the agencies; endorsed by `endorser`."""
    rules = rule_set("tw-join-2018")
    cases = Case.objects.bulk_create(
        Case(
            number=f"2026-{next(_numbers):06d}",
            jurisdiction=rules.jurisdiction,
            rule_set=rules,
            filed_at=at,
            agency_names=[agency.name_zh for agency in agencies],
        )
        for _ in range(n)
    )
    threads = Thread.objects.bulk_create(Thread() for _ in range(n))
    CaseAgency.objects.bulk_create(
        CaseAgency(case=case, agency=agency, role="assist" if place else "lead", since=at)
        for case in cases
        for place, agency in enumerate(agencies)
    )
    rows = [
        _row(place, case, thread, proposer, at)
        for place, (case, thread) in enumerate(zip(cases, threads, strict=True))
    ]
    made = Proposal.objects.bulk_create(rows)
    Gram.objects.bulk_create(gram for row in made for gram in grams_of(row))
    if endorser:
        Endorsement.objects.bulk_create(
            Endorsement(proposal=row, person=endorser, at=at + DAY, number=1) for row in made
        )
    return made


def _row(place: int, case: Case, thread: Thread, proposer: User | None, at: datetime) -> Proposal:
    state = STATES[place % len(STATES)]
    filed = at - timedelta(minutes=place)
    reached = filed + 20 * DAY if state in (State.REACHED, State.ANSWERED) else None
    return Proposal(
        case=case,
        thread=thread,
        proposer=proposer,
        state=state,
        subject=f"第{place}案：請改善路口行人號誌",
        content="請延長行人號誌的秒數，並設置庇護島。" * 5,
        county=("臺北市", "高雄市", "花蓮縣")[place % 3],
        topic=("transport", "health")[place % 2],
        threshold=5000,
        endorsed=place,
        numbered=place,
        filed_at=filed,
        opens_at=filed + DAY,
        closes_at=filed + 61 * DAY,
        reached_at=reached,
        response_due_at=reached + 60 * DAY if reached else None,
        answered_at=reached + 30 * DAY if reached and state is State.ANSWERED else None,
        adoption="adopted" if state is State.ANSWERED else "",
    )
