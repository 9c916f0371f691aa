"""Pages of the coordinator about other systems: which there are, and what each theme becomes there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from buurtschouw.domain.forwarding import destinations
from buurtschouw.forms.forwarding import DestinationForm, ThemesForm
from buurtschouw.models import Category, Destination
from trajecten.views.access import StaffMixin

PERMISSION = "buurtschouw.change_destination"


class DestinationListView(StaffMixin, TemplateView):
    template_name = "buurtschouw/forwarding/destinations.html"
    permission = PERMISSION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        themes = Category.objects.filter(is_active=True).count()
        rows = [
            {"destination": destination, "missing": themes - destination.theme_count}
            for destination in destinations.listed()
        ]
        return {**super().get_context_data(**kwargs), "rows": rows}


class DestinationPage(StaffMixin, View):
    """One system, or a new one; its forms are POSTs of their own."""

    permission = PERMISSION
    request: HttpRequest

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.destination = get_object_or_404(Destination, pk=number) if number else None
        return self.destination or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        destination = self.destination
        context: dict[str, Any] = {"destination": destination}
        if destination is None:
            context["form"] = DestinationForm(initial={"is_active": True})
        else:
            context["form"] = self.form_of()
            context["themes_form"] = ThemesForm(destination=destination)
            context["missing"] = destinations.unmapped(destination)
        return render(
            self.request, "buurtschouw/forwarding/destination.html", {**context, **forms}, status=status
        )

    def form_of(self, *data: Any) -> DestinationForm:
        """The form of this system or of a new one, with what was sent if anything was."""
        now = DestinationForm.initial_of(self.destination) if self.destination else None
        return DestinationForm(*data, now=now, has_key=bool(self.destination and self.destination.sealed_key))

    def done(self, destination: Destination, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return self.to(destination)

    def to(self, destination: Destination) -> HttpResponse:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": destination.pk}
        return HttpResponseRedirect(reverse("buurtschouw:destination-edit", kwargs=kwargs))


class DestinationFormView(DestinationPage):
    """Make a system, or change the one in the address."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_of(request.POST)
        if form.is_valid():
            destination = self.destination or Destination(municipality=request.municipality)
            try:
                kept = destinations.keep(destination=destination, by=request.user, **form.cleaned_data)
            except destinations.DestinationRefused as refused:
                form.add_error(refused.field, refused.message)
                if self.destination:
                    self.destination.refresh_from_db()
            else:
                return self.done(kept, _kept(is_new=self.destination is None))
        return self.page(status=422, form=form)


def _kept(*, is_new: bool) -> str:
    if is_new:
        return _("The system has been kept. Read its categories now, and choose one for each theme.")
    return _("The system has been kept.")


class DestinationAction(DestinationPage):
    """A form of the page. A GET, such as after signing in again, shows the page."""

    destination: Destination

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to(self.destination)


class ReadOffersView(DestinationAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            offers = destinations.read_offers(destination=self.destination, by=request.user)
        except destinations.DestinationRefused as refused:
            messages.error(request, refused.message)
            return self.to(self.destination)
        words = ngettext("%(n)d category was read.", "%(n)d categories were read.", len(offers))
        return self.done(self.destination, words % {"n": len(offers)})


class TrialView(DestinationAction):
    """Nothing is made there: it is asked what it has."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            trial = destinations.trial(destination=self.destination, by=request.user)
        except destinations.DestinationRefused as refused:
            messages.error(request, refused.message)
            return self.to(self.destination)
        if trial.lost:
            words = _("These themes have a category that is gone there: %(themes)s.")
            messages.warning(request, words % {"themes": ", ".join(trial.lost)})
        return self.done(self.destination, destinations.in_words(trial))


class ThemesView(DestinationAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ThemesForm(request.POST, destination=self.destination)
        if form.is_valid():
            try:
                destinations.choose(destination=self.destination, by=request.user, codes=form.codes())
            except destinations.DestinationRefused as refused:
                form.add_error(None, refused.message)
            else:
                return self.done(self.destination, _("The choice has been kept."))
        return self.page(status=422, themes_form=form)
