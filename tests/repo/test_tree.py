"""What the repository holds and what it never holds; that its layers hold; that its locks hold."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.repo.tree import ROOT, SRC, name_of, tracked

# Written in parts, so that this file does not hold what it forbids.
FORBIDDEN = {
    "a registry's host": re.compile(
        r"(?:pypi|pythonhosted)\." + r"org|npm" + r"js\.(?:org|com)|yarn" + r"pkg\.com",
        re.IGNORECASE,
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.<>*-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|tm" + r"p|Us" + r"ers)/\S"
    ),
    "unfinished work": re.compile(
        r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error"
    ),
    "a merge conflict": re.compile(r"^(?:<{7}|>{7}|={7})(?: |$)", re.MULTILINE),
}
UNREAD = {".png", ".jpg", ".webp", ".ico", ".woff2", ".gz", ".mo", ".pdf"}
# Other tools' locks carry addresses; ours are compiled requirements.
FOREIGN = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml"}
LOCKS = {"requirements.txt": (), "requirements-dev.txt": ("dev",)}


def faults_in(text: str) -> list[str]:
    """The kinds of forbidden things in a text."""
    return [kind for kind, pattern in FORBIDDEN.items() if pattern.search(text)]


def readable() -> dict[str, str]:
    return {
        name_of(path): path.read_text(encoding="utf-8")
        for path in tracked()
        if path.suffix not in UNREAD
    }


def test_no_file_holds_what_does_not_belong_here() -> None:
    texts = readable()
    assert len(texts) > 200
    found = {name: faults_in(text) for name, text in texts.items()}
    assert not {name: kinds for name, kinds in found.items() if kinds}


def test_no_foreign_lock_and_nothing_built_is_kept() -> None:
    names = {path.name for path in tracked()}
    assert not names & FOREIGN
    parts = {part for path in tracked() for part in path.relative_to(ROOT).parts}
    assert not parts & {"node_modules", "__pycache__", ".venv", "var", "build"}
    assert not {name for name in names if name.endswith((".mo", ".sqlite3", ".pyc"))}


def pins(lock: str) -> dict[str, str]:
    """Package → version of a compiled requirements file."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", lock, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def lock_faults(lock: str, wanted: list[str]) -> list[str]:
    """What is wrong with a lock for these requirements."""
    faults = []
    if re.search(r"https?:|--(?:extra-)?index|--find-links|\bgit\+", lock):
        faults.append("carries an address")
    pinned = pins(lock)
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
    faults += [f"{one.split()[0]} without a hash" for one in blocks if "--hash=sha256:" not in one]
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        plain = re.sub(r"[-_.]+", "-", name[0]).lower() if name else requirement
        asked = re.search(r"(~=|>=)\s*([\d.]+)", requirement)
        version = pinned.get(plain)
        if version is None:
            faults.append(f"{plain} is not pinned")
        elif asked and not fits(version, asked[1], asked[2]):
            faults.append(f"{plain} {version} is not {asked[1]}{asked[2]}")
    return faults


def fits(version: str, how: str, asked: str) -> bool:
    """Whether a version is ``>=`` or ``~=`` what was asked for."""
    has, wants = ([int(part) for part in re.findall(r"\d+", text)] for text in (version, asked))
    return has >= wants and (how == ">=" or has[: len(wants) - 1] == wants[:-1])


def requirements(extras: tuple[str, ...]) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return wanted


@pytest.mark.parametrize("name", LOCKS)
def test_locks_are_fresh_hashed_and_without_addresses(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert lock_faults(lock, requirements(LOCKS[name])) == []


def test_both_locks_agree() -> None:
    run, develop = (pins((ROOT / name).read_text(encoding="utf-8")) for name in LOCKS)
    assert not {name for name, version in run.items() if develop.get(name) != version}


def test_the_lock_of_the_front_end_carries_no_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "http" not in re.sub(r'"(?:funding|url)":.*', "", lock)
    asked = (ROOT / ".npmrc").read_text(encoding="utf-8").split()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(asked)


def test_every_direct_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for requirement in requirements(("dev",)):
        line = next(line for line in text.splitlines() if f'"{requirement}"' in line)
        assert re.search(r"#\s+\S+ \S+", line), requirement


def imports_hold(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of a tree."""
    tool = Path(sys.executable).parent / "lint-imports"
    environment: Mapping[str, str] = {
        "PYTHONPATH": str(root / "src"),
        "PATH": "",
        "LANG": "C.UTF-8",
    }
    return subprocess.run(
        [str(tool), "--no-cache"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_layers_hold() -> None:
    done = imports_hold(ROOT)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("kernel/text.py", "import minben.people.queries"),
        ("casework/rules/__init__.py", "import django.conf"),
        ("casework/queries/__init__.py", "import minben.proposals.rules"),
        ("proposals/rules.py", "import minben.proposals.models"),
    ],
)
def test_a_planted_import_breaks_a_layer(file: str, line: str, tmp_path: Path) -> None:
    hidden = shutil.ignore_patterns("__pycache__", "locale", "static", "templates", "data")
    shutil.copytree(SRC, tmp_path / "src" / "minben", ignore=hidden)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "src" / "minben" / file
    planted.write_text(f"{planted.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = imports_hold(tmp_path)
    assert done.returncode != 0
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("see https://py" + "pi.org/project/x", "a registry's host"),
        ("registry.npm" + "js.org", "a registry's host"),
        ("open('/tm" + "p/x')", "a path of one machine"),
        ("cd /wo" + "rk/main", "a path of one machine"),
        ("# TO" + "DO later", "unfinished work"),
        ("raise NotImplemented" + "Error", "unfinished work"),
        ("a\n" + "<" * 7 + " HEAD\n", "a merge conflict"),
    ],
)
def test_planted_things_are_found(planted: str, kind: str) -> None:
    assert faults_in(planted) == [kind]


@pytest.mark.parametrize("innocent", ["/desk/work/2", "a/tmp/b", "roots/", "docs/home/x"])
def test_innocent_words_are_left_alone(innocent: str) -> None:
    assert faults_in(innocent) == []


def test_planted_locks_are_found() -> None:
    lock = "--index-url https://x/\ndjango==5.1.0 \\\n    --hash=sha256:aa\nnh3==0.3.1\n"
    assert lock_faults(lock, ["Django~=5.2.19", "nh3~=0.3", "click~=8.3"]) == [
        "carries an address",
        "--index-url without a hash",
        "nh3==0.3.1 without a hash",
        "django 5.1.0 is not ~=5.2.19",
        "click is not pinned",
    ]
