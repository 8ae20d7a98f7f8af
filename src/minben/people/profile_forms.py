"""Forms of one's public name, place and declaration, and of the counter (個人資料表單)."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from minben.base.refusals import sentence
from minben.kernel.refusal import Refusal
from minben.people.models import User
from minben.people.queries import County, counties
from minben.people.rules import COUNTER_MAX, Document, Residency, nickname_fault

_SEPARATOR = "/"
_DOCUMENTS = {
    Document.NATIONAL_ID.value: _("National identity card"),
    Document.HEALTH_CARD.value: _("National health insurance card"),
    Document.PASSPORT.value: _("Passport"),
    Document.RESIDENCE_PERMIT.value: _("Residence permit"),
}
Choices = list[tuple[str, Any]]  # Any: a label, or a group of choices


def _sentence(code: str) -> str:
    return sentence(Refusal(code))


def _named(zh: str, en: str) -> str:
    return f"{en} {zh}" if get_language() == "en" and en else zh


def county_choices() -> Choices:
    """All counties, after an empty choice."""
    names = [(place.name_zh, _named(place.name_zh, place.name_en)) for place in counties()]
    return [("", _("Choose…")), *names]


def _townships(place: County) -> Choices:
    return [
        (f"{place.name_zh}{_SEPARATOR}{zh}", _named(zh, en))
        for zh, en in zip(place.townships, place.townships_en, strict=True)
    ]


def township_choices(county: str) -> Choices:
    """The townships of a county; without one all of them, under their counties' names."""
    places = {place.name_zh: place for place in counties()}
    if county in places:
        return [("", _("Choose…")), *_townships(places[county])]
    groups = [(_named(p.name_zh, p.name_en), _townships(p)) for p in places.values()]
    return [("", _("Choose…")), *groups]


class RefusingForm(forms.Form):
    """A form that shows an act's refusal beside the field it belongs to."""

    def refuse(self, refusal: Refusal) -> None:
        """Add the refusal's sentence to its field, or above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, sentence(refusal))


class ProfileForm(RefusingForm):
    """Public name, place, and nationality or residence permit."""

    nickname = forms.CharField(
        label=_("Nickname"),
        help_text=_("At most 20 characters. Everyone sees it beside what you propose and endorse."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    county = forms.CharField(label=_("County or city you live in"), widget=forms.Select)
    township = forms.CharField(label=_("Township or district"), widget=forms.Select)
    residency = forms.ChoiceField(
        label=_("I declare that"),
        help_text=_("The rules let nationals and holders of a residence permit take part."),
        widget=forms.RadioSelect,
        choices=[
            (Residency.NATIONAL.value, _("I have the nationality of the Republic of China")),
            (Residency.RESIDENT_PERMIT.value, _("I hold a residence permit of Taiwan")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        for name, code in (
            ("nickname", "nickname_empty"),
            ("county", "county_unknown"),
            ("township", "township_unknown"),
            ("residency", "residency_missing"),
        ):
            wrong = {"required": _sentence(code), "invalid_choice": _sentence(code)}
            self.fields[name].error_messages |= wrong
        county = str(self["county"].value() or "")
        # Where the browser can fetch parts, choosing a county leaves only its townships.
        self.fields["county"].widget.attrs |= {
            "data-hx-get": reverse("people:townships"),
            "data-hx-target": "#id_township",
            "data-hx-trigger": "change",
        }
        for name, choices in (
            ("county", county_choices()),
            ("township", township_choices(county)),
        ):
            widget = self.fields[name].widget
            assert isinstance(widget, forms.Select)  # noqa: S101  declared above
            widget.choices = choices

    def clean_nickname(self) -> str:
        """The rule of public names, asked before the act so that all errors show at once."""
        nickname: str = self.cleaned_data["nickname"]
        if code := nickname_fault(nickname):
            raise forms.ValidationError(_sentence(code), code=code)
        return nickname

    def clean_township(self) -> str:
        """The township, which must be of the county chosen above it."""
        given: str = self.cleaned_data["township"]
        county, _slash, township = given.partition(_SEPARATOR)
        places = {place.name_zh: place.townships for place in counties()}
        chosen = self.cleaned_data.get("county", county)
        if chosen in places and (county != chosen or township not in places[chosen]):
            raise forms.ValidationError(_sentence("township_unknown"), code="township_unknown")
        return township


def profile_of(user: User) -> dict[str, str]:
    """What the form shows at first."""
    township = f"{user.county}{_SEPARATOR}{user.township}" if user.township else ""
    return {
        "nickname": user.nickname,
        "county": user.county,
        "township": township,
        "residency": user.residency,
    }


class LanguageForm(RefusingForm):
    """The language of mail and SMS."""

    language = forms.ChoiceField(
        label=_("Language of mail and SMS"),
        widget=forms.RadioSelect,
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _("Choose a language from the list.")},
    )


class CounterForm(RefusingForm):
    """Whom a clerk confirms, by what, and where."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("The person opens the account before, at home or here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    document = forms.ChoiceField(
        label=_("Document shown"),
        help_text=_("Only the kind is kept. Note no number and make no copy."),
        widget=forms.RadioSelect,
        choices=list(_DOCUMENTS.items()),
        error_messages={"invalid_choice": _("Choose the kind of document from the list.")},
    )
    counter = forms.CharField(
        label=_("Counter"),
        help_text=_("Office and counter, for example: Zhongzheng District Office, counter 3"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_counter(self) -> str:
        """The act's own limit, told before the account is looked at."""
        counter: str = self.cleaned_data["counter"]
        if len(counter) > COUNTER_MAX:
            raise forms.ValidationError(_sentence("counter_too_long"), code="counter_too_long")
        return counter

    @property
    def document_label(self) -> str:
        """The chosen kind of document in words."""
        return str(_DOCUMENTS[self.cleaned_data["document"]])
