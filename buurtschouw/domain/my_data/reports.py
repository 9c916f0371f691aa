"""What the buurtschouw keeps of somebody: reports with their answers and photos, and what they support."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.domain.forwarding import keeping
from buurtschouw.models import Answer, AwaitedPhoto, Reply, Report, Score, Support
from trajecten.domain.my_data.telling import moment
from trajecten.domain.photos import attachments
from trajecten.enums import ErasedWords, Moderation
from trajecten.models import Attachment, Participant
from trajecten.models.tokens import new_token
from trajecten.registry import Fact, Kept, PersonalData

GONE = "–"


def reports(participant: Participant) -> Iterator[Kept]:
    """What somebody reported, with what was answered."""
    found = list(Report.objects.filter(author=participant).with_names().order_by("pk"))
    answers, photos, replies = _answers(found), _photos(found), _replies(found)
    elsewhere = keeping.told_of(found)
    for report in found:
        yield Kept(
            f"{report.numbered}: {report.title}",
            (
                Fact("number", _("Number"), report.pk),
                Fact("text", _("Your words"), report.text),
                Fact("kind", _("Kind"), report.get_kind_display()),
                Fact("facts", _("Your answers to questions"), _said(report)),
                Fact("theme", _("Theme"), report.category.name),
                Fact("address", _("Address or place"), report.address),
                Fact("lat", _("Latitude"), report.point.y if report.point else None),
                Fact("lon", _("Longitude"), report.point.x if report.point else None),
                Fact("status", _("Status"), report.get_status_display()),
                Fact("public", _("Others can read it"), report.is_public),
                Fact("observed_at", _("Seen"), moment(report.observed_at) if report.observed_at else None),
                Fact("reported_at", _("Reported"), moment(report.created_at)),
                Fact("forwarded", _("Sent on to"), elsewhere.get(report.pk, "")),
                Fact("replies", _("Your answers to questions"), "\n\n".join(replies[report.pk])),
                Fact("answers", _("Answers of the municipality"), "\n\n".join(answers[report.pk])),
            ),
            tuple(photos[report.pk]),
        )


def _said(report: Report) -> str:
    return "\n".join(f"{fact['question']} {fact['answer']}" for fact in report.facts)


def _answers(found: list[Report]) -> dict[int, list[str]]:
    said: dict[int, list[str]] = defaultdict(list)
    for answer in Answer.objects.filter(report__in=found).order_by("pk"):
        said[answer.report_id].append(answer.message)
    return said


def _replies(found: list[Report]) -> dict[int, list[str]]:
    said: dict[int, list[str]] = defaultdict(list)
    for reply in Reply.objects.filter(report__in=found).exclude(text="").order_by("pk"):
        said[reply.report_id].append(reply.text)
    return said


def _photos(found: list[Report]) -> dict[int, list[Attachment]]:
    taken: dict[int, list[Attachment]] = defaultdict(list)
    kind = ContentType.objects.get_for_model(Report)
    for photo in Attachment.objects.filter(content_type=kind, object_id__in=[report.pk for report in found]):
        taken[photo.object_id].append(photo)
    return taken


def supports(participant: Participant) -> Iterator[Kept]:
    """The reports of others that somebody supports."""
    rows = Support.objects.filter(participant=participant).order_by("pk")
    for row in rows.select_related("report__category", "report__area").defer("report__area__geometry"):
        yield Kept(
            row.report.public_title,
            (
                Fact("number", _("Number of the report"), row.report_id),
                Fact("at", _("Since"), moment(row.at)),
            ),
        )


def erase_reports(participant: Participant, words: str) -> None:
    """Photos go; words stay as chosen. The link by which the reporter followed it opens nothing any more."""
    for report in Report.objects.select_for_update(of=("self",)).filter(author=participant).defer("search"):
        forget(report, keeps_words=_stay(report, words))


def _stay(report: Report, words: str) -> bool:
    return words == ErasedWords.ALL or (
        words == ErasedWords.PUBLIC and report.moderation == Moderation.PUBLISHED
    )


def forget(report: Report, *, keeps_words: bool) -> None:
    """Remove what leads to the reporter, but for the author itself: that is the caller's to let go.

    What they answered to questions nobody but officials read, so it always goes.
    """
    Reply.objects.filter(report=report).update(text="")
    attachments.remove(attachments.of(report))
    keeping.forget(report)
    AwaitedPhoto.objects.filter(report=report).delete()
    report.token, report.fingerprint, report.facts = new_token(), "", []
    if not keeps_words:
        report.text = ""
        report.address = "" if report.point else GONE
    report.save(update_fields=["token", "fingerprint", "facts", "text", "address", "handed_to"])


def erase_supports(participant: Participant, words: str) -> None:
    """A support has no words; it keeps counting without a name, also without what stands for the browser."""
    Support.objects.filter(participant=participant).update(device="")


def scores(participant: Participant) -> Iterator[Kept]:
    """What somebody scored on walks."""
    rows = Score.objects.filter(walker=participant).select_related("stop__schouw__trajectory", "statement")
    for row in rows.order_by("pk"):
        yield Kept(
            f"{row.stop.schouw.trajectory.title}, {row.stop}",
            (
                Fact("statement", _("Statement"), row.statement.text),
                Fact("value", _("Score"), row.value),
                Fact("scored_at", _("Scored"), moment(row.scored_at)),
            ),
        )


def erase_scores(participant: Participant, words: str) -> None:
    """A score has no words; it goes on counting without a name."""
    Score.objects.filter(walker=participant).update(walker=None)


def unite_scores(*, key: int, into: Participant) -> None:
    """Two scores of one statement at one stop, of a guest and the account they became: the newest stands."""
    guests: Score = Score.objects.get(pk=key)
    mine = Score.objects.filter(walker=into, stop=guests.stop_id, statement=guests.statement_id)
    mine.filter(scored_at__lt=guests.scored_at).update(value=guests.value, scored_at=guests.scored_at)
    guests.delete()


PARTS = (
    PersonalData(
        "buurtschouw.reports", gettext_lazy("What you reported"), ("reports",), reports, erase_reports
    ),
    PersonalData(
        "buurtschouw.supports",
        gettext_lazy("What you support"),
        ("supported_reports",),
        supports,
        erase_supports,
    ),
    PersonalData(
        "buurtschouw.scores", gettext_lazy("What you scored on walks"), ("scores",), scores, erase_scores
    ),
)
