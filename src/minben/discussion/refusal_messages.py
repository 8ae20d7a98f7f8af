from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "thread_closed": RefusalMessage(_("This discussion is closed.")),
        "comment_empty": RefusalMessage(_("Please write your comment."), _INPUT),
        "comment_too_long": RefusalMessage(
            _("A comment has at most %(limit)s characters."), _INPUT
        ),
        "comment_hidden_already": RefusalMessage(_("This comment is hidden already.")),
        "comment_not_hidden": RefusalMessage(_("This comment is not hidden.")),
        "comment_reason_too_short": RefusalMessage(
            _("Give a reason of at least five characters; it is public."), _INPUT
        ),
        "comment_reason_too_long": RefusalMessage(
            _("A reason has at most %(limit)s characters."), _INPUT
        ),
        "comment_ground_unknown": RefusalMessage(_("Choose a ground from the list."), _INPUT),
        "comment_own": RefusalMessage(
            _("You can't moderate a comment of your own."), HTTPStatus.FORBIDDEN
        ),
        "report_reason": RefusalMessage(
            _("Say in at most 300 characters what is wrong with it."), _INPUT
        ),
        "reported_already": RefusalMessage(_("You have reported this comment already.")),
        "file_too_large": RefusalMessage(
            _("%(name)s is larger than %(limit)s MB."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        ),
        "file_type": RefusalMessage(
            _("%(name)s is no JPEG, PNG or WebP picture and no PDF, whatever its name says."),
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ),
        "file_broken": RefusalMessage(_("%(name)s can't be read as a picture."), _INPUT),
        "picture_too_large": RefusalMessage(
            _("%(name)s has more than 64 million pixels. Please make the picture smaller."), _INPUT
        ),
        "too_many_files": RefusalMessage(_("At most %(limit)s files."), _INPUT),
    }
)
