"""The page behind the secret link: the request, the proposal, and the municipality's answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View
from django_scopes import scope, scopes_disabled

from trajecten.domain.proposals import asking, deciding, queries
from trajecten.enums import REQUEST_TRANSITIONS, ProposalStatus, RequestStatus
from trajecten.forms.proposals import AcceptForm, AnswerForm, ChangesForm
from trajecten.forms.requests import ReasonForm
from trajecten.models import Participant, Proposal, TrajectoryRequest, User
from trajecten.rules import is_coordinator
from trajecten.transitions import TransitionRefused
from trajecten.views.proposals import document, tones


@method_decorator(never_cache, name="dispatch")
class ProposalPage(View):
    """Who has the link reads; a coordinator who is signed in, or the contact who may decide, answers.

    ``?versie=`` shows an earlier version that was sent; without it the newest.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with scopes_disabled():
            rows = TrajectoryRequest.objects.select_related(
                "municipality", "adviser", "contact", "trajectory"
            )
            wanted = rows.defer("municipality__boundary")
            self.asked = get_object_or_404(wanted, token=kwargs["token"])
        request.scopes.enter_context(scope(municipality=self.asked.municipality))
        self.versions = list(queries.readable_versions(self.asked))
        for version in self.versions:
            version.request = self.asked
        self.newest = self.versions[0] if self.versions else None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.shown())

    def shown(self) -> Proposal | None:
        wanted = self.request.GET.get("versie")
        if wanted is None:
            return self.newest
        found = next((each for each in self.versions if str(each.version) == wanted), None)
        if found is None:
            raise Http404
        return found

    def decider(self) -> User | Participant | None:
        user = self.request.user if self.request.user.is_authenticated else None
        if self.newest:
            return deciding.who_decides(proposal=self.newest, user=user)
        return user if user and is_coordinator(user, self.asked) else None

    def page(self, shown: Proposal | None, *, status: int = 200, **forms: Form) -> HttpResponse:
        context = self.context(shown)
        context.update(forms)
        return render(self.request, "trajecten/proposals/proposal.html", context, status=status)

    def context(self, shown: Proposal | None) -> dict[str, Any]:
        decider = self.decider()
        may_answer = shown is not None and shown == self.newest and decider is not None
        waits = shown is not None and shown.status == ProposalStatus.SENT
        version = {"version": shown.version if shown else None}
        return {
            **(document.parts(shown) if shown else {}),
            "proposal": shown,
            "asked": self.asked,
            "place": self.asked.municipality,
            "tag": self.tag(shown, decider),
            "newest": self.newest,
            "others": [each for each in self.versions if each != shown],
            "may_decide": decider is not None,
            "leads_on": isinstance(decider, User) and self.asked.trajectory_id is not None,
            "may_accept": may_answer and waits and not shown.is_expired,
            "may_ask_changes": may_answer and waits,
            "may_withdraw": shown == self.newest
            and decider is not None
            and RequestStatus.WITHDRAWN in REQUEST_TRANSITIONS[self.asked.status],
            "is_expired": waits and shown.is_expired,
            "expired": deciding.expired_message(shown) if waits and shown.is_expired else "",
            "accept_form": AcceptForm(initial=version, auto_id="id_accept_%s"),
            "changes_form": ChangesForm(initial=version, auto_id="id_changes_%s"),
            "withdraw_form": ReasonForm(auto_id="id_withdraw_%s"),
        }

    def tag(self, shown: Proposal | None, decider: User | Participant | None) -> tones.Tag:
        """How the version that is shown stands; before there is one, the request."""
        if shown is None:
            return tones.of_request(self.asked.status)
        if shown == self.newest and shown.status == ProposalStatus.SENT:
            return tones.of_open_proposal(shown, may_decide=decider is not None)
        return tones.of_proposal(shown.status)


def _name(decider: User | Participant | None, asked: TrajectoryRequest) -> str:
    """The name of who answers: that of the account, or what the contact filled in."""
    return decider.name if isinstance(decider, User) else asked.contact_name


class ProposalView(ProposalPage):
    """The page itself."""


class ProposalPdfView(ProposalPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shown = self.shown()
        if shown is None:
            raise Http404
        return document.pdf(shown)


class Answer(ProposalPage):
    """A form of the page. A GET leads to the page; who may not answer gets 403."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to_page()

    def to_page(self) -> HttpResponse:
        return redirect("proposal", token=self.asked.token)

    def decider_or_refuse(self) -> User | Participant:
        decider = self.decider()
        if decider is None:
            raise PermissionDenied
        return decider

    def answered(self, form: AnswerForm) -> Proposal:
        """The version that stood on the page. Refused when a newer one was sent since."""
        if self.newest is None or form.cleaned_data["version"] != self.newest.version:
            raise asking.RequestRefused(
                _("A newer version was sent while you were reading. Look at that one before you answer.")
            )
        return self.newest


class AcceptView(Answer):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        decider = self.decider_or_refuse()
        form = AcceptForm(request.POST, auto_id="id_accept_%s")
        if form.is_valid():
            try:
                proposal = self.answered(form)
                deciding.accept(proposal=proposal, by=decider, name=form.cleaned_data["name"])
            except (asking.RequestRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(
                    request, _("You have accepted the proposal. You get a mail that confirms it.")
                )
                return self.to_page()
        return self.page(self.newest, status=422, accept_form=form)


class ChangesView(Answer):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        decider = self.decider_or_refuse()
        form = ChangesForm(request.POST, auto_id="id_changes_%s")
        if form.is_valid():
            try:
                deciding.ask_changes(
                    proposal=self.answered(form),
                    by=decider,
                    name=_name(decider, self.asked),
                    wanted=form.cleaned_data["wanted"],
                )
            except (asking.RequestRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                words = _("%(adviser)s hears by mail what you would like to see changed.")
                messages.success(request, words % {"adviser": self.asked.adviser})
                return self.to_page()
        return self.page(self.newest, status=422, changes_form=form)


class WithdrawView(Answer):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        decider = self.decider_or_refuse()
        form = ReasonForm(request.POST, auto_id="id_withdraw_%s")
        if form.is_valid():
            try:
                asking.withdraw(request=self.asked, by=decider, **form.cleaned_data)
            except (asking.RequestRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("You do not go on with this request. The adviser hears why."))
                return self.to_page()
        return self.page(self.newest, status=422, withdraw_form=form)
