"""Keeping a draft as one goes, for the script of the editor: a form in, JSON out.

200 ``{revision}``; 409 ``{revision, lines}`` when something else was kept since, ``lines`` by their key what changes
there; 422 ``{errors}`` by the name of the field; 410 ``{message}`` when nothing can be kept any more; 404 ``{message}``
for a link that does not work (any more).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from budget.domain.alternatives import judging, making
from budget.domain.alternatives.refusals import AlternativeConflict, AlternativeRefused
from budget.models import Alternative
from budget.views.alternatives.own import OwnPage


class KeepView(OwnPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def gone(self) -> HttpResponse:
        if self.request.method != "POST":
            return super().gone()
        message = _(
            "This link does not work any more. Did you confirm your mail address on another device? Then open the "
            "link in that mail here."
        )
        return JsonResponse({"message": message}, status=404)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.changes_form(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=422)
        expected = form.cleaned_data["revision"]
        try:
            kept = making.keep(alternative=self.alternative, given=form.given(), expected=expected)
        except AlternativeConflict as conflict:
            return JsonResponse(_state(conflict.newest), status=409)
        except AlternativeRefused as refused:
            return JsonResponse({"message": refused.message}, status=410)
        return JsonResponse({"revision": kept.revision})


def _state(newest: Alternative) -> dict[str, Any]:
    given = judging.of(newest)
    told = {key: {"change": each.change, "reason": each.reason} for key, each in given.items()}
    return {"revision": newest.revision, "lines": told}
