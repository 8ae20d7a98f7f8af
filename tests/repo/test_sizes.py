"""Files, functions, views and templates stay small enough to be read at once."""

from collections.abc import Iterable
from pathlib import Path

from tests.repo.tree import ROOT, SRC, functions, name_of, python

FILE_MAX, FUNCTION_MAX, VIEW_MAX, TEMPLATE_MAX = 500, 60, 40, 200


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths: Iterable[Path], most: int) -> dict[str, int]:
    """Files with more than `most` lines."""
    return {name_of(path): lines_of(path) for path in paths if lines_of(path) > most}


def lengths(paths: Iterable[Path]) -> dict[str, int]:
    """The length of every function, decorators not counted, docstring included."""
    return {
        f"{name_of(path)}:{one.lineno} {one.name}": (one.end_lineno or 0) - one.lineno + 1
        for path in paths
        for one in functions(path)
    }


def views() -> list[Path]:
    return [path for path in python(SRC) if "views" in (path.stem, path.parent.name)]


def test_files_are_short() -> None:
    sheets = [*SRC.rglob("*.css"), *SRC.rglob("*.js")]
    assert not too_long([*python(SRC), *python(ROOT / "tests"), *sheets], FILE_MAX)


def test_functions_are_short() -> None:
    found = lengths([*python(SRC), *python(ROOT / "tests")])
    assert not {name: length for name, length in found.items() if length > FUNCTION_MAX}


def test_nine_in_ten_functions_are_very_short() -> None:
    found = sorted(lengths(python(SRC)).values())
    assert found[len(found) * 9 // 10] <= 25, "p90 of the functions in src"


def test_views_are_short() -> None:
    found = lengths(views())
    assert not {name: length for name, length in found.items() if length > VIEW_MAX}


def test_templates_are_short() -> None:
    assert not too_long(SRC.rglob("*.html"), TEMPLATE_MAX)


def test_a_planted_giant_is_found(tmp_path: Path) -> None:
    body = "\n".join("    x = 1" for _ in range(FUNCTION_MAX))
    planted = tmp_path / "planted.py"
    planted.write_text(f"def giant():\n{body}\n" + "#\n" * FILE_MAX)
    assert too_long([planted], FILE_MAX) == {"planted.py": FILE_MAX + FUNCTION_MAX + 1}
    assert lengths([planted]) == {"planted.py:1 giant": FUNCTION_MAX + 1}
