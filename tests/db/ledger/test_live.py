"""The ledger of a platform that is running: read over the web, claimed while people endorse."""

import threading
from pathlib import Path

import pytest
from django.db import close_old_connections, connection
from pytest_django.live_server_helper import LiveServer

from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger import queries
from minben.ledger.bundle import write_bundle
from minben.ledger.keys import log_vkey
from minben.ledger.publishing import take_down_claims
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.sources import open_source
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.db.crowd import at_once, crowd
from tests.db.ledger.small import small_rules
from tests.factories import DAY, DAY0, accept_one, actor, file_one, make_person
from tests.ledger_book import MINUTE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_times")]
OPEN = DAY0 + 2 * DAY


def small_proposal(threshold: int) -> Proposal:
    small_rules(threshold)
    ledger.sequence_all(by=SYSTEM, at=DAY0)
    ledger.sign_checkpoint(by=SYSTEM, at=DAY0)
    proposal = accept_one(file_one(jurisdiction="small"))
    ledger.sequence_all(by=SYSTEM, at=DAY0 + 61 * MINUTE)
    ledger.sign_checkpoint(by=SYSTEM, at=DAY0 + 61 * MINUTE)
    return proposal


def test_a_running_platform_is_verified_over_the_web(live_server: LiveServer) -> None:
    proposal = small_proposal(3)
    for n in range(4):
        by = actor(make_person())
        proposals.endorse(proposal_id=proposal.pk, by=by, at=OPEN + n * MINUTE)
    tick(OPEN + 5 * MINUTE)
    # What comes after the claims is in the log, and not yet in what is claimed.
    proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=OPEN + 6 * MINUTE)
    ledger.sequence_all(by=SYSTEM, at=OPEN + 7 * MINUTE)
    ledger.sign_checkpoint(by=SYSTEM, at=OPEN + 7 * MINUTE)
    source = open_source(f"{live_server.url}/ledger")
    found = verify(source, Wishes(now=OPEN, keys=[log_vkey()]))
    assert (found.figures["endorsements"], found.figures["reached"]) == (5, 1)


def test_claims_taken_down_in_a_surge_fit_their_tree(tmp_path: Path) -> None:
    """Endorsements commit, others sequence, and every claim is of one instant with its log."""
    people = crowd(60)
    proposal = small_proposal(25)
    written: list[Path] = []
    over = threading.Event()

    def endorse(n: int) -> None:
        at = OPEN + n * MINUTE / 60
        proposals.endorse(proposal_id=proposal.pk, by=people[n], at=at)

    def enter() -> None:
        while not over.is_set():
            ledger.sequence(by=SYSTEM, at=OPEN + MINUTE)
            over.wait(0.01)

    def claim() -> None:
        for n in range(6):
            claims = take_down_claims(OPEN + MINUTE)
            write_bundle(tmp_path / str(n), claims)
            written.append(tmp_path / str(n))
        over.set()

    acts = [lambda n=n: endorse(n) for n in range(len(people))]
    sequencer = threading.Thread(target=lambda: (enter(), connection.close()))
    claimer = threading.Thread(target=lambda: (claim(), connection.close()))
    sequencer.start()
    claimer.start()
    done = at_once(acts)
    claimer.join()
    sequencer.join()
    close_old_connections()
    assert not [one for one in done if isinstance(one, Exception)]
    assert len(written) == 6
    for folder in written:
        verify(open_source(str(folder)), Wishes(now=OPEN, keys=[log_vkey()]))
    write_bundle(tmp_path / "last", take_down_claims(OPEN + 2 * MINUTE))
    last = verify(open_source(str(tmp_path / "last")), Wishes(now=OPEN, keys=[log_vkey()]))
    assert (last.figures["endorsements"], last.figures["reached"]) == (60, 1)
    assert last.size == queries.tree_size()
