"""`minben import indicators`: declares, imports, says what is wrong, and may be run again."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minben.config.commands.importing import import_command
from minben.indicators.models import Indicator, Intake, Observation, Source
from minben.kernel.refusal import Refusal
from tests.factories import make_agency
from tests.registry_document import DOCUMENT, document
from tests.registry_scene import NEWER, WIDE

pytestmark = pytest.mark.django_db
COPIED = "unit,period,yl.online,yl.fraud\n口湖鄉,2024,84.9,84.9\n".encode()


def run(folder: Path, source: bytes, *files: bytes, accepts: bool = False) -> Result:
    (folder / "source.json").write_bytes(source)
    for number, content in enumerate(files):
        (folder / f"{number}.csv").write_bytes(content)
    paths = [str(folder / f"{number}.csv") for number in range(len(files))]
    more = ["--accept-warnings"] if accepts else []
    arguments = ["indicators", str(folder / "source.json"), *paths, *more]
    return CliRunner().invoke(import_command, arguments)


def test_it_declares_and_imports_and_again_changes_nothing(tmp_path: Path) -> None:
    first = run(tmp_path, document(), WIDE)
    assert first.exit_code == 0, first.output
    assert "observations 4 · 新增 new 4" in first.output
    again = run(tmp_path, document(), WIDE)
    assert again.exit_code == 0
    assert "沒有新資料 · nothing new" in again.output
    newer = run(tmp_path, document(), NEWER)
    assert "新增 new 0 · 取代 changed 2 · 不變 same 2" in newer.output
    assert Intake.objects.count() == 2


def test_without_files_it_only_declares(tmp_path: Path) -> None:
    assert run(tmp_path, document()).exit_code == 0
    assert Indicator.objects.count() == 2
    assert not Intake.objects.exists()


def test_faults_are_told_and_nothing_is_imported(tmp_path: Path) -> None:
    done = run(tmp_path, document(), "unit,period,yl.online\n口糊鄉,2024,8x\n".encode())
    assert done.exit_code == 1
    assert "0.csv, line 2, column yl.online: '8x' is no number [text_in_number]" in done.stderr
    assert not Observation.objects.exists()
    done = run(tmp_path, document(source={"code": "x"}))
    assert done.exit_code == 1
    assert "source.licence: is needed [field_missing]" in done.stderr
    assert not Source.objects.filter(code="x").exists()


def test_remarks_wait_to_be_accepted(tmp_path: Path) -> None:
    done = run(tmp_path, document(), COPIED)
    assert done.exit_code == 3
    assert "[identical_value]" in done.stderr
    assert not Intake.objects.exists()
    assert run(tmp_path, document(), COPIED, accepts=True).exit_code == 0
    assert Intake.objects.get().remarks


def test_a_document_names_its_agency(tmp_path: Path) -> None:
    agency = make_agency()
    told = document(source=DOCUMENT["source"] | {"agency": "mof"})
    assert run(tmp_path, told, WIDE).exit_code == 0
    assert Source.objects.get().agency_id == agency.pk
    unknown = document(source=DOCUMENT["source"] | {"agency": "nobody"})
    done = run(tmp_path, unknown)
    assert isinstance(done.exception, Refusal)
    assert done.exception.code == "agency_code_unknown"


def test_the_layout_of_the_document_says_how_files_are_read(tmp_path: Path) -> None:
    layout = {
        "unit": "鄉鎮",
        "default_period": "2024",
        "columns": {"yl.online": "率"},
        "leave_out": ["名次"],
    }
    content = "鄉鎮,率,名次\n口湖鄉,81.2,1\n".encode()
    assert run(tmp_path, document(layout=layout), content).exit_code == 0
    assert Observation.objects.get().value == 81.2
