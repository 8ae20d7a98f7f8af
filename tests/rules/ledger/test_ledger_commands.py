"""The commands of people who run no platform: no settings, no secret, no database is asked for."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from minben.ledger.merkle import consistency_proof
from minben.ledger.notes import COSIGNATURE, PublicKey, SigningKey, cosigned_at, with_cosignatures
from minben.ledger.witness.asking import Address, ask
from tests.ledger_book import KEY, MONDAY, Book, story

BARE = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
MINBEN = [sys.executable, "-m", "minben.config", "ledger"]


def minben(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [*MINBEN, *(str(word) for word in words)]
    return subprocess.run(command, env=BARE, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("more", "kind"), [((), 1), (("--witness",), COSIGNATURE)])
def test_a_key_is_made_once_and_for_its_owner_only(
    more: tuple[str, ...], kind: int, tmp_path: Path
) -> None:
    done = minben("key", "log.example/ledger", "--out", "log.key", *more, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    public = PublicKey.parse(done.stdout)
    private = SigningKey.parse((tmp_path / "log.key").read_text())
    assert (private.public, public.kind, public.name) == (public, kind, "log.example/ledger")
    assert (tmp_path / "log.key").stat().st_mode & 0o777 == 0o600
    again = minben("key", "log.example/ledger", "--out", "log.key", *more, cwd=tmp_path)
    assert again.returncode == 1
    assert SigningKey.parse((tmp_path / "log.key").read_text()) == private
    assert not list(tmp_path.glob("var*")), "no platform comes into being"


def test_a_name_that_is_none(tmp_path: Path) -> None:
    assert minben("key", "a b", "--out", "x", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "x").exists()


def test_a_log_is_verified_where_there_is_no_platform(tmp_path: Path) -> None:
    folder = story().write(tmp_path / "log")
    done = minben("verify", folder, "--key", KEY.public, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "tile/0/000").write_bytes(bytes(8192))
    spoilt = minben("verify", folder, "--json", cwd=tmp_path)
    assert (spoilt.returncode, spoilt.stderr.count("\n")) == (1, 1)
    assert minben("verify", "--help", cwd=tmp_path).returncode == 0
    assert minben("verify", cwd=tmp_path).returncode == 2


def test_a_witness_runs_until_it_is_told_to_stop(tmp_path: Path) -> None:
    minben("key", "witness.example/w1", "--witness", "--out", "w.key", cwd=tmp_path)
    words = ["--key", "w.key", "--state", "state", "--log", str(KEY.public)]
    command = [*MINBEN, "witness", *words, "--listen", "127.0.0.1:0"]
    with subprocess.Popen(
        command, env=BARE, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        key = PublicKey.parse(process.stdout.readline())
        place = process.stdout.readline().strip()
        book = Book()
        book.add("proposals.filed", MONDAY, case_id=1)
        note = book.sign(MONDAY)
        address = Address(f"http://{place}", key)
        line = ask(address, note, 1, 0, lambda a, b: consistency_proof(a, b, book.subtree))
        assert cosigned_at(with_cosignatures(note, [line]), key)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert [path.suffix for path in (tmp_path / "state").iterdir()] == [".note"]


def test_a_witness_with_the_wrong_key(tmp_path: Path) -> None:
    (tmp_path / "log.key").write_text(str(KEY))
    words = ["--state", "state", "--log", str(KEY.public)]
    assert minben("witness", "--key", "log.key", *words, cwd=tmp_path).returncode == 1
    assert minben("witness", "--key", "none", *words, cwd=tmp_path).returncode == 1
    wrong = ["--state", "state", "--log", "nonsense"]
    assert minben("witness", "--key", "log.key", *wrong, cwd=tmp_path).returncode == 2
    far = [*words, "--listen", "nowhere"]
    assert minben("witness", "--key", "log.key", *far, cwd=tmp_path).returncode == 2
