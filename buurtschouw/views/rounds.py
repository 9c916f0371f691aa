"""The round of an official: the list, what one does with it, and on paper."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View

from buurtschouw.domain import rounds
from buurtschouw.domain.sketch import sketch
from buurtschouw.forms.rounds import AddForm, ChangeForm
from buurtschouw.models import Report, Shortlist, ShortlistItem
from trajecten.domain import paper
from trajecten.domain.photos import attachments
from trajecten.models import Attachment
from trajecten.views.access import StaffMixin


class RoundMixin(StaffMixin):
    """One's own round, or that of a colleague who shares it with a team of both."""

    permission = "buurtschouw.answer_report"
    request: HttpRequest

    def shortlist(self) -> Shortlist:
        """Raises Http404 for one that is not shared with this official."""
        number = self.kwargs.get("pk")
        own = rounds.of(municipality=self.request.municipality, official=self.request.user)
        if number in (None, own.pk):
            return own
        found = rounds.shared_with(self.request.user).filter(pk=number).first()
        if found is None:
            raise Http404
        return found


class RoundView(RoundMixin, View):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shortlist = self.shortlist()
        found = list(rounds.items(shortlist))
        context = {
            "shortlist": shortlist,
            "items": found,
            "is_own": shortlist.owner_id == request.user.pk,
            "has_route": bool(found) and rounds.along_route(found) is not None,
            "shared": rounds.shared_with(request.user),
            "sketch": sketch([item.report.point for item in found]),
        }
        return render(request, "buurtschouw/staff/round.html", context)


class RoundAddView(RoundMixin, View):
    """Put reports in one's own round. A GET shows it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("buurtschouw:round", gemeente=request.municipality.slug)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AddForm(request.POST)
        if form.is_valid():
            chosen = form.reports()
            try:
                added = rounds.add(shortlist=self.shortlist(), reports=chosen)
            except rounds.RoundRefused as refused:
                messages.warning(request, refused.message)
            else:
                self._tell(len(chosen), added)
        return redirect("buurtschouw:round", gemeente=request.municipality.slug)

    def _tell(self, chosen: int, added: int) -> None:
        if chosen and not added:
            messages.info(self.request, _("What you chose was in your round already."))
            return
        text = ngettext(
            "%(n)d report was added to your round.", "%(n)d reports were added to your round.", added
        )
        messages.success(self.request, text % {"n": added})


class RoundChangeView(RoundMixin, View):
    """One change of one's own round. A GET shows it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ChangeForm(request.POST)
        if form.is_valid():
            self._change(self.shortlist(), form.cleaned_data["act"], form.cleaned_data["report"])
        else:
            messages.warning(request, _("This can't be done with your round."))
        return self._back()

    def _change(self, shortlist: Shortlist, act: str, report: Report | None) -> None:
        if report is not None and act in {"up", "down"}:
            rounds.move(shortlist=shortlist, report=report, by=-1 if act == "up" else 1)
        elif report is not None and act == "off":
            rounds.remove(shortlist=shortlist, report=report)
        elif act == "order":
            rounds.order(shortlist=shortlist, start=report)
            messages.success(self.request, _("The round stands in walking order now."))
        elif act == "empty":
            rounds.empty(shortlist=shortlist)
        elif act in {"share", "hide"}:
            rounds.share(shortlist=shortlist, is_shared=act == "share")

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(
            reverse("buurtschouw:round", kwargs={"gemeente": self.request.municipality.slug})
        )


class RoundPdfView(RoundMixin, View):
    """The round to print: A4, with photos, a sketch of the places, room to write, and a code that opens each report."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shortlist = self.shortlist()
        found = list(rounds.items(shortlist))
        photos = _photos(found)
        context = {
            "municipality": request.municipality,
            "shortlist": shortlist,
            "rows": [self._row(item, photos.get(item.report_id)) for item in found],
            "sketch": sketch([item.report.point for item in found]),
            "language": get_language() or settings.LANGUAGE_CODE,
            "numbers": paper.page_numbers(),
            "font_face": paper.FONT_FACE,
        }
        made = paper.pdf(
            html=render_to_string("buurtschouw/staff/round_paper.html", context),
            css=render_to_string("buurtschouw/staff/round_paper.css", context),
            pictures={f"photo:{photo.pk}": _read(photo) for photo in photos.values()},
        )
        name = _("round")
        headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
        return HttpResponse(made, content_type="application/pdf", headers=headers)

    def _row(self, item: ShortlistItem, photo: Attachment | None) -> dict[str, Any]:
        kwargs = {"gemeente": self.request.municipality.slug, "number": item.report_id}
        address = f"{settings.BASE_URL}{reverse('buurtschouw:report', kwargs=kwargs)}"
        code = segno.make(address, error="m", micro=False).svg_inline(border=0, dark="#000")
        return {"report": item.report, "photo": photo and f"photo:{photo.pk}", "qr": mark_safe(code)}  # noqa: S308


def _photos(found: list[ShortlistItem]) -> dict[int, Attachment]:
    """The first photo of each report."""
    first: dict[int, Attachment] = {}
    for photo in attachments.of_each(Report, [item.report_id for item in found]):
        first.setdefault(photo.object_id, photo)
    return first


def _read(photo: Attachment) -> bytes:
    """Its thumbnail; nothing when the file has gone meanwhile."""
    try:
        with photo.thumbnail.open("rb") as file:
            content: bytes = file.read()
    except OSError:
        return b""
    return content
