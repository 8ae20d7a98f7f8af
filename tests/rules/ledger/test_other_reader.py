"""A program of others, which knows nothing of us, reads the bundle and finds it sound."""

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ledger_book import story

GO = shutil.which("go")
MODULES = Path("/usr/share/gocode")
PROGRAM = Path(__file__).with_name("other_reader.go")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built from what the system's packages bring; nothing is fetched."""
    if GO is None or not (MODULES / "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip(
            "no other implementation here (apt-get install golang-go golang-golang-x-mod-dev)"
        )
    folder = tmp_path_factory.mktemp("go")
    environment = os.environ | {
        "GO111MODULE": "off",
        "GOPATH": str(MODULES),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
    }
    command = [str(GO), "build", "-o", str(folder / "reader"), str(PROGRAM)]
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=folder)
    return folder / "reader"


def look(reader: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([reader, folder], capture_output=True, text=True, check=False)


def test_another_implementation_verifies_the_bundle(reader: Path, tmp_path: Path) -> None:
    book = story()
    done = look(reader, book.write(tmp_path / "log"))
    root = base64.b64encode(book.root()).decode()
    assert (done.returncode, done.stdout) == (0, f"{book.key.name} {len(book.entries)} {root}\n")


def test_it_refuses_what_we_refuse(reader: Path, tmp_path: Path) -> None:
    folder = story().write(tmp_path / "log")
    spoilt = folder / "tile/entries/000"
    spoilt.write_bytes(spoilt.read_bytes().replace(b'"case":1', b'"case":3', 1))
    assert look(reader, folder).returncode == 1
