from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

register({"not_doubtful": RefusalMessage(_("This message is not in doubt."))})
