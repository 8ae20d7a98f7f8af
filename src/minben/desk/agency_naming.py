"""The form that forces an assignment (強制分辦)."""

from minben.assigning.forms import ReasonForm
from minben.desk.forms import AgenciesForm


class ForceForm(AgenciesForm, ReasonForm):
    """The responsible agencies, lead first, and why none may dispute it."""

    @property
    def agency_ids(self) -> list[int]:
        """What was chosen, lead first."""
        names = [name for name in self.fields if name.startswith("agency_")]
        return [int(self.cleaned_data[name]) for name in names if self.cleaned_data[name]]
