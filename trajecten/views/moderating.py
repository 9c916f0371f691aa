"""The queue of what has to be looked at, and the page of one contribution in it, for officials who moderate."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from trajecten import registry
from trajecten.domain import lookups
from trajecten.domain.moderation import abuse, deciding, objecting, premoderation, queue
from trajecten.domain.photos import attachments
from trajecten.domain.tables import Column
from trajecten.enums import ObjectionOutcome
from trajecten.forms.moderation import (
    HideForm,
    ModerationFilterForm,
    ObjectionAnswerForm,
    PublishForm,
    ReadFirstForm,
)
from trajecten.models import Objection
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import TableFile, in_batches

PER_PAGE = 20


class QueueView(StaffMixin, TemplateView):
    """What has to be looked at, the most pressing first. Coordinators also say which trajectories are read first."""

    permission = "trajecten.moderate_municipality"
    template_name = "trajecten/moderation/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ModerationFilterForm(self.request.GET)
        asked = form.asked()
        paginator = LongPaginator(queue.rows(asked), PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "asked": asked,
            "page": page,
            "entries": queue.entries(page),
            "query": form.query,
            "title": _title(paginator),
            "figures": _figures(self.request.path),
            "may_manage": self.request.user.has_perm(
                "trajecten.manage_municipality", self.request.municipality
            ),
        }


class QueueFile(StaffMixin, TableFile):
    """The same list. The words stand on the page of each, where looking at them is written down."""

    permission = "trajecten.moderate_municipality"
    name = gettext_lazy("Moderation")
    columns = (
        Column(gettext_lazy("Number"), lambda entry: entry.number),
        Column(gettext_lazy("Kind"), lambda entry: str(entry.kind.name)),
        Column(gettext_lazy("Trajectory"), lambda entry: entry.contribution.trajectory.title),
        Column(gettext_lazy("Since"), lambda entry: entry.contribution.created_at),
        Column(gettext_lazy("Status"), lambda entry: entry.contribution.get_moderation_display()),
        Column(gettext_lazy("Times reported"), lambda entry: entry.reports),
        Column(gettext_lazy("The author does not agree"), lambda entry: entry.has_objection),
        Column(gettext_lazy("Photos to look at"), lambda entry: entry.photos),
    )
    request: HttpRequest

    def rows(self) -> Iterable[queue.Entry]:
        found = queue.rows(ModerationFilterForm(self.request.GET).asked())
        return in_batches(found, queue.entries, self.request.municipality)


def _title(paginator: LongPaginator) -> str:
    if paginator.has_more:
        return _("More than %(n)s contributions") % {"n": paginator.limit}
    return ngettext("%(n)d contribution", "%(n)d contributions", paginator.count) % {"n": paginator.count}


def _figures(url: str) -> list[dict[str, Any]]:
    counted = queue.figures()
    return [
        {"label": _("Not looked at yet"), "value": counted.waiting, "url": f"{url}?state={queue.WAITING}"},
        {
            "label": _("Reported as abuse"),
            "value": counted.reported,
            "url": f"{url}?state={queue.REPORTED}",
            "tone": "bad" if counted.reported else "",
        },
        {
            "label": _("The author does not agree"),
            "value": counted.objected,
            "url": f"{url}?state={queue.OBJECTED}",
            "tone": "now" if counted.objected else "",
        },
    ]


class ItemView(StaffMixin, View):
    """One contribution: what was said, what was said against it, and what was decided."""

    permission = "trajecten.moderate_municipality"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.kind, self.contribution = _find(self.kwargs["kind"], self.kwargs["pk"])
        return self.contribution.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.contribution.author_id:
            lookups.record(target=self.contribution, by=request.user)
        return self.page()

    def page(self, status: int = 200, **forms: Any) -> HttpResponse:
        return render(self.request, "trajecten/moderation/item.html", self._context(**forms), status=status)

    def _context(self, **forms: Any) -> dict[str, Any]:
        item = self.contribution
        decisions = list(deciding.decisions_on(item).select_related("by", "objection"))
        objection = _open_objection(decisions)
        return {
            "item": item,
            "kind": self.kind,
            "key": self.kwargs["kind"],
            "title": self.kind.title(item),
            "staff_url": self.kind.staff_url(item),
            "public_url": self.kind.public_url(item),
            "photos": list(attachments.of(item)),
            "opens": [] if item.is_public else list(self.kind.opens(item)),
            "reports": list(abuse.open_on(item)),
            "decisions": decisions,
            "objection": objection,
            "is_own": objection and objecting.judges_own_decision(objection, self.request.user),
            "is_for_another": objection and objecting.is_for_another(objection, self.request.user),
            "may_answer": self.request.user.has_perm(
                "trajecten.manage_municipality", self.request.municipality
            ),
            "hide_form": HideForm(),
            "answer_form": ObjectionAnswerForm(),
            **forms,
        }

    def back(self, message: str) -> HttpResponse:
        """To the list, with the filter that it had."""
        messages.success(self.request, message)
        url = reverse("moderation", kwargs={"gemeente": self.request.municipality.slug})
        query = ModerationFilterForm(QueryDict(self.request.POST.get("filter", ""))).query
        return redirect(f"{url}?{query}" if query else url)


def _find(label: str, number: int) -> tuple[registry.ContributionKind, Any]:
    """The contribution in this municipality; 404 for another kind or one of elsewhere."""
    try:
        kind = registry.contribution_kind_of(label)
        return kind, kind.load([number])[number]
    except KeyError as error:
        raise Http404 from error


def _open_objection(decisions: list[Any]) -> Objection | None:
    found = (getattr(decision, "objection", None) for decision in decisions)
    return next((each for each in found if each and each.outcome == ObjectionOutcome.OPEN), None)


class ItemAction(ItemView):
    """A form of the page. A GET shows the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("moderation-item", **self.kwargs)


class PublishView(ItemAction):
    """From its page or from the list; there the photos stay closed, for nobody has seen them."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PublishForm(request.POST, photos=attachments.of(self.contribution))
        given = form.cleaned_data if form.is_valid() else {}
        if self.contribution.author_id:
            lookups.record(target=self.contribution, by=request.user)
        try:
            deciding.publish(
                contribution=self.contribution,
                by=request.user,
                photos=given.get("photos", ()),
                seen=given.get("seen", ""),
            )
        except deciding.ModerationRefused as refused:
            messages.warning(request, refused.message)
            return redirect("moderation-item", **self.kwargs)
        return self.back(_("Everybody can read it now."))


class HideView(ItemAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = HideForm(request.POST)
        if form.is_valid():
            try:
                deciding.hide(contribution=self.contribution, by=request.user, **form.cleaned_data)
            except deciding.ModerationRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.back(_("Others can't read it any more. The author gets your reason."))
        return self.page(status=422, hide_form=form)


class AnswerView(ItemAction):
    """Answer the objection: a coordinator, and not the one who hid it where there is another."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("trajecten.manage_municipality", request.municipality):
            raise PermissionDenied
        form = ObjectionAnswerForm(request.POST)
        objection = self._context()["objection"]
        if objection is None:
            return self.back(_("This was answered already."))
        if form.is_valid():
            try:
                objecting.answer(
                    objection=objection,
                    by=request.user,
                    is_granted=form.cleaned_data["outcome"] == "granted",
                    words=form.cleaned_data["answer"],
                )
            except deciding.ModerationRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.back(_("The author gets your answer."))
        return self.page(status=422, answer_form=form)


class ReadFirstView(StaffMixin, View):
    """Of which trajectories an official reads first what people write."""

    permission = "trajecten.manage_municipality"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        chosen = {"trajectories": premoderation.read_first()}
        return self._page(ReadFirstForm(initial=chosen, trajectories=premoderation.running()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ReadFirstForm(request.POST, trajectories=premoderation.running())
        if not form.is_valid():
            return self._page(form, status=422)
        premoderation.choose(read_first=form.cleaned_data["trajectories"], by=request.user)
        messages.success(request, _("This has been kept. It counts from now on."))
        return redirect("moderation-read-first", **self.kwargs)

    def _page(self, form: ReadFirstForm, status: int = 200) -> HttpResponse:
        return render(self.request, "trajecten/moderation/read_first.html", {"form": form}, status=status)
