"""The form that forces an assignment (強制分辦)."""

from typing import Any

from minben.assigning.forms import ReasonForm
from minben.desk.forms import AgenciesForm


class ForceForm(AgenciesForm, ReasonForm):
    """The responsible agencies, lead first, and why none may dispute it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def agency_ids(self) -> list[int]:
        """What was chosen, lead first."""
        names = [name for name in self.fields if name.startswith("agency_")]
        return [int(self.cleaned_data[name]) for name in names if self.cleaned_data[name]]
