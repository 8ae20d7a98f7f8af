"""The verifier by itself: where it reads, what it says, and what it never stumbles over."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from minben.ledger.notes import SigningKey
from minben.ledger.tiles import unpack
from minben.ledger.verifier.command import main
from tests.ledger_book import KEY, MINUTE, Book, midnight, story

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that nobody changes."""
    return story().write(tmp_path_factory.mktemp("honest"))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle to spoil."""
    return story().write(tmp_path / "log")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def serving() -> Iterator[Callable[[Path], str]]:
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path, handler: type = Quiet) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs the command; returns exit code, what it printed, and the line it complained with."""

    def run(*argv: object) -> tuple[int, str, str]:
        code = main([str(one) for one in argv])
        out, err = capsys.readouterr()
        lines = [line for line in err.splitlines() if not line.startswith("…")]
        assert len(lines) == (0 if code == 0 else 1), err
        return code, out, err

    return run


def test_a_folder(honest: Path, say: Said) -> None:
    code, out, _ = say(honest, "--key", KEY.public)
    assert code == 0
    assert out.startswith("驗證無誤 · all is well: minben.example/ledger")
    assert "由您指定 · given by you" in out
    assert "來源自行提供" in say(honest)[1]


def test_figures_for_machines(honest: Path, say: Said) -> None:
    told = json.loads(say(honest, "--json")[1])
    assert {name: told[name] for name in ("ok", "leaves", "checkpoints", "endorsements")} == {
        "ok": True, "leaves": 628, "checkpoints": 23, "endorsements": 604,
    }  # fmt: skip
    assert (told["deadlines_met"], told["deadlines_missed"], told["reached"]) == (1, 2, 1)
    assert told["struck_out"] == 1


def test_an_address(honest: Path, serving: Callable[[Path], str], say: Said) -> None:
    code, out, _ = say(f"{serving(honest)}/", "--key", KEY.public)
    assert code == 0
    assert "628" in out


def test_it_runs_without_django_settings_or_database(honest: Path) -> None:
    code = (
        "import sys; from minben.ledger.verifier.command import main; code = main(sys.argv[1:]);"
        "sys.exit(code or any(name.split('.')[0] in ('django', 'psycopg', 'click')"
        " for name in sys.modules))"
    )
    environment = {"PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"}
    for command in (["-c", code], ["-m", "minben.ledger.verifier"]):
        done = subprocess.run(
            [sys.executable, *command, str(honest)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_a_log_served_while_it_grows(
    tmp_path: Path, serving: Callable[[Path], str], say: Said
) -> None:
    """Partial tiles that have grown full, and checkpoints newer than the one that was read."""
    book = story()
    folder = book.write(tmp_path / "log")
    old, claims = (folder / "checkpoint").read_bytes(), (folder / "claims.json").read_bytes()
    for number in range(200):
        book.add("proposals.answered", midnight(5, 10) + MINUTE, case_id=number + 10)
    book.sign(midnight(5, 10) + 2 * MINUTE)
    book.write(folder)
    for path in folder.rglob("*.p"):
        for tile in path.iterdir():
            if tile.name == str(628 % 256):
                tile.unlink()
    (folder / "checkpoint").write_bytes(old)
    (folder / "claims.json").write_bytes(claims)
    assert say(serving(folder))[0] == 0


def test_a_list_that_a_cache_kept_a_little_longer(tmp_path: Path, say: Said) -> None:
    for later, code in ((MINUTE, 0), (9 * MINUTE, 1)):
        book = story()
        at = midnight(5, 10) + MINUTE + later
        book.add("proposals.answered", at, case_id=1)
        book.sign(at)
        folder = book.write(tmp_path / str(later))
        listed = (folder / "checkpoints.jsonl").read_bytes().splitlines(True)
        (folder / "checkpoints.jsonl").write_bytes(b"".join(listed[:-1]))
        found, _, error = say(folder)
        assert (found, "[not_listed]" in error) == (code, bool(code))


def test_since_remembers_and_the_key_stays(tmp_path: Path, say: Said) -> None:
    book, memory = story(), tmp_path / "seen.json"
    folder = book.write(tmp_path / "log")
    assert say(folder, "--since", memory)[0] == 0
    first = memory.read_text(encoding="utf-8")
    book.add("proposals.answered", midnight(5, 11), case_id=1)
    book.sign(midnight(5, 11) + MINUTE)
    code, out, _ = say(book.write(tmp_path / "log"), "--since", memory)
    assert (code, "與先前相同" in out) == (0, True)
    assert memory.read_text(encoding="utf-8") != first
    kept = memory.read_text(encoding="utf-8")
    (folder / "log.vkey").write_text(str(SigningKey(KEY.name, 1, bytes(32)).public))
    code, _, error = say(folder, "--since", memory)
    assert (code, "[other_key]" in error) == (1, True)
    assert memory.read_text(encoding="utf-8") == kept, "a log that fails is not remembered"


def test_a_key_that_was_replaced_is_given_beside_the_new_one(tmp_path: Path, say: Said) -> None:
    book = story()
    fresh = SigningKey(KEY.name, 1, bytes(32))
    book.key = fresh
    book.add("proposals.answered", midnight(5, 11), case_id=1)
    book.sign(midnight(5, 11) + MINUTE)
    folder = book.write(tmp_path / "log")
    assert "[signature]" in say(folder, "--key", fresh.public)[2]
    assert say(folder, "--key", fresh.public, "--key", KEY.public)[0] == 0
    memory = tmp_path / "seen.json"
    assert say(folder, "--since", memory, "--key", fresh.public, "--key", KEY.public)[0] == 0
    assert say(folder, "--since", memory)[0] == 0, "both are remembered, the newest is shown"
    (folder / "log.vkey").write_text(f"{fresh.public}\n{KEY.public}\n")
    assert say(folder)[0] == 0
    book.key = KEY
    book.add("proposals.answered", midnight(5, 12), case_id=1)
    book.sign(midnight(5, 12) + MINUTE)
    stolen = say(book.write(tmp_path / "stolen"), "--key", fresh.public, "--key", KEY.public)
    assert "[replaced_key]" in stolen[2]


def test_a_sandbox_says_so_and_its_times_are_not_checked(tmp_path: Path, say: Said) -> None:
    book = story()
    for more in (False, True):
        made = Book(
            entries=list(book.entries), cases=book.cases, deadlines=book.deadlines, sandbox=more
        )
        made.sign(midnight(1, 1))  # long before what it holds
        code, out, error = say(made.write(tmp_path / str(more)))
        assert (code, "[ahead]" in error, "示範帳本" in out) == (
            (0, False, True) if more else (1, True, False)
        )


Spoil = Callable[[Path], object]


def rewrite(name: str, change: Callable[[bytes], bytes]) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).write_bytes(change((folder / name).read_bytes()))

    return spoil


def without(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def claims(change: Callable[[dict], object]) -> Spoil:  # type: ignore[type-arg]
    def spoil(folder: Path) -> None:
        told = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
        change(told)
        (folder / "claims.json").write_text(json.dumps(told), encoding="utf-8")

    return spoil


def case(**more: object) -> Spoil:
    return claims(lambda told: told["cases"]["1"].update(more))


BUNDLE = "tile/entries/000"
SPOILT: list[tuple[str, Spoil]] = [
    ("missing", without("checkpoint")),
    ("missing", without("checkpoints.jsonl")),
    ("missing", without("log.vkey")),
    ("missing", without("claims.json")),
    ("missing", without(BUNDLE)),
    ("missing", without("tile/0/001")),
    ("missing", without("tile/1/000.p/2")),
    ("too_big", rewrite("checkpoint", lambda raw: raw * 1000)),
    ("too_big", rewrite("checkpoints.jsonl", lambda raw: raw.replace(b"\n", b" ") * 99)),
    ("too_big", rewrite("tile/0/000", lambda raw: raw * 2)),
    ("broken_file", rewrite("log.vkey", lambda raw: b"\xff")),
    ("broken_file", rewrite("log.vkey", lambda raw: b"")),
    ("broken_file", rewrite("log.vkey", lambda raw: b"../../etc/passwd")),
    ("broken_note", rewrite("checkpoint", lambda raw: raw[:40])),
    ("broken_note", rewrite("checkpoint", lambda raw: b"\xff" + raw)),
    ("signature", rewrite("checkpoint", lambda raw: raw.replace(b"\n628\n", b"\n627\n"))),
    ("other_log", rewrite("checkpoint", lambda raw: raw.replace(b"minben.ex", b"elsewhere.ex"))),
    ("broken_note", rewrite("checkpoint", lambda raw: raw.replace(b"minben.ex", b"\x1b[31m"))),
    ("broken_file", rewrite("checkpoints.jsonl", lambda raw: b"{}\n" + raw)),
    ("broken_file", rewrite("checkpoints.jsonl", lambda raw: b"[" * 60_000)),
    ("broken_file", rewrite("checkpoints.jsonl", lambda raw: b"\xff\xfe" + raw)),
    ("not_listed", rewrite("checkpoints.jsonl", lambda raw: raw[: raw[:-1].rindex(b"\n") + 1])),
    ("not_listed", rewrite("checkpoints.jsonl", lambda raw: b"")),
    (
        "size_backwards",
        rewrite("checkpoints.jsonl", lambda raw: b"".join(reversed(raw.splitlines(True)[:3]))),
    ),
    ("bundle", rewrite(BUNDLE, lambda raw: raw[:-1])),
    ("bundle", rewrite(BUNDLE, lambda raw: raw[: -2 - len(unpack(raw)[-1])])),
    ("bundle", rewrite(BUNDLE, lambda raw: b"")),
    ("tile", rewrite(BUNDLE, lambda raw: raw.replace(b'"case":1', b'"case":3', 1))),
    ("tile", rewrite("tile/0/000", lambda raw: raw[:-1])),
    ("tile", rewrite("tile/0/000", lambda raw: bytes(32) + raw[32:])),
    ("tile", rewrite("tile/1/000.p/2", lambda raw: raw[::-1])),
    ("broken_file", rewrite("claims.json", lambda raw: b"\xff")),
    ("broken_file", rewrite("claims.json", lambda raw: b"[" * 100_000)),
    ("broken_file", rewrite("claims.json", lambda raw: b"[]")),
    ("broken_file", claims(lambda told: told.update(size=-1))),
    ("broken_file", claims(lambda told: told.update(size=10**30))),
    ("broken_file", claims(lambda told: told.update(size="628"))),
    ("broken_file", claims(lambda told: told["cases"].update({"../../x": {}}))),
    ("broken_file", claims(lambda told: told["cases"].update({"9" * 5000: {}}))),
    ("broken_file", claims(lambda told: told["deadlines"].append({}))),
    ("claims_ahead", claims(lambda told: told.update(size=629))),
    ("claim", case(count=601)),
    ("claim", case(count=600.0)),
    ("claim", case(count=True)),
    ("claim", case(number="2026-000009")),
    ("claim", case(threshold=4)),
    ("claim", case(reached_index=17)),
    ("claim", case(reached_at=None)),
    ("claim", case(reached_at="2026-03-04T02:03:00.000000Z")),
    ("claim", case(days={"2026-03-04": 600})),
    ("claim", case(totals={"2026-03-04": 120})),
    ("field", case(reached_at="yesterday")),
    ("claim", claims(lambda told: told["cases"].pop("2"))),
    ("claim", claims(lambda told: told["cases"].update({"3": {"count": 1}}))),
    ("claim", claims(lambda told: told["deadlines"].pop())),
    ("claim", claims(lambda told: told["deadlines"].append(told["deadlines"][0]))),
    ("claim", claims(lambda told: told["deadlines"][0].update(missed_at=None, outcome="open"))),
    ("claim", claims(lambda told: told["deadlines"][1].update(missed_at=None))),
    ("field", claims(lambda told: told["deadlines"][0].update(due_at="x"))),
]


@pytest.mark.parametrize(("code", "spoil"), SPOILT)
def test_the_first_difference_is_told_in_one_line(
    code: str, spoil: Spoil, bundle: Path, say: Said
) -> None:
    spoil(bundle)
    exit_code, out, error = say(bundle)
    assert (exit_code, out) == (1, "")
    assert f"[{code}]" in error, error
    assert "\x1b" not in error
    assert len(error) < 1200
    assert json.loads(say(bundle, "--json")[1])["code"] == code


def test_a_source_that_is_not_there(tmp_path: Path, say: Said) -> None:
    for source in (tmp_path / "none", "ftp://x/y", "file:///etc", "http://", "http://127.0.0.1:9"):
        assert say(source)[0] == 69


def test_a_server_that_answers_nonsense(
    honest: Path, serving: Callable[..., str], say: Said
) -> None:
    class Broken(Quiet):
        def do_GET(self) -> None:
            if self.path.endswith("claims.json"):
                self.wfile.write(b"nonsense\r\n\r\n")
                return
            self.send_error(500)

    class Elsewhere(Quiet):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

    class Short(Quiet):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            self.wfile.write(b"{")

    for handler in (Broken, Elsewhere):
        assert say(serving(honest, handler))[0] == 69
    assert say(serving(honest, Short))[0] in (1, 69)


def test_wrong_usage(honest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (["--key", "nonsense"], ["--receipt", str(tmp_path)], ["--fresh", "x"], ["--no"]):
        with pytest.raises(SystemExit) as stopped:
            main([str(honest), *more])
        assert stopped.value.code == 2
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    assert "重新計算" in capsys.readouterr().out


def test_a_memory_that_was_spoilt(honest: Path, tmp_path: Path, say: Said) -> None:
    for content in ("", "{}", "[" * 100_000, '{"format":"minben-seen/v1","keys":[],"note":""}'):
        (tmp_path / "seen.json").write_text(content)
        assert "[broken_file]" in say(honest, "--since", tmp_path / "seen.json")[2]
    assert say(honest, "--since", tmp_path)[0] == 69
    assert say(honest, "--since", tmp_path / "no" / "seen.json")[0] == 69
