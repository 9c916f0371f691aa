"""What residents do: join a trajectory, by themselves or by an invitation, see what they joined, and leave."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import View

from trajecten import registry
from trajecten.domain import materials, participants, throttle
from trajecten.domain.enrolment import joining, leaving, queries
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.domain.meetings import answering, finding
from trajecten.enums import EnrolmentStatus, InvitationKind
from trajecten.forms.enrolment import CodeForm, JoinForm
from trajecten.models import Attendance, Enrolment, Invitation, Participant, Trajectory
from trajecten.models.enrolment import CODE_LENGTH
from trajecten.views.access import by_secret_link
from trajecten.views.meetings.coming import step_document_rows

# Codes that don't exist, from one sender: a hall full of people types wrongly less often, a program that tries all
# codes needs centuries.
WRONG_CODES_PER_HOUR = 120
# In the address of the page after somebody joined who has still to read the mail.
DONE = "gelukt"


class JoinPage(View):
    """A form with which one comes in. What differs between the ways in is which ``enrolment`` it makes."""

    template_name = ""
    refused_status = 200
    trajectory: Trajectory
    me: Participant | None

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        refusal = self.refusal()
        if refusal:
            return self.page(refusal=refusal, status=self.refused_status)
        return self.page(form=self.form())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form=form, status=422)
        try:
            self.spend(form)
            enrolment = self._enrolled(form)
        except throttle.Throttled as throttled:
            form.add_error(None, _too_many(throttled))
            return self.page(form=form, status=429)
        except EnrolmentRefused as refused:
            return self.refused(form, refused)
        if self.me is None:
            return redirect(f"{request.path}?{DONE}")
        return redirect("enrolment", gemeente=request.municipality.slug, token=enrolment.token)

    def refused(self, form: JoinForm, refused: EnrolmentRefused) -> HttpResponse:
        """The same to everybody who is not known yet; who takes part already gets a mail besides."""
        if self.is_stranger:
            joining.mail_own_page(trajectory=self.trajectory, email=form.cleaned_data["email"])
        status = self.refused_status
        return self.page(refusal=refused.message, status=status, is_mailed=self.is_stranger)

    @transaction.atomic
    def _enrolled(self, form: JoinForm) -> Enrolment:
        """Only now who is signed in becomes a participant, if they are not one; not when it is refused."""
        if self.request.user.is_authenticated:
            self.me = participants.of_user(municipality=self.request.municipality, user=self.request.user)
        return self.enrolment(form)

    @property
    def is_stranger(self) -> bool:
        """Who is known by neither an account nor a link."""
        return self.me is None and not self.request.user.is_authenticated

    def form(self, data: object = None) -> JoinForm:
        return JoinForm(data, asks_address=self.is_stranger, known=self.me)

    def spend(self, form: JoinForm) -> None:
        """Who is not known yet may do so many an hour, and so many with one address."""
        if self.is_stranger:
            throttle.spend(
                throttle.Allowance("join", self.request, settings.ANONYMOUS_REPORTS_PER_HOUR),
                throttle.Allowance("mail", form.cleaned_data["email"], settings.MAILS_PER_ADDRESS_PER_HOUR),
            )

    def page(self, *, status: int = 200, **context: object) -> HttpResponse:
        given = {
            "trajectory": self.trajectory,
            "counts": queries.counts(self.trajectory),
            "areas": self.trajectory.areas.defer("geometry"),
            "is_done": DONE in self.request.GET,
        }
        return render(self.request, self.template_name, {**given, **context}, status=status)

    def refusal(self) -> str:
        raise NotImplementedError

    def enrolment(self, form: JoinForm) -> Enrolment:
        raise NotImplementedError


def _too_many(throttled: throttle.Throttled) -> str:
    if throttled.act == "mail":
        return _("Many mails went to this address in the last hour. Try again later.")
    return _("Many people signed up from your connection in the last hour. Try again later.")


def _signed_in(request: HttpRequest) -> Participant | None:
    if not request.user.is_authenticated:
        return None
    return participants.known(municipality=request.municipality, user=request.user)


@method_decorator(never_cache, name="dispatch")
class JoinView(JoinPage):
    """Open self-enrolment. A trajectory that is not open says so, and how one can come in all the same."""

    template_name = "trajecten/enrolment/join.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.trajectory = get_object_or_404(Trajectory, pk=kwargs["pk"])
        self.me = _signed_in(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        mine = self._mine()
        if mine:
            return redirect("enrolment", gemeente=request.municipality.slug, token=mine.token)
        return super().get(request, **kwargs)

    def _mine(self) -> Enrolment | None:
        rows = Enrolment.objects.filter(trajectory=self.trajectory, participant=self.me)
        return rows.filter(status__in=joining.INSIDE).first() if self.me else None

    def refusal(self) -> str:
        if not self.trajectory.takes_people:
            return _("This trajectory takes no new people.")
        if not self.trajectory.is_open_for_enrolment:
            return _("You can't sign up for this trajectory by yourself now.")
        return ""

    def enrolment(self, form: JoinForm) -> Enrolment:
        if self.me is not None:
            return joining.sign_up(trajectory=self.trajectory, participant=self.me, about=form.about())
        return joining.sign_up_as_guest(
            trajectory=self.trajectory,
            email=form.cleaned_data["email"],
            language=self.request.LANGUAGE_CODE,
            about=form.about(),
        )


@method_decorator([never_cache, by_secret_link], name="dispatch")
class InvitationView(JoinPage):
    """An invitation: a personal link from a mail, or the code of a poster.

    Whoever tries codes that don't exist gets 429 after ``WRONG_CODES_PER_HOUR``, for the ones that do exist too.
    """

    template_name = "trajecten/enrolment/invitation.html"
    refused_status = 410

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            self.invitation = _by_code(request, str(kwargs["code"]))
        except throttle.Throttled:
            return render(request, "429.html", status=429)
        self.trajectory = self.invitation.trajectory
        self.me = _signed_in(request) or (
            None if request.user.is_authenticated else self.invitation.participant
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        mine = Enrolment.objects.filter(trajectory=self.trajectory, participant=self.me)
        inside = mine.filter(status__in=joining.INSIDE).first() if self.me else None
        if inside:
            return redirect("enrolment", gemeente=request.municipality.slug, token=inside.token)
        return super().get(request, **kwargs)

    def page(self, *, status: int = 200, **context: object) -> HttpResponse:
        return super().page(status=status, invitation=self.invitation, **context)

    def refusal(self) -> str:
        try:
            joining.check_usable(self.invitation)
        except EnrolmentRefused as refused:
            return refused.message
        return "" if self.trajectory.takes_people else _("This trajectory takes no new people.")

    def enrolment(self, form: JoinForm) -> Enrolment:
        if self.me is not None:
            return joining.accept(invitation=self.invitation, participant=self.me, about=form.about())
        return joining.accept_as_guest(
            invitation=self.invitation,
            email=form.cleaned_data["email"],
            language=self.request.LANGUAGE_CODE,
            about=form.about(),
        )


def _by_code(request: HttpRequest, code: str) -> Invitation:
    """The invitation; counts a code that does not exist, and raises Http404 for it. Raises ``Throttled`` as well."""
    allowance = throttle.Allowance("invitation", request, WRONG_CODES_PER_HOUR)
    allowance.spend()
    rows = Invitation.objects.select_related("trajectory", "participant")
    found = (
        rows.filter(code=code).first() or rows.filter(code=typed(code), kind=InvitationKind.POSTER).first()
    )
    if found is None:
        raise Http404
    allowance.give_back()
    return found


def typed(code: str) -> str:
    """A code as somebody types it over: with a space or a dash in it, in small letters."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:CODE_LENGTH]


@never_cache
def code(request: HttpRequest, gemeente: str) -> HttpResponse:
    """For who has a code and no camera. Wrong codes count as on the page that they lead to."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_bound:
        return _code_page(request, form)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    try:
        found = _by_code(request, form.cleaned_data["code"])
    except throttle.Throttled:
        return render(request, "429.html", status=429)
    except Http404:
        form.add_error("code", _("We don't know this code. Is it typed as on the poster?"))
        return _code_page(request, form, status=422)
    return redirect("invitation", gemeente=gemeente, code=found.code)


def _code_page(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "trajecten/enrolment/code.html", {"form": form}, status=status)


def _by_token(token: str) -> Enrolment:
    rows = Enrolment.objects.select_related("trajectory", "participant", "participant__home_area")
    return get_object_or_404(rows.defer("participant__home_area__geometry"), token=token)


@never_cache
@by_secret_link
def enrolment(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The own page: what one takes part in, the place in the line, and how to stop. Who leads the group sees names."""
    mine = _by_token(token)
    mine.trajectory.municipality = request.municipality
    found = materials.of_steps_for(mine.participant, mine.trajectory)
    context = {
        "enrolment": mine,
        "trajectory": mine.trajectory,
        "meetings": [_own_meeting(each) for each in finding.lists_to_come(mine.participant, mine.trajectory)],
        "links": registry.enrolled(mine),
        "documents": step_document_rows(mine.trajectory, found, f"?d={token}"),
        "counts": queries.counts(mine.trajectory),
        "place": queries.place_in_line(mine),
        "names": queries.names(mine.trajectory) if queries.leads(mine) else None,
        "is_inside": mine.status in joining.INSIDE,
        "own_page": registry.own_page(mine),
    }
    return render(request, "trajecten/enrolment/enrolment.html", context)


def _own_meeting(row: Attendance) -> dict[str, Any]:
    """A meeting with what they answered, and the address at which they answer without signing in."""
    token = answering.token(meeting=row.meeting, participant=row.participant)
    return {"meeting": row.meeting, "answer": row.get_answer_display(), "token": token}


@never_cache
@by_secret_link
@require_POST
def leave(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    mine = _by_token(token)
    if mine.status != EnrolmentStatus.LEFT:
        leaving.leave(enrolment=mine, by=mine.participant)
        messages.success(request, _("You have stopped. What you said before stays."))
    return redirect("enrolment", gemeente=gemeente, token=token)
