"""Faults of a machine that need its administrator: small volumes, a wire of one's own, the clock."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.places import ROOT, give


def may_mount() -> bool:
    """Whether we may have volumes of our own: root outside of most containers."""
    with TemporaryDirectory() as place:
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "minben-faults", place]
        if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", place], check=True)
        return True


def may_wire() -> bool:
    """Whether we may have a network of our own."""
    if os.geteuid() or shutil.which("ip") is None:
        return False
    with suppress(subprocess.CalledProcessError):
        Wire().close()
        return True
    return False


@contextmanager
def small_volume(path: Path, megabytes: int) -> Iterator[Path]:
    """A volume of that size, in memory, at `path`; root only."""
    path.mkdir()
    size = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "minben-faults", str(path)], check=True)
    try:
        give(path)
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


class Ballast:
    """A file that takes all the room a volume has left."""

    def __init__(self, volume: Path) -> None:
        self.path = volume / "ballast"

    def fill(self, leave: int = 0) -> None:
        """Take all room but `leave` bytes."""
        block = bytes(65536)
        with self.path.open("wb", buffering=0) as file, suppress(OSError):
            while shutil.disk_usage(self.path.parent).free > leave:
                file.write(block)

    def drop(self) -> None:
        """Give the room back."""
        self.path.unlink()


class Clock:
    """The system's clock as all processes of one site see it, from `stepping/sitecustomize.py`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.step(0)

    def step(self, seconds: int) -> None:
        """Set it to so many seconds before or after the true time, at once for everybody."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{seconds}\n")
        fresh.replace(self.path)

    @property
    def env(self) -> dict[str, str]:
        """What makes a process look at this clock."""
        stepping = Path(__file__).parent / "stepping"
        return {
            "PYTHONPATH": f"{stepping}{os.pathsep}{ROOT / 'src'}{os.pathsep}{ROOT}",
            "MINBEN_FAULTS_CLOCK": str(self.path),
        }


class Wire:
    """A network namespace with one wire to it: unplugged, packets vanish and nobody is told."""

    HERE, THERE = "10.213.77.1", "10.213.77.2"

    def __init__(self) -> None:
        self.name = f"mbf{os.getpid() % 100000}"
        self._ip("netns", "add", self.name)
        self._ip("link", "add", self.name, "type", "veth", "peer", "name", "eth0",
                 "netns", self.name)  # fmt: skip
        self._ip("addr", "add", f"{self.HERE}/30", "dev", self.name)
        self._ip("link", "set", self.name, "up")
        self._ip("-n", self.name, "addr", "add", f"{self.THERE}/30", "dev", "eth0")
        self._ip("-n", self.name, "link", "set", "lo", "up")
        self.plug_in()

    @property
    def inside(self) -> list[str]:
        """What a command begins with that runs at the other end."""
        return ["ip", "netns", "exec", self.name]

    def unplug(self) -> None:
        """From now on nothing arrives."""
        self._ip("-n", self.name, "link", "set", "eth0", "down")

    def plug_in(self) -> None:
        """As before."""
        self._ip("-n", self.name, "link", "set", "eth0", "up")

    def close(self) -> None:
        """Take it away; the wire goes with it."""
        self._ip("netns", "del", self.name)

    @staticmethod
    def _ip(*arguments: str) -> None:
        subprocess.run(["ip", *arguments], check=True, capture_output=True)
