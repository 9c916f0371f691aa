"""What a handler asks of the queue, from the address of the page."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buurtschouw.domain.queries.queue import ORDERS, QueueFilter
from buurtschouw.enums import ReportStatus
from buurtschouw.forms.filtering import ReportFilterForm
from buurtschouw.forms.kinds import KIND_NAMES
from trajecten.forms.areas import AreaField
from trajecten.models import Area

GROUPS = [
    ("", pgettext_lazy("group of reports", "All open")),
    ("returned", _("Back from the reporter")),
    ("bounced", _("Back from another system")),
    ("closed", _("Closed")),
    ("judged", _("With a verdict, last 90 days")),
    ("all", _("Open and closed")),
]
TERMS = [
    ("", pgettext_lazy("term", "All")),
    ("overdue", _("Over the term")),
    ("today", _("Today")),
    ("week", _("The next seven days")),
]
ORDER_NAMES = {
    "urgent": _("Most urgent first"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "supports": _("Most support first"),
}


class QueueFilterForm(ReportFilterForm):
    """The filter of the queue. What is not valid asks nothing; ``ignored`` tells which parts those were.

    ``address`` is what the address of the page says; the field of the order shows the order that the list has.
    """

    arranging = ("order", "view")

    words = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"placeholder": _("Word or report number")}),
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*GROUPS, (_("One status"), ReportStatus.choices)]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KIND_NAMES)
    term = forms.ChoiceField(label=_("Term"), required=False, choices=TERMS)
    area = AreaField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("All neighbourhoods"),
    )
    order = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDER_NAMES.items()))
    mine = forms.BooleanField(label=_("Only what is assigned to me"), required=False)
    tasks = forms.BooleanField(label=_("Only with a task for me or my team"), required=False)
    view = forms.ChoiceField(
        required=False, choices=[("", _("List")), ("map", _("Map and list"))], widget=forms.HiddenInput
    )

    field_order = ["words", "status", "kind", "term"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = self.data

    @property
    def ignored(self) -> list[str]:
        """Names of the parts whose value does not exist (any more), as the page shows them."""
        return [str(self.fields[name].label) for name in self.errors if name in self.fields]

    def asked(self) -> QueueFilter:
        """The valid part of the filter."""
        self.is_valid()
        given = self.cleaned_data
        asked = QueueFilter(
            status=given.get("status", ""),
            kind=given.get("kind", ""),
            category=given.get("category"),
            area=given.get("area"),
            schouw=given.get("schouw"),
            term=given.get("term", ""),
            mine=given.get("mine", False),
            tasks=given.get("tasks", False),
            words=given.get("words", ""),
            order=given.get("order") if given.get("order") in ORDERS else "urgent",
        )
        self.data = {**self.address.dict(), "order": asked.sorted_by}
        return asked

    def query(self, **changes: str) -> str:
        """The valid part of the filter for an address, with ``changes``; an empty one leaves a part out."""
        kept = {
            name: self.address[name]
            for name in self.fields
            if self.address.get(name) and name not in self.errors
        }
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked beyond an order and a view."""
        return any(
            self.address.get(name) and name not in self.errors
            for name in self.fields
            if name not in self.arranging
        )
