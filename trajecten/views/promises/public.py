""" "Promised and done": every promise of a municipality, what it says of them itself, and what residents say."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trajecten import registry
from trajecten.domain.chain import ChainLink
from trajecten.domain.council import links
from trajecten.domain.photos import attachments
from trajecten.domain.promises import chains as promise_chains
from trajecten.domain.promises import judging, people, promised
from trajecten.domain.promises import turns as promise_turns
from trajecten.domain.promises.promised import PromiseFigures
from trajecten.forms.promises.filtering import PublicFilterForm
from trajecten.models import Attachment, Commitment, CommitmentUpdate, Participant
from trajecten.views.paging import LongPaginator

PER_PAGE = 25
WIDTH = 100


@dataclass(frozen=True)
class Bar:
    """One part of a drawn bar, with its row in the equal table. ``x`` and ``width`` are of ``WIDTH``."""

    name: str
    label: str
    value: int
    x: float
    width: float

    @property
    def share(self) -> int:
        return round(self.width)


@dataclass(frozen=True)
class Turn:
    """One turn of the history, with its words and photos as its reader may see them."""

    turn: CommitmentUpdate
    photos: list[Attachment]
    words: str
    reason: str
    text_before: str


@dataclass(frozen=True)
class Row:
    """A promise in the list."""

    promise: Commitment
    chain: tuple[ChainLink, ...]
    keeper: str


def bars(parts: list[tuple[str, str, int]]) -> list[Bar]:
    """These numbers one after the other over the whole width."""
    total = sum(value for _name, _label, value in parts)
    made: list[Bar] = []
    x = 0.0
    for name, label, value in parts:
        width = WIDTH * value / total if total else 0.0
        made.append(Bar(name, label, value, round(x, 3), round(width, 3)))
        x += width
    return made


def claims(figures: PromiseFigures) -> list[Bar]:
    """What the municipality says of its promises."""
    return bars(
        [
            ("done", _("done"), figures.done),
            ("partly", _("partly done"), figures.partly),
            ("running", _("open"), figures.running - figures.late),
            ("late", _("open and late"), figures.late),
            ("broken", _("broken"), figures.broken),
            ("withdrawn", _("withdrawn"), figures.withdrawn),
        ]
    )


def verdicts(yes: int, partly: int, no: int) -> list[Bar]:
    """What residents say."""
    return bars(
        [
            ("done", _("yes, kept"), yes),
            ("partly", _("partly kept"), partly),
            ("broken", _("no, not kept"), no),
        ]
    )


def residents(figures: PromiseFigures) -> list[Bar]:
    return verdicts(figures.said_yes, figures.said_partly, figures.said_no)


@require_safe
def promises(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The figures of the filter and its promises, newest first."""
    form = PublicFilterForm(request.GET)
    asked = form.asked()
    paginator = LongPaginator(promised.newest(asked), PER_PAGE, request.GET.get("page"))
    page = paginator.shown()
    shown = promised.with_public_words(page)
    chains = promise_chains.chains_of(page)
    figures = promised.figures(asked)
    context = {
        "form": form,
        "query": form.query(),
        "figures": figures,
        "claims": claims(figures),
        "verdicts": residents(figures),
        "page": page,
        "rows": [Row(row, chains[row.pk], promised.keeper(row)) for row in shown],
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


def history(commitment: Commitment, *, public: bool) -> list[Turn]:
    """All turns, newest first; with ``public`` only the words and photos that everybody may see."""
    turns = list(promise_turns.of(commitment).select_related("by"))
    photos: dict[int, list[Attachment]] = {}
    for photo in attachments.of_each(CommitmentUpdate, [turn.pk for turn in turns]):
        if photo.is_public or not public:
            photos.setdefault(photo.object_id, []).append(photo)
    made = _as_public if public else _as_written
    return [made(turn, commitment, photos.get(turn.pk, [])) for turn in reversed(turns)]


def _as_written(turn: CommitmentUpdate, _commitment: Commitment, photos: list[Attachment]) -> Turn:
    return Turn(turn, photos, turn.words, turn.reason, turn.text_before)


def _as_public(turn: CommitmentUpdate, commitment: Commitment, photos: list[Attachment]) -> Turn:
    """As ``promised.with_public_words`` said of the promise."""
    turn.commitment = commitment
    return Turn(turn, photos, turn.public_words, turn.public_reason, turn.public_text_before)


def _token(request: HttpRequest, commitment: Commitment) -> str:
    """For who is signed in and behind it: their own page, on which they judge it."""
    if not request.user.is_authenticated or not commitment.round:
        return ""
    mine = Participant.objects.filter(user=request.user).first()
    if mine is None or not people.behind(commitment).filter(pk=mine.pk).exists():
        return ""
    return judging.token(commitment=commitment, participant=mine)
