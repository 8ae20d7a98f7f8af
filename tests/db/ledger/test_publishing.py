"""Witnesses and time stamps: asked from outside of the counting, which nothing of theirs stops."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import LazySettings

from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger import publishing, queries
from minben.ledger.keys import log_vkey
from minben.ledger.models import Cosignature, Timestamp
from minben.ledger.notes import COSIGNATURE, SigningKey
from minben.ledger.verifier.command import main
from minben.ledger.witness.memory import Memory
from minben.ledger.witness.serving import Witness, serve
from tests.factories import DAY, file_one
from tests.ledger_book import KEY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_key")]
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OWN = SigningKey("witness.example/w1", COSIGNATURE, bytes(32))
OPENSSL = shutil.which("openssl")


def served(server: ThreadingHTTPServer) -> str:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[str]:
    server = serve(Witness(OWN, [KEY.public], Memory(tmp_path / "witness")), "127.0.0.1", 0)
    yield served(server)
    server.shutdown()
    server.server_close()


def grow(at: datetime) -> None:
    file_one(at=at)
    ledger.sequence_all(by=SYSTEM, at=at)
    ledger.sign_checkpoint(by=SYSTEM, at=at)


def test_every_checkpoint_is_cosigned_and_served_with_its_lines(
    settings: LazySettings, witness: str, tmp_path: Path
) -> None:
    settings.LEDGER_WITNESSES = [f"{witness} {OWN.public}", ""]
    for n in range(3):
        grow(NOW + n * DAY)
        assert publishing.ask_witnesses(NOW + n * DAY) == 1
        assert publishing.ask_witnesses(NOW + n * DAY) == 0, "once for each checkpoint"
    assert Cosignature.objects.count() == 3
    publishing.export(tmp_path / "log", at=NOW + 3 * DAY)
    wanted = ["--key", str(log_vkey()), "--witness", str(OWN.public)]
    assert main([str(tmp_path / "log"), *wanted]) == 0
    assert Cosignature.objects.count() == 4, "that of the export as well"


def test_a_dead_witness_stops_neither_the_ledger_nor_the_others(
    settings: LazySettings, witness: str
) -> None:
    other = SigningKey("witness.example/w2", COSIGNATURE, bytes(32)).public
    settings.LEDGER_WITNESSES = [
        f"http://127.0.0.1:9 {other}",
        "nonsense",
        f"{witness} {OWN.public}",
    ]
    grow(NOW)
    assert publishing.due(NOW)["cosigned"] == 1
    found = queries.latest_checkpoint()
    assert found is not None
    assert queries.is_cosigned(found, OWN.name)
    assert not queries.is_cosigned(found, other.name)


def test_a_witness_that_comes_back_is_caught_up_with(
    settings: LazySettings, tmp_path: Path, witness: str
) -> None:
    settings.LEDGER_WITNESSES = ["http://127.0.0.1:9 " + str(OWN.public)]
    grow(NOW)
    assert publishing.ask_witnesses(NOW) == 0
    grow(NOW + DAY)
    settings.LEDGER_WITNESSES = [f"{witness} {OWN.public}"]
    assert publishing.ask_witnesses(NOW + DAY) == 1


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A time-stamping authority of our own: its address, and its root certificate."""
    if OPENSSL is None:
        pytest.skip("no openssl here (apt-get install openssl): time stamps are not tried")
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\n"
        "signer_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n"
        "digests = sha256, sha384, sha512\naccuracy = secs:1\nordering = no\ntsa_name = no\n"
        "ess_cert_id_chain = no\n[ext]\nkeyUsage = critical, digitalSignature\n"
        "extendedKeyUsage = critical, timeStamping\n[ca]\nbasicConstraints = critical, CA:TRUE\n"
        "keyUsage = critical, keyCertSign\n[dn]\n[req]\ndistinguished_name = dn\n"
    )
    (folder / "serial").write_text("01\n")

    def run(*words: str, stdin: bytes = b"") -> bytes:
        done = subprocess.run(
            [str(OPENSSL), *words], cwd=folder, input=stdin, capture_output=True, check=True
        )
        return done.stdout

    new = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf"]
    run(*new, "-x509", "-days", "9000", "-subj", "/CN=root", "-extensions", "ca",
        "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
    run(*new, "-subj", "/CN=stamps", "-keyout", "tsa.key", "-out", "tsa.csr")
    run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-days", "9000", "-extfile", "tsa.cnf", "-extensions", "ext", "-out", "tsa.pem")  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "query").write_bytes(asked)
            words = ["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply"]
            run(*words)
            told = (folder / "reply").read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    yield served(server), folder / "ca.pem"
    server.shutdown()
    server.server_close()


def test_a_checkpoint_is_stamped_once_a_day_and_verified(
    settings: LazySettings,
    authority: tuple[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, root = authority
    settings.LEDGER_TSA_URL, settings.LEDGER_TSA_CERT = url, str(root)
    grow(NOW)
    assert publishing.stamp_daily(NOW) == 1
    assert publishing.stamp_daily(NOW + timedelta(hours=1)) == 0
    publishing.export(tmp_path / "log", at=NOW + timedelta(hours=2))
    words = [str(tmp_path / "log"), "--key", str(log_vkey()), "--tsa-cert", str(root)]
    assert main(words) == 0
    assert "時戳 time stamps: 1" in capsys.readouterr().out
    stamp = Timestamp.objects.get()
    assert (stamp.at, bytes(stamp.token) != b"") == (NOW, True)
    token = next((tmp_path / "log" / "timestamps").iterdir())
    for spoilt in (b"", b"nonsense", bytes(reversed(stamp.token)), bytes(stamp.token)[:-20]):
        token.write_bytes(spoilt)
        assert main(words) == 1
        assert "[stamp]" in capsys.readouterr().err
    token.unlink()
    assert main(words) == 1
    assert "[missing]" in capsys.readouterr().err


def test_a_stamp_of_another_authority_or_another_log_is_refused(
    settings: LazySettings, authority: tuple[str, Path], tmp_path: Path
) -> None:
    url, _ = authority
    grow(NOW)
    stranger = tmp_path / "stranger.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "9"]
    subprocess.run(
        [str(OPENSSL), *made, "-keyout", str(tmp_path / "k"), "-out", str(stranger)],
        capture_output=True,
        check=True,
    )
    settings.LEDGER_TSA_URL, settings.LEDGER_TSA_CERT = url, str(stranger)
    assert publishing.stamp_daily(NOW) == 0
    assert not Timestamp.objects.exists()


def test_an_authority_that_is_away_stops_nothing(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("none")
    grow(NOW)
    for url in ("http://127.0.0.1:9", "ftp://x"):
        settings.LEDGER_TSA_URL, settings.LEDGER_TSA_CERT = url, str(tmp_path / "root.pem")
        assert publishing.due(NOW)["stamped"] == 0
    settings.LEDGER_TSA_CERT = str(tmp_path / "none.pem")
    assert publishing.due(NOW)["stamped"] == 0
