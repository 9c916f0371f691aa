"""The stops of a walk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing import stops
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.forms.preparing.stops import StopForm
from buurtschouw.models import Schouw, Stop
from buurtschouw.views.preparing.page import OfWalk
from buurtschouw.views.preparing.route import STOPS
from trajecten.forms.refusing import refuse


class StopNew(OfWalk):
    """A stop to add."""

    stop: Stop | None = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(StopForm(schouw=self.schouw, stop=self.stop))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StopForm(request.POST, schouw=self.schouw, stop=self.stop)
        if form.is_valid():
            try:
                message = self.keep(form)
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                return self.done(message, STOPS)
        return self._page(form, status=422)

    def keep(self, form: StopForm) -> str:
        stops.add(schouw=self.schouw, by=self.request.user, **form.stop())
        return _("The stop has been added.")

    def _page(self, form: StopForm, status: int = 200) -> HttpResponse:
        context = {
            "schouw": self.schouw,
            "stop": self.stop,
            "form": form,
            "areas": self.schouw.trajectory.areas.all(),
        }
        return render(self.request, "buurtschouw/staff/stop.html", context, status=status)


class OfStop(OfWalk):
    """One stop of the walk."""

    def permission_object(self) -> Schouw:
        schouw = super().permission_object()
        rows = Stop.objects.filter(schouw=schouw).prefetch_related("themes")
        self.stop: Stop = get_object_or_404(rows, pk=self.kwargs["stop"])
        return schouw


class StopPage(OfStop, StopNew):
    """A stop to change."""

    def keep(self, form: StopForm) -> str:
        stops.change(stop=self.stop, by=self.request.user, **form.stop())
        return _("The stop has been changed.")


class StopAct(OfStop):
    """A button of a stop. A GET shows the page it is on."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to(STOPS)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.done(self.act(), STOPS)
        except PreparationRefused as refused:
            return self.sorry(refused, STOPS)

    def act(self) -> str:
        raise NotImplementedError


class StopPlace(StopAct):
    """To another place along the route; the button says to which."""

    def act(self) -> str:
        given = self.request.POST.get("position", "")
        position = int(given) if given.isdecimal() and len(given) < 5 else self.stop.position
        stops.place(stop=self.stop, position=position, by=self.request.user)
        self.stop.refresh_from_db(fields=["position"])
        return _("“%(name)s” is number %(position)s now.") % {
            "name": self.stop.name,
            "position": self.stop.position,
        }


class StopRemove(StopAct):
    """Removing what is gone already is harmless."""

    def permission_object(self) -> Schouw:
        schouw = OfWalk.permission_object(self)
        self.gone = Stop.objects.filter(schouw=schouw, pk=self.kwargs["stop"]).first()
        return schouw

    def act(self) -> str:
        if self.gone:
            stops.remove(stop=self.gone, by=self.request.user)
        return _("The stop has been removed.")
