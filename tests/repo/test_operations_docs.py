"""What the host reads about running the platform is what the platform does."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from minben.config.health import CHECKS
from minben.operations.rules import Service
from tests.repo.tree import ROOT, SRC

DOCS = ROOT / "docs" / "operations"
PAGES = ("scale", "monitoring", "switches", "upgrade", "install")
# Names of figures in the code: the first argument of what makes one.
NAMED = re.compile(r"(?:_one|_many|Counter|Histogram)\(\s*\"([a-z_]+)\"")


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def figures() -> set[str]:
    sources = [SRC / "config" / "figures.py", SRC / "base" / "metrics.py"]
    found = [name for path in sources for name in NAMED.findall(path.read_text(encoding="utf-8"))]
    return {name if name.startswith("minben_") else f"minben_{name}" for name in found}


@pytest.fixture(scope="module")
def sizing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sizing", DOCS / "sizing.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_figure_is_told() -> None:
    assert len(figures()) > 14
    told = text("monitoring.md")
    assert not {name for name in figures() if name not in told}


def test_every_check_and_every_switch_is_told() -> None:
    assert not {name for name in CHECKS if f"| `{name}` |" not in text("monitoring.md")}
    assert not {one.value for one in Service if f"| `{one.value}` " not in text("switches.md")}


def test_the_table_of_sizes_is_the_calculation_s(sizing: ModuleType) -> None:
    """After `python3 docs/operations/sizing.py --write`."""
    found = re.search(r"<!-- sizing -->\n(.*)\n<!-- /sizing -->", text("scale.md"), re.DOTALL)
    assert found
    assert found[1] == sizing.table(sizing.figures_from())


def test_measured_figures_take_the_place_of_assumed_ones(
    sizing: ModuleType, tmp_path: Path
) -> None:
    assert sizing.figures_from(tmp_path) == sizing.Figures()
    endorse = {"figures": {"real": 1234.5, "plain": 90}, "machine": {"cores": 4}}
    (tmp_path / "endorse.json").write_text(json.dumps(endorse))
    found = sizing.figures_from(tmp_path)
    assert (found.real, found.cores, found.measured) == (1234.5, 4, ("real",))
    assert found.page == sizing.Figures().page


def test_the_calculation(sizing: ModuleType) -> None:
    by = sizing.Figures(peak=10, busy=0.5, cores=2, real=1000, hash_ms=100)
    day = sizing.size_of(8_640_000, by)
    assert (day.average, day.at_peak) == (100, 1000)
    assert day.cores_endorsing == 4  # 1000 a second at 2 ms of a core, half of it planned for
    assert day.cores_signing_in == 200
    twice = sizing.size_of(2 * 8_640_000, by)
    assert twice.cores_endorsing == 8
    assert twice.stored_gb == 2 * day.stored_gb


def test_links_between_the_pages_lead_somewhere() -> None:
    missing = [
        f"{path.name}: {target}"
        for path in (DOCS / f"{name}.md" for name in PAGES)
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not missing
