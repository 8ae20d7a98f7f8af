"""Forms of meetings: what may be typed. What is lawful is decided by the actions."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.kernel.periods import TAIPEI
from minben.meetings import labels
from minben.meetings.actions import RoundTerms, Settings
from minben.meetings.models import Meeting
from minben.meetings.rules import CAPACITY_MAX, Aim, MeetingKind
from minben.meetings.rules.places import NAMED_KINDS
from minben.meetings.rules.topics import VOTES_EACH, VOTES_MAX, WINNERS_MAX

Choices = Sequence[tuple[str, str | Promise]]
LONG: Final = 8000  # beyond it nobody typed; what is lawful is far less
LINE: Final = 400
EARLIEST, LATEST = date(2015, 1, 1), date(2100, 1, 1)


def _lines(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Several lines; browsers send CRLF, which would count twice. Any: lazy texts."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONG,
        required=required,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _line(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=LINE, required=required)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"})
    )


def _hour(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )


def instant(day: date | None, hour: time | None) -> datetime | None:
    """Day and hour in Taiwan as an instant; None if one of them is missing."""
    if day is None or hour is None:
        return None
    return datetime.combine(day, hour, tzinfo=TAIPEI)


class PlainForm(forms.Form):
    """A form whose texts have one kind of line end and whose days lie in this century."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(value, str):
                data[name] = value.replace("\r\n", "\n")
            elif isinstance(value, date) and not EARLIEST <= value <= LATEST:
                self.add_error(name, _("Check the year."))
        return data


class SettingsForm(PlainForm):
    """What is decided about a meeting (籌備)."""

    title = _line(_("Title"))
    purpose = _lines(
        _("What it is about"), _("So that somebody who knows nothing of it understands it.")
    )
    aim = forms.ChoiceField(
        label=_("What it is for"), choices=list(labels.AIMS.items()), widget=forms.RadioSelect
    )
    day = _day(pgettext_lazy("meeting", "Day"), required=False)
    starts_at = _hour(pgettext_lazy("meeting", "From"), required=False)
    ends_at = _hour(pgettext_lazy("meeting", "To"), required=False)
    place = _line(pgettext_lazy("meeting", "Place"), required=False)
    live_url = _line(
        _("Live stream"), _("https://…, if everybody who takes part agrees."), required=False
    )
    capacity = forms.IntegerField(label=_("Places in all"), initial=CAPACITY_MAX)
    public_places = forms.IntegerField(
        label=_("Of these for the public"), initial=0, help_text=_("0 if nobody may register.")
    )

    @property
    def settings(self) -> Settings:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Settings(
            title=data["title"],
            purpose=data["purpose"],
            aim=Aim(data["aim"]),
            starts_at=instant(data["day"], data["starts_at"]),
            ends_at=instant(data["day"], data["ends_at"]),
            place=data["place"],
            live_url=data["live_url"],
            capacity=data["capacity"],
            public_places=data["public_places"],
        )

    @staticmethod
    def told(meeting: Meeting) -> dict[str, Any]:
        """The fields of a meeting that exists."""
        starts = meeting.starts_at.astimezone(TAIPEI) if meeting.starts_at else None
        ends = meeting.ends_at.astimezone(TAIPEI) if meeting.ends_at else None
        same = ("title", "purpose", "aim", "place", "live_url", "capacity", "public_places")
        return {name: getattr(meeting, name) for name in same} | {
            "day": starts.date() if starts else None,
            "starts_at": starts.time() if starts else None,
            "ends_at": ends.time() if ends else None,
        }


class NewMeetingForm(SettingsForm):
    """The same with case, kind and host."""

    case = forms.CharField(label=_("Number of the case"), max_length=24)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=list(labels.KINDS.items()), widget=forms.RadioSelect
    )
    agency = forms.TypedChoiceField(label=_("Held by"), coerce=int)
    field_order = ("case", "kind", "agency")

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]

    @property
    def meeting_kind(self) -> MeetingKind:
        """The chosen kind."""
        return MeetingKind(self.cleaned_data["kind"])


class ReasonForm(PlainForm):
    """Why a meeting is called off (取消理由)."""

    reason = _lines(_("Reason"), _("It is public, and sent to everybody who has a place."))


class RegisterForm(PlainForm):
    """Registering for oneself (報名)."""

    kind = forms.ChoiceField(label=_("You come as"), widget=forms.RadioSelect)
    name = _line(_("Name on your tag"), _("For the table only. It is not published."))

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, labels.PARTICIPANTS[kind]) for kind in kinds]  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]


class SuggestForm(PlainForm):
    """The proposer suggests a stakeholder (建議邀請)."""

    name = _line(_("Whom the agency should hear"), _("A name or an office. It is not published."))
    organisation = _line(_("Organisation"), required=False)


class NameForm(PlainForm):
    """Naming somebody for an agency (推薦與會者)."""

    kind = forms.ChoiceField(
        label=_("As what"),
        choices=[(kind.value, labels.PARTICIPANTS[kind]) for kind in NAMED_KINDS],
        widget=forms.RadioSelect,
    )
    agency = forms.TypedChoiceField(label=_("Named by"), coerce=int)
    name = _line(pgettext_lazy("participant", "Name"))
    organisation = _line(_("Organisation or unit"), required=False)

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]


class NotComingForm(PlainForm):
    """Why somebody is not invited or does not come (未邀請或婉拒)."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=list(labels.WHY_NOT.items()),
        widget=forms.RadioSelect,
        help_text=_("How often each reason was given is public; who gave it is not."),
    )
    note = _lines(_("Note for the agency"), required=False)


class TableForm(PlainForm):
    """A table, and whether one hosts it (桌次、桌長)."""

    table = forms.IntegerField(label=_("Table"), min_value=1, max_value=99)
    host = forms.BooleanField(label=_("Host of this table"), required=False)


class TaskForm(PlainForm):
    """Something to be done before the meeting (籌備事項)."""

    text = _line(_("What is to be done"))
    who = _line(_("Who does it"), _("An office or unit."), required=False)
    days = forms.IntegerField(label=_("Days before the meeting"), initial=7)


class AgendaForm(PlainForm):
    """A piece of the agenda (議程)."""

    starts = _hour(pgettext_lazy("meeting", "From"))
    ends = _hour(pgettext_lazy("meeting", "To"))
    title = _line(pgettext_lazy("agenda", "What happens"))
    who = _line(_("Who leads it"), _("An office or unit; names are not published."), required=False)


class ReportForm(PlainForm):
    """The result report (結果報告)."""

    agreed = _lines(_("What was agreed"), required=False)
    open_points = _lines(_("What stays open"), required=False)
    correction = _lines(_("Why the published report is corrected"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, correcting: bool, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        if not correcting:
            del self.fields["correction"]


class ActionForm(PlainForm):
    """An action that was agreed (列管事項)."""

    text = _line(_("What will be done"))
    agency = forms.TypedChoiceField(label=_("Which agency does it"), coerce=int)
    due = _day(_("By the end of"))

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]


class ActionReportForm(PlainForm):
    """How an action goes (辦理情形)."""

    state = forms.ChoiceField(label=_("State"), widget=forms.RadioSelect)
    text = _lines(_("What was done, or why it is dropped"), _("It becomes public at once."))

    def __init__(self, *args: Any, states: Sequence[str], **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(one, labels.ACTIONS[one]) for one in states]  # type: ignore[attr-defined]
        self.fields["state"].initial = "doing"


class RoundForm(PlainForm):
    """How a round of topics goes (議題票選)."""

    government = forms.TypedChoiceField(label=_("Government"), coerce=int)
    title = _line(_("Title"))
    votes_from = _day(_("Votes begin on (nominations end the day before)"))
    closes_at = _day(_("Votes end with the day before"))
    votes_each = forms.IntegerField(
        label=_("Votes of each agency"), initial=VOTES_EACH, min_value=1, max_value=VOTES_MAX
    )
    winners = forms.IntegerField(
        label=_("Topics that win"), initial=1, min_value=1, max_value=WINNERS_MAX
    )
    secret = forms.BooleanField(
        label=_("Secret: nobody learns which agency voted for what"), required=False
    )

    def __init__(self, *args: Any, governments: Choices, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.fields["government"].choices = governments  # type: ignore[attr-defined]

    @property
    def terms(self) -> RoundTerms:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        begins = datetime.combine(data["votes_from"], time.min, tzinfo=TAIPEI)
        ends = datetime.combine(data["closes_at"], time.min, tzinfo=TAIPEI)
        return RoundTerms(
            data["title"], begins, ends, data["votes_each"], data["winners"], data["secret"]
        )


class NominateForm(PlainForm):
    """Nominating a case (提名)."""

    agency = forms.TypedChoiceField(label=_("Nominated by"), coerce=int)
    case = forms.CharField(label=_("Number of the case"), max_length=24)
    criteria = forms.MultipleChoiceField(
        label=_("What speaks for it"),
        choices=list(labels.CRITERIA.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = _lines(_("Reason"), _("It is public."))

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:  # Any: Django's
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]


class BallotForm(PlainForm):
    """An agency's ballot (投票)."""

    agency = forms.TypedChoiceField(label=_("Voting for"), coerce=int)
    topics = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("meeting topics", "Topics"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, agencies: Choices, topics: Choices, **kwargs: Any) -> None:
        """Any: Django's form signature."""
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
