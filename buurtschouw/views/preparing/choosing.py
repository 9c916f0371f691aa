"""What is scored during a walk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing import statements
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.forms.preparing.statements import StatementsForm
from buurtschouw.views.preparing.page import OfWalk
from trajecten.forms.refusing import refuse


class ChoosePage(OfWalk):
    """Choosing statements from the sets, for the themes of the walk."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        chosen = list(self.schouw.statements.values_list("pk", flat=True))
        return self._page(self._form(initial={"statements": chosen}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            try:
                statements.choose(schouw=self.schouw, by=request.user, **form.cleaned_data)
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("What is scored has been kept."), "themes")
        return self._page(form, status=422)

    def _form(self, *data: Any, **initial: Any) -> StatementsForm:
        return StatementsForm(*data, offered=statements.on_offer(self.schouw), **initial)

    def _page(self, form: StatementsForm, status: int = 200) -> HttpResponse:
        context = {
            "schouw": self.schouw,
            "form": form,
            "may_prepare": self.may_prepare(),
            "may_make": self.request.user.has_perm(
                "buurtschouw.change_statementset", self.request.municipality
            ),
        }
        return render(self.request, "buurtschouw/staff/choose_statements.html", context, status=status)
