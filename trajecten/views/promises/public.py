""" "Promised and done": every promise of a municipality, what it says of them itself, and what residents say."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from trajecten import registry
from trajecten.charts import BarRow, BarTable, Series, Tone
from trajecten.domain.council import links
from trajecten.domain.photos import attachments
from trajecten.domain.promises import chains as promise_chains
from trajecten.domain.promises import judging, people, promised
from trajecten.domain.promises import turns as promise_turns
from trajecten.domain.promises.promised import PromiseFigures
from trajecten.forms.promises.filtering import PublicFilterForm
from trajecten.models import Attachment, Commitment, CommitmentUpdate, Participant
from trajecten.views.paging import TwoLists
from trajecten.views.promises import showing

PER_PAGE = 10


@dataclass(frozen=True)
class Turn:
    """One turn of the history, with its words and photos as its reader may see them."""

    turn: CommitmentUpdate
    photos: list[Attachment]
    words: str
    reason: str
    text_before: str
    evidence: str


def claims(figures: PromiseFigures) -> BarTable:
    """What the municipality says of its promises."""
    rows: list[tuple[str, int, Tone]] = [
        (_("Done"), figures.done, "good"),
        (_("Partly done"), figures.partly, "part"),
        (_("Open"), figures.running - figures.late, "plain"),
        (_("Open and late"), figures.late, "late"),
        (_("Not kept"), figures.broken, "bad"),
        (_("Withdrawn"), figures.withdrawn, "open"),
    ]
    return _bars("claims", _("The municipality says"), _("Status"), rows)


def verdicts(yes: int, partly: int, no: int) -> BarTable:
    """What residents say."""
    rows: list[tuple[str, int, Tone]] = [
        (_("Yes, kept"), yes, "good"),
        (_("Partly kept"), partly, "part"),
        (_("No, not kept"), no, "bad"),
    ]
    answer = pgettext("column of figures", "Answer")
    return _bars("verdicts", _("Residents say"), answer, rows)


def _bars(key: str, caption: str, subject: str, rows: list[tuple[str, int, Tone]]) -> BarTable:
    drawn = [BarRow(label, (value,), tone=tone) for label, value, tone in rows]
    return BarTable(key, caption, subject, (Series(pgettext("column of figures", "Number"), "plain"),), drawn)


def residents(figures: PromiseFigures) -> BarTable:
    return verdicts(figures.said_yes, figures.said_partly, figures.said_no)


@require_safe
def promises(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The figures of the filter and its promises: first what went wrong, then the newest."""
    form = PublicFilterForm(request.GET)
    asked = form.asked()
    page = TwoLists(*promised.to_look_at(asked), PER_PAGE, request.GET.get("page")).shown()
    figures = promised.figures(asked)
    context = {
        "form": form,
        "query": form.query(),
        "figures": figures,
        "claims": claims(figures),
        "verdicts": residents(figures),
        "page": page,
        "rows": showing.rows(page),
    }
    return render(request, "trajecten/promises/list.html", context)


@require_safe
def promise(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """One promise: what it answers, everything that happened, and what residents say."""
    commitment = get_object_or_404(Commitment.objects.with_names(), pk=pk)
    promised.with_public_words([commitment])
    rounds = promised.verdicts_by_round(commitment)
    context = {
        "promise": commitment,
        "chain": promise_chains.chain_of(commitment),
        "keeper": promised.keeper(commitment),
        "origins": public_origins(commitment)
        + council_origins(commitment, gemeente=gemeente, page="council-item"),
        "history": history(commitment, public=True),
        "verdicts": verdicts(commitment.verdict_yes, commitment.verdict_partly, commitment.verdict_no),
        "earlier_rounds": [row for row in rounds if row["round"] != commitment.round],
        "token": _token(request, commitment),
    }
    return render(request, "trajecten/promises/promise.html", context)


def public_origins(commitment: Commitment) -> list[dict[str, str]]:
    """What everybody may read of what it answers, with a link."""
    return [
        {"kind": str(kind.name), "title": kind.public_title(row), "url": kind.public_url(row)}
        for kind, row in loaded_origins(commitment)
    ]


def council_origins(commitment: Commitment, *, gemeente: str, page: str) -> list[dict[str, str]]:
    """The council items that made it or that it was put to, each with its page of this name."""
    items = links.items_of_promises([commitment.pk]).get(commitment.pk, [])
    return [
        {
            "kind": str(item.get_kind_display()),
            "title": item.title,
            "url": reverse(page, kwargs={"gemeente": gemeente, "pk": item.pk}),
        }
        for item in items
    ]


def loaded_origins(commitment: Commitment) -> list[tuple[registry.ContributionKind, object]]:
    """The contributions among the origins, with their kind; one that is gone is left out."""
    return [(kind, row) for kind, keys in people.by_kind(commitment) for row in kind.load(keys).values()]


def history(commitment: Commitment, *, public: bool, own: bool = False) -> list[Turn]:
    """All turns, newest first; with ``public`` only the words and photos that everybody may see, as
    ``promised.with_public_words`` said of the promise, and with ``own`` also what the resident who keeps it told.
    """
    turns = list(promise_turns.of(commitment).select_related("by"))
    as_written = {turn.pk for turn in turns if not public or (own and turn.told_by_resident)}
    photos: dict[int, list[Attachment]] = {}
    for photo in attachments.of_each(CommitmentUpdate, [turn.pk for turn in turns]):
        if photo.is_public or photo.object_id in as_written:
            photos.setdefault(photo.object_id, []).append(photo)
    return [
        _shown(turn, commitment, photos.get(turn.pk, []), whole=turn.pk in as_written)
        for turn in reversed(turns)
    ]


def _shown(turn: CommitmentUpdate, commitment: Commitment, photos: list[Attachment], *, whole: bool) -> Turn:
    turn.commitment = commitment
    if whole:
        return Turn(turn, photos, turn.words, turn.reason, turn.text_before, turn.evidence)
    public = (turn.public_words, turn.public_reason, turn.public_text_before, turn.public_evidence)
    return Turn(turn, photos, *public)


def _token(request: HttpRequest, commitment: Commitment) -> str:
    """For who is signed in and behind it: their own page, on which they judge it."""
    if not request.user.is_authenticated or not commitment.round:
        return ""
    mine = Participant.objects.filter(user=request.user).first()
    if mine is None or not people.behind(commitment).filter(pk=mine.pk).exists():
        return ""
    return judging.token(commitment=commitment, participant=mine)
