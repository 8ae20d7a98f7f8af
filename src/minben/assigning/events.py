from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

# For auditors: what somebody who decides was shown. No act with public effect.
register(EventKind("assigning.suggested", _("Agencies were suggested from past cases")))
