"""Importing an agenda, and saying which council item an agenda item is."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trajecten.domain.agenda import fetching, reading
from trajecten.domain.agenda.reading import Agenda, AgendaRefused
from trajecten.models import CouncilItem


class ImportForm(forms.Form):
    """A file with an agenda, or the address of one. ``agenda`` is what was read; a mistake in it is told here."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("JSON of the council information system, at most 5 MB.")
    )
    address = forms.CharField(
        label=_("Or its address"),
        required=False,
        max_length=1000,
        help_text=_("For example: https://api.notubiz.nl/events/meetings/1147925?format=json&version=1.17.0"),
    )
    agenda: Agenda

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, address = given.get("file"), given.get("address", "").strip()
        if self.errors:
            return given
        if bool(file) == bool(address):
            self.add_error("file", gettext("Choose a file, or fill in an address: one of the two."))
            return given
        try:
            self.agenda = self._read(file) if file else fetching.fetch(address)
        except AgendaRefused as refused:
            for reason in refused.refusals[:20]:
                self.add_error("file" if file else "address", reason)
        return given

    @staticmethod
    def _read(file: Any) -> Agenda:
        if file.size > fetching.MAX_BYTES:
            message = gettext("This is larger than %(n)s MB. Take a shorter period.")
            raise AgendaRefused([message % {"n": fetching.MAX_BYTES // 1_000_000}])
        return reading.read(file.read())


class MatchForm(forms.Form):
    """Whether it is the council item that was proposed."""

    item = forms.ModelChoiceField(queryset=CouncilItem.objects.none(), widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("accept", _("Yes")), ("refuse", _("No"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = CouncilItem.objects.all()
