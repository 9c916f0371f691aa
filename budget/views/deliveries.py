"""Pages of the coordinator about figures that come in: the list, delivering, and what became of a delivery."""

from typing import Any

import structlog
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import TemplateView, View
from kombu.exceptions import OperationalError
from redis import RedisError

from budget.domain.deliveries import listing, receiving, reporting
from budget.enums import DeliveryState
from budget.forms.deliveries import DeliveryForm, StatisticsForm
from budget.models import Delivery
from budget.tasks import read_delivery
from trajecten.views.access import StaffMixin

log = structlog.get_logger(__name__)
PERMISSION = "budget.add_budget"
PER_PAGE = 20


class DeliveriesView(StaffMixin, TemplateView):
    template_name = "budget/deliveries/list.html"
    permission = PERMISSION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        municipality = self.request.municipality
        page = Paginator(listing.deliveries_of(municipality), PER_PAGE).get_page(self.request.GET.get("page"))
        rows = [{"delivery": one, "summary": reporting.summary(one.outcome)} for one in page]
        newest = listing.newest(municipality)
        return {**super().get_context_data(**kwargs), "page": page, "rows": rows, "newest": newest}


class DeliveryNewView(StaffMixin, View):
    """Two forms, each a POST of its own: a file, or a year of Statistics Netherlands."""

    permission = PERMISSION

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = DeliveryForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(status=422, form=form)
        made = receiving.receive(
            municipality=request.municipality,
            by=request.user,
            file=form.cleaned_data["file"],
            asked=form.asked(),
        )
        return _handed_on(request, made)

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        context = {"form": DeliveryForm(), "statistics_form": StatisticsForm(), **forms}
        return render(self.request, "budget/deliveries/new.html", context, status=status)


class DeliveryStatisticsView(DeliveryNewView):
    """A GET, such as after signing in again, shows the page with both forms."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StatisticsForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, statistics_form=form)
        made = receiving.ask_statistics(
            municipality=request.municipality, by=request.user, year=form.cleaned_data["year"]
        )
        return _handed_on(request, made)


class DeliveryView(StaffMixin, View):
    """How far it is, what it did, or why it was refused. The part that changes is asked for again by htmx."""

    permission = PERMISSION

    def permission_object(self) -> Any:
        municipality = self.request.municipality
        self.delivery = get_object_or_404(listing.deliveries_of(municipality), pk=self.kwargs["pk"])
        return municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        delivery = self.delivery
        has_ended = delivery.state in (DeliveryState.DONE, DeliveryState.REFUSED)
        context = {
            "delivery": delivery,
            "has_ended": has_ended,
            "summary": reporting.summary(delivery.outcome),
            "outcome": listing.told(delivery),
        }
        part = "_state" if request.htmx else "delivery"
        return render(request, f"budget/deliveries/{part}.html", context)


def _handed_on(request: HttpRequest, made: Delivery) -> HttpResponse:
    """While the broker is away beat does it, as soon as that is back (``finish_deliveries``)."""
    try:
        read_delivery.delay(made.pk)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("broker_away", task=read_delivery.name, error=type(error).__name__)
    return redirect("budget:delivery", gemeente=request.municipality.slug, pk=made.pk)
