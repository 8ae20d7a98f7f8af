"""The bundle of a real platform: its own acts, sequenced, exported, and verified from outside."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from minben.casework import actions as casework
from minben.casework.rules import RESPONSE_BLOCKS
from minben.casework.shipped import documents
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Role
from minben.ledger import actions as ledger
from minben.ledger import bundle
from minben.ledger.keys import log_key, log_vkey
from minben.ledger.publishing import export
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.fields import known_kinds
from minben.ledger.verifier.report import Report
from minben.ledger.verifier.sources import open_source
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    file_one,
    make_agency,
    make_person,
    make_staff,
)
from tests.ledger_book import KEY

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_sandbox(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Checkpoints of a platform whose times are real, so that they are checked."""
    settings.SANDBOX = False
    settings.VAR = tmp_path_factory.mktemp("var")
    settings.LEDGER_ORIGIN, settings.LEDGER_KEY = KEY.name, str(KEY)
    log_key.cache_clear()
    yield
    log_key.cache_clear()


def look(folder: Path, **wishes: object) -> Report:
    keys = [log_vkey()]
    return verify(open_source(str(folder)), Wishes(now=DAY0, keys=keys, **wishes))  # type: ignore[arg-type]


def enter(at: object) -> None:
    ledger.sequence_all(by=SYSTEM, at=at)  # type: ignore[arg-type]
    ledger.sign_checkpoint(by=SYSTEM, at=at)  # type: ignore[arg-type]


def small_rules() -> str:
    """A government whose proposals reach with three endorsements; returns its code."""
    document = next(one for one in documents() if one["code"] == "tw-join-2018")
    document |= {
        "code": "small-2018",
        "jurisdiction": {"code": "small", "name_zh": "小鎮", "name_en": "Small", "position": 90},
        "parameters": document["parameters"] | {"threshold": 3},
    }
    casework.add_rule_set(document=document, by=SYSTEM, at=DAY0)
    return "small"


def play() -> Proposal:
    """A proposal that reaches with its third endorsement, and goes on to its fifth."""
    jurisdiction = small_rules()
    agency = make_agency("小鎮公所", "small-hall", jurisdiction)
    enter(DAY0)
    proposal = file_one(agencies=(agency,), jurisdiction=jurisdiction)
    enter(DAY0 + 5 * MINUTE)
    accept_one(proposal)
    enter(DAY0 + 65 * MINUTE)
    for n in range(5):
        at = DAY0 + DAY + n * MINUTE
        proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at)
    enter(DAY0 + DAY + 6 * MINUTE)
    proposal.refresh_from_db()
    assert (proposal.endorsed, proposal.reached_at) == (5, DAY0 + DAY + 2 * MINUTE)
    return proposal


def test_the_kinds_of_the_schema_are_those_that_are_declared() -> None:
    from minben.audit.registry import all_kinds

    declared = {kind.code: list(kind.ledger) for kind in all_kinds() if kind.ledger is not None}
    text = (Path(bundle.__file__).parent / "schema.json").read_text(encoding="utf-8")
    told = {code: kind["data"] for code, kind in json.loads(text)["kinds"].items()}
    assert told == declared | {"proposals.endorsed": []}
    assert known_kinds() == set(told)


def test_what_the_platform_did_verifies_from_outside(tmp_path: Path) -> None:
    proposal = play()
    export(tmp_path, at=DAY0 + DAY + 7 * MINUTE)
    found = look(tmp_path)
    figures = {name: found.figures[name] for name in ("endorsements", "reached", "deadlines")}
    assert figures == {"endorsements": 5, "reached": 1, "deadlines": 2}
    assert found.figures["deadlines_recomputed"] == 3
    told = json.loads((tmp_path / "claims.json").read_text(encoding="utf-8"))
    assert told["cases"][str(proposal.case_id)]["count"] == 5
    assert found.sandbox is False


def test_the_whole_life_verifies(tmp_path: Path) -> None:
    """Missed deadlines told by a late tick, an answer after its time, a window that closes."""
    proposal = play()
    officer = make_staff(Role.OFFICER, proposal.case.lead)
    late = DAY0 + 80 * DAY
    tick(late)
    export(tmp_path, at=late + MINUTE)
    assert look(tmp_path).figures["deadlines_missed"] == 1
    blocks = dict.fromkeys(RESPONSE_BLOCKS, "已研議。")
    draft = casework.draft_response(
        case_id=proposal.case_id,
        blocks=blocks,
        adoption="adopted",
        revision=0,
        by=officer,
        at=late + 2 * MINUTE,
    )
    proposals.publish_answer(
        proposal_id=proposal.pk, revision=draft.revision, by=officer, at=late + 3 * MINUTE
    )
    export(tmp_path, at=late + 4 * MINUTE, since_last=True)
    found = look(tmp_path)
    assert (found.figures["deadlines_met"], found.figures["deadlines_missed"]) == (1, 1)
