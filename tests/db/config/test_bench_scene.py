"""The people, proposals and reckoning of benches, on the real tables."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from minben.config.bench import crowd, endorse, oracle, replay, seeding, statements
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.proposals.archive.records import ArchivedEndorsement

ARCHIVE = Path(__file__).resolve().parents[4] / "shared/data/join/endorsements.csv.gz"
NOON = datetime(2017, 11, 13, 4, 0, tzinfo=UTC)


@pytest.fixture
def _untidy(monkeypatch: pytest.MonkeyPatch) -> None:
    """`VACUUM` can't run inside a test's transaction."""
    monkeypatch.setattr(oracle, "tidy", lambda: None)


@pytest.mark.django_db
def test_everybody_made_for_a_bench_can_endorse_once(tmp_path: Path) -> None:
    at = clock.now()
    (number,) = crowd.open_proposals(1, at)
    file = tmp_path / "people.txt"
    crowd.sign_in(crowd.multiply(3, at), file)
    lines = file.read_text().splitlines()
    assert len(lines) == 3
    for line in lines:
        client, token = statements.browser(line)
        form = {"csrfmiddlewaretoken": token, "reason": ""}
        answer = client.post(endorse.SIGN.format(number), form)
        assert answer.status_code == 302, answer.content[:300]
        assert answer["Location"].endswith("/endorsed/")
    ledger.sequence_all(by=SYSTEM, at=at)
    found = oracle.account(number, acknowledged=3, in_flight=0)
    assert found.good, found


@pytest.mark.django_db
def test_without_its_token_nobody_endorses(tmp_path: Path) -> None:
    at = clock.now()
    (number,) = crowd.open_proposals(1, at)
    crowd.sign_in(crowd.multiply(1, at), tmp_path / "people.txt")
    client, _ = statements.browser((tmp_path / "people.txt").read_text().strip())
    assert client.post(endorse.SIGN.format(number), {"reason": ""}).status_code == 403


@pytest.mark.django_db
@pytest.mark.usefixtures("_untidy")
def test_seeds_are_numbered_counted_and_in_the_ledger() -> None:
    at = clock.now()
    (number,) = crowd.open_proposals(1, at)
    seeding.seed(number, crowd.multiply(25, at), at)
    assert oracle.account(number, 25, 0).good
    told = oracle.ledger()
    assert told["good"]
    assert told["leaves"] >= 25


@pytest.mark.django_db
@pytest.mark.usefixtures("_untidy")
@pytest.mark.parametrize("acknowledged", [24, 26])
def test_one_too_many_and_one_too_few_are_seen(acknowledged: int) -> None:
    at = clock.now()
    (number,) = crowd.open_proposals(1, at)
    seeding.seed(number, crowd.multiply(25, at), at)
    assert not oracle.account(number, acknowledged, 0).good


@pytest.mark.django_db
def test_the_statements_of_a_request_are_counted_one_by_one() -> None:
    with statements.counted() as seen, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")
    assert len(seen) == 2


@contextmanager
def _entering() -> Iterator[None]:
    """A sequencer in a thread of this process, as the database of a test is nobody else's."""
    stop = threading.Event()

    def enter() -> None:
        while not stop.wait(0.05):
            ledger.sequence_all(by=SYSTEM, at=NOON)
        connection.close()

    thread = threading.Thread(target=enter)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_replay_gives_the_totals_of_the_archive() -> None:
    rows = [
        ArchivedEndorsement(n, "ab"[n % 2], n, NOON + timedelta(minutes=17 * n), county, "", "好")
        for n, county in enumerate(["臺北市", "花蓮縣", "臺北市", "金門縣"] * 15)
    ]
    told = replay.replay(rows, speed=0, threads=4, entering=_entering)
    assert told["totals_equal"], told["first_difference"]
    assert told["curve_equal"]
    assert told["shown_equal"]
    assert told["refused"] == {}
    assert told["ledger"]["good"]
    assert (told["endorsements"], told["proposals"], told["counties"]) == (60, 2, 3)


@pytest.mark.django_db(transaction=True)
def test_the_recorded_peak_gives_the_totals_of_the_archive() -> None:
    if not ARCHIVE.exists():
        pytest.skip("no archive of endorsements beside the repository (../shared/data/join)")
    rows = replay.window(replay.recorded(ARCHIVE, "busiest"), 4)
    assert len(rows) > 50
    told = replay.replay(rows, speed=0, threads=4, entering=_entering)
    assert told["totals_equal"], told["first_difference"]
    assert told["curve_equal"]
    assert told["shown_equal"]
