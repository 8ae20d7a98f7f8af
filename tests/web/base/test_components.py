"""Components render what a reader and a screen reader need."""

from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from minben.base.templatetags.minben import other_language_url


class Sample(forms.Form):
    subject = forms.CharField(label="Subject", max_length=5, help_text="One sentence.")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    consent = forms.BooleanField(label="I agree.")


def html(source: str, **context: Any) -> str:
    with override("en"):
        return engines["django"].from_string("{% load minben %}" + source).render(context)


def test_a_field_names_its_hint_counter_and_error() -> None:
    form = Sample({"subject": "far too long"})
    out = html('{% include "c/field.html" with field=form.subject limit=5 only %}', form=form)
    assert 'aria-describedby="id_subject_hint id_subject_count id_subject_error"' in out
    assert 'aria-invalid="true"' in out
    for part in ("hint", "count", "error"):
        assert f'id="id_subject_{part}"' in out


def test_the_browser_never_cuts_what_is_pasted() -> None:
    out = html('{% include "c/field.html" with field=form.subject only %}', form=Sample())
    assert "maxlength" not in out
    assert 'value="far too long"' in html(
        '{% include "c/field.html" with field=form.subject only %}',
        form=Sample({"subject": "far too long"}),
    )


def test_a_group_of_choices_is_described_once() -> None:
    out = html('{% include "c/field.html" with field=form.kind only %}', form=Sample({}))
    assert out.count("<fieldset") == 1
    assert 'aria-describedby="id_kind_error"' in out
    assert out.count('class="ds-input"') == 2


def test_the_error_summary_links_to_every_field() -> None:
    out = html('{% include "c/form_errors.html" with form=form only %}', form=Sample({}))
    for target in ("#id_subject", "#id_kind", "#id_consent"):
        assert f'href="{target}"' in out
    assert "I agree: " in out
    assert (
        html('{% include "c/form_errors.html" with form=form only %}', form=Sample()).strip() == ""
    )


def test_text_from_people_is_escaped_in_alerts_and_cards() -> None:
    nasty = "<script>alert(1)</script>"
    for source in (
        '{% include "c/alert.html" with body=nasty only %}',
        '{% include "c/proposal_card.html" with subject=nasty url="/" stage="draft" only %}',
        "{% alert title=nasty %}{{ nasty }}{% endalert %}",
        "{% timeline_item title=nasty %}{{ nasty }}{% endtimeline_item %}",
        '{% include "c/seal.html" with chars=nasty label=nasty only %}',
    ):
        out = html(source, nasty=nasty)
        assert "<script" not in out
        assert "&lt;" in out


@pytest.mark.parametrize(("count", "shown"), [(4999, "99 %"), (5000, "100 %"), (6204, "124 %")])
def test_progress_says_a_hundred_percent_only_when_reached(count: int, shown: str) -> None:
    out = html('{% include "c/progress.html" with count=count goal=5000 only %}', count=count)
    assert shown in out


def test_progress_beyond_the_goal_keeps_a_mark() -> None:
    source = '{% include "c/progress.html" with count=10000 goal=5000 reached=True only %}'
    assert 'class="progress-mark" x="500"' in html(source)


@pytest.mark.parametrize(
    ("language", "path", "other"),
    [
        ("zh-hant", "/proposals/?q=a", "/en/proposals/?q=a"),
        ("en", "/en/proposals/?q=a", "/proposals/?q=a"),
        ("zh-hant", "/", "/en/"),
        ("en", "/en/", "/"),
        ("zh-hant", "/english-only/", "/en/english-only/"),
    ],
)
def test_the_other_language_is_the_same_page(language: str, path: str, other: str) -> None:
    with override(language):
        assert other_language_url({"request": RequestFactory().get(path)}) == other


@pytest.mark.parametrize("code", [400, 403, 404, 429, 500, 503])
def test_error_pages_need_neither_request_nor_database(code: int) -> None:
    with override("en"):
        out = engines["django"].get_template(f"{code}.html").render({})
    assert "<h1>" in out
    assert f"Status {code}" in out
