"""`minben switch`: for hours in which nobody can sign in."""

import pytest
from click.testing import CliRunner, Result

from minben.audit.models import Event
from minben.config.commands.switching import switch_command
from minben.kernel.refusal import Refusal
from minben.operations.models import Switch

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(switch_command, list(arguments))


def test_without_arguments_it_tells_how_all_stand() -> None:
    told = run().output.splitlines()
    assert [line.split()[0] for line in told] == ["signing", "creating", "mail", "read-only"]
    assert all("running" in line for line in told)


def test_it_stops_and_lets_go_on() -> None:
    assert "stopped  2" in run("read-only", "stop", "--reason", "資料庫搬遷").output
    assert Switch.objects.get(service="read-only").stopped
    assert Event.objects.get(kind="operations.switched").actor == "system:tick"
    assert run("read-only", "go", "--reason", "完成").exit_code == 0
    assert not Switch.objects.get(service="read-only").stopped


def test_a_stop_without_a_reason_is_refused() -> None:
    refused = run("mail", "stop").exception
    assert isinstance(refused, Refusal)
    assert refused.code == "switch_reason_missing"
    assert not Switch.objects.filter(stopped=True).exists()


@pytest.mark.parametrize("arguments", [("mail",), ("gravity", "stop"), ("mail", "pause")])
def test_wrong_usage_is_told(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
