"""Better words for sentences that come from the framework.

Nothing here is called: the marks keep the sentences in this module's catalogue, where our
wording wins over the framework's because an application's catalogue is read later.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

gettext_noop("This field is required.")
gettext_noop("Enter a valid email address.")
gettext_noop("Enter a valid URL.")
gettext_noop("Enter a valid date.")
gettext_noop("Enter a whole number.")
gettext_noop("No file was submitted. Check the encoding type on the form.")
gettext_noop("The submitted file is empty.")
gettext_noop("Select a valid choice. That choice is not one of the available choices.")
gettext_noop("Select a valid choice. %(value)s is not one of the available choices.")
ngettext_lazy(
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    "limit_value",
)
ngettext_lazy(
    "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    "limit_value",
)
