"""``minben agencies``: add, list, change, end."""

import json

import pytest
from click.testing import CliRunner

from minben.config.commands.agencies import agencies_command
from minben.config.commands.people import user_command
from minben.kernel.refusal import Refusal
from minben.people.models import Agency
from minben.people.shipped import shipped_agencies
from tests.factories import make_agency, make_person

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    answer = CliRunner().invoke(agencies_command, words, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_without_a_word_the_shipped_list_is_added_as_ever() -> None:
    size = len(shipped_agencies())
    assert f"added {size}" in run()
    assert "added 0" in run("add")
    listed = json.loads(run("list", "--json"))
    assert len(listed) == size
    epa = next(row for row in listed if row["code"] == "epa")
    assert (epa["exists"], epa["successor"], epa["depth"]) == (False, "moenv", 1)
    assert {row["government"] for row in json.loads(run("list", "--json", "--government", "taipei"))} == {"taipei"}  # fmt: skip
    assert "† 2023-08-22 → moenv" in run("list")


def test_change_and_end() -> None:
    make_agency()
    make_agency("財務部", "new-mof")
    assert (
        run("change", "mof", "--name-zh", "財政署", "--alias", "財部") == "mof: aliases, name_zh\n"
    )
    assert run("change", "mof", "--name-zh", "財政署") == "mof: 未變更 unchanged\n"
    run("end", "mof", "--on", "2026-12-31", "--successor", "new-mof")
    row = Agency.objects.get(code="mof")
    assert (row.aliases, str(row.valid_until)) == (["財部", "財政部"], "2026-12-31")
    with pytest.raises(Refusal, match="agency_code_unknown"):
        run("end", "nobody", "--on", "2026-12-31")


def test_a_role_in_an_agency_nobody_knows_is_refused_with_the_rule() -> None:
    words = ["grant", make_person().email, "officer", "--agency", "nobody"]
    refused = CliRunner().invoke(user_command, words).exception
    assert isinstance(refused, Refusal)
    assert refused.code == "agency_code_unknown"
    assert refused.basis
