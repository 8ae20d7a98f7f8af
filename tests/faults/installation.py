"""The platform as a host runs it: `minben serve`, with its web workers, its tick and its ledger."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from minben.ledger.notes import SigningKey
from tests.faults.places import ROOT, command_of, family, free_port

ROLES = {"tick": " tick ", "sequencer": " ledger run"}


def environment(var: Path, database: str, port: int = 0) -> dict[str, str]:
    """The environment of a production installation that keeps its files in `var`."""
    site = f"http://127.0.0.1:{port}" if port else "http://127.0.0.1"
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "HOME", "TMPDIR")}
    return kept | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "minben.config.settings",
        "MINBEN_MODE": "production",
        "MINBEN_TLS": "off",
        "MINBEN_VAR": str(var),
        "SECRET_KEY": "only-for-tests-of-faults-0123456789-0123456789",
        "LEDGER_KEY": ledger_key(var),
        "LEDGER_SECONDS": "2",
        "LEDGER_BUNDLE_DIR": str(var / "bundle"),
        "DATABASE_URL": database,
        "SITE_URL": "https://faults.example.org",
        "SMS_URL": f"{site}/nobody-listens-here",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "1",
    }


def ledger_key(var: Path) -> str:
    """The key of the ledger of this installation, made once."""
    path = var / "ledger.test.key"
    if not path.exists():
        path.write_text(str(SigningKey.generate("faults.example.org/ledger")))
    return path.read_text()


class Site:
    """One running `minben serve`.

    Args:
        var: its folder, with the collected static files.
        database: DATABASE_URL.
        extra: further environment.
    """

    def __init__(
        self,
        var: Path,
        database: str,
        *,
        extra: Mapping[str, str] | None = None,
        options: tuple[str, ...] = (),
        workers: int = 2,
    ) -> None:
        self.var, self.port = var, free_port()
        self.env = environment(var, database, self.port) | dict(extra or {})
        self.command = [sys.executable, "-m", "minben.config", "serve"]
        self.command += ["--port", str(self.port), "--workers", str(workers), *options]
        self.log = var / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, within: float = 40.0) -> None:
        """Start it; returns when the front page comes."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, env=self.env, stdout=log, stderr=log)
        until = time.monotonic() + within
        while self.get("/robots.txt")[0] == 0:
            if time.monotonic() > until or self.process.poll() is not None:
                raise TimeoutError(self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.1)

    def get(self, path: str, timeout: float = 10.0) -> tuple[int, str]:
        """Status and text of a page; status 0 when there was no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def pids(self, role: str) -> list[int]:
        """The processes in a role: `worker`, `tick` or `sequencer`."""
        assert self.process
        found = []
        for pid in family(self.process.pid):
            command = command_of(pid)
            if role == "worker":
                if "granian" in command_of(_parent(pid)) and "resource_tracker" not in command:
                    found.append(pid)
            elif ROLES[role] in command:
                found.append(pid)
        return found

    def kill(self, role: str, how_many: int = 0) -> list[int]:
        """Kill all processes of a role, or some, with SIGKILL; returns them."""
        doomed = self.pids(role)[: how_many or None]
        assert doomed, f"no {role} runs"
        for pid in doomed:
            os.kill(pid, signal.SIGKILL)
        return doomed

    def wait_new(self, role: str, gone: list[int], within: float = 30.0) -> float:
        """Seconds until as many others run in that role. Raises TimeoutError."""
        began = time.monotonic()
        while time.monotonic() - began < within:
            if len(set(self.pids(role)) - set(gone)) >= len(gone):
                return time.monotonic() - began
            time.sleep(0.05)
        raise TimeoutError(f"no new {role} within {within} s")

    def minben(
        self,
        *arguments: str,
        check: bool = True,
        preexec: Callable[[], None] | None = None,
    ) -> "subprocess.CompletedProcess[str]":
        """Run another command of the same installation; `preexec` runs in it first."""
        command = [sys.executable, "-m", "minben.config", *arguments]
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, check=False, timeout=120,
            preexec_fn=preexec,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{arguments}: {done.stderr[-1500:]}"
        return done

    def verify(self, bundle: Path) -> None:
        """Recount a bundle without the platform, as anybody may."""
        key = str(SigningKey.parse(self.env["LEDGER_KEY"]).public)
        command = [sys.executable, "-m", "minben.ledger.verifier", str(bundle), "--key", key]
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"the ledger does not verify: {done.stderr[-1500:]}"

    @contextmanager
    def beside(self, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Another command of the same installation, running meanwhile."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "minben.config", *arguments]
            process = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(20)

    def stop(self) -> None:
        """End it as a service manager would, and what does not end by itself with force."""
        if self.process is None or self.process.poll() is not None:
            return
        pids = list(family(self.process.pid))
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            for pid in pids:
                if "minben" in command_of(pid) or "granian" in command_of(pid):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def _parent(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])
