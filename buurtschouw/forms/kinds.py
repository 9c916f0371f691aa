"""The kinds of report, as they are chosen on a form and in a filter."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buurtschouw.enums import ReportKind

KIND_TILES = [
    (ReportKind.PROBLEM, _("Something is not right")),
    (ReportKind.COMPLIMENT, _("Something is good")),
    (ReportKind.IDEA, _("I have an idea")),
]
KIND_NAMES = [
    ("", pgettext_lazy("kind of report", "All")),
    (ReportKind.PROBLEM, _("Reports")),
    (ReportKind.COMPLIMENT, _("Compliments")),
    (ReportKind.IDEA, _("Ideas")),
]
