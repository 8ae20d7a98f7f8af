"""Every refusal is provoked once, answers as listed, and can be said in both languages."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from minben.base.refusals import codes, sentence, status_of
from minben.kernel.refusal import Refusal
from tests.db.refused import (
    PROVOKED,
    by_answering,
    by_assigning,
    by_campaigns,
    by_casework,
    by_closing,
    by_demands,
    by_desk,
    by_findings,
    by_indicators,
    by_ladder,
    by_meetings,
    by_notify,
    by_operations,
    by_people,
    by_phrases,
    by_proceedings,
    by_proposals,
)

SRC = Path(__file__).parents[2] / "src" / "minben"
TESTS = Path(__file__).parents[1]
MODULES = (
    by_answering,
    by_assigning,
    by_campaigns,
    by_casework,
    by_closing,
    by_demands,
    by_desk,
    by_findings,
    by_indicators,
    by_ladder,
    by_meetings,
    by_notify,
    by_operations,
    by_people,
    by_phrases,
    by_proceedings,
    by_proposals,
)

# Refusals of uploads, forms, senders and the sandbox are provoked where those are tested.
ELSEWHERE = frozenset(
    {
        "agencies_not_named",
        "agency_row",
        "agencies_unclear",
        "clock_beyond_calendar",
        "clock_no_deadline",
        "clock_step_unknown",
        "file_broken",
        "file_too_large",
        "file_type",
        "mail_not_sent",
        "no_part_in_case",
        "phrase_not_offered",
        "picture_too_large",
        "record_of_another",
        "sms_not_sent",
    }
)


@pytest.mark.django_db
@pytest.mark.parametrize("code", PROVOKED)
def test_each_refusal_is_provoked_and_answers_as_listed(code: str) -> None:
    listed = PROVOKED[code]
    with pytest.raises(Refusal) as caught:
        listed.act()
    refusal = caught.value
    assert refusal.code == code
    assert (int(status_of(refusal)), refusal.field) == (listed.status, listed.field)
    assert bool(refusal.basis) == listed.basis
    said = set()
    for language in ("en", "zh-hant"):
        with translation.override(language):
            text = sentence(refusal)
        assert text != code
        assert "%(" not in text
        said.add(text)
    assert len(said) == 2, "the same words in both languages"


def test_every_registered_code_is_provoked_or_named_by_another_test() -> None:
    assert codes() - set(PROVOKED) == ELSEWHERE
    others = "\n".join(
        path.read_text(encoding="utf-8")
        for path in TESTS.rglob("*.py")
        if path != Path(__file__) and path.parent.name != "refused"
    )
    unnamed = {code for code in ELSEWHERE if not re.search(rf"\b{code}\b", others)}
    assert not unnamed


def refusals_in(source: str) -> dict[str, list[ast.Call]]:
    """The calls ``Refusal("code", …)`` of a source text, by code."""
    found: dict[str, list[ast.Call]] = {}
    for node in ast.walk(ast.parse(source)):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name == "Refusal" and node.args:
            code = node.args[0]
            if isinstance(code, ast.Constant):
                found.setdefault(str(code.value), []).append(node)
    return found


def sources() -> list[Path]:
    return [path for path in SRC.rglob("*.py") if path.name != "refusal_messages.py"]


def test_every_code_raised_is_registered() -> None:
    raised = {code: path for path in sources() for code in refusals_in(path.read_text())}
    unknown = {code: str(path) for code, path in raised.items() if code not in codes()}
    assert not unknown


def test_every_registered_code_is_raised_somewhere() -> None:
    """Raised by name, or returned by a rule that an act raises."""
    words = {
        str(node.value)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not codes() - words


def test_the_search_for_refusals_finds_one() -> None:
    assert set(refusals_in('raise Refusal("planted", field="x")')) == {"planted"}
    assert not refusals_in('raise ValueError("planted")')


@pytest.mark.parametrize("module", MODULES)
def test_provocations_stay_in_their_list(module: object) -> None:
    assert module.__doc__
