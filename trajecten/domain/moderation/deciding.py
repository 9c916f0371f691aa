"""Publishing and hiding: the one place where a contribution of any app becomes public or stops being so."""

from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.moderation import abuse
from trajecten.domain.photos import attachments
from trajecten.domain.telling import notify
from trajecten.enums import HideReason, Moderation
from trajecten.models import Attachment, Contribution, ModerationDecision, Trajectory, User
from trajecten.refusals import Refused

HIDDEN = "trajecten.contribution_hidden"
RESTORED = "trajecten.contribution_restored"

# What the author reads.
SENTENCES: Mapping[str, str | Promise] = {
    HideReason.PERSONAL: gettext_lazy("There are names or other personal things in it."),
    HideReason.INSULT: gettext_lazy("Somebody is insulted or threatened in it."),
    HideReason.DISCRIMINATION: gettext_lazy("People are treated as less in it, because of who they are."),
    HideReason.UNLAWFUL: gettext_lazy("It is against the law."),
    HideReason.ADVERTISING: gettext_lazy("It is advertising."),
    HideReason.OFF_TOPIC: gettext_lazy("It is about something else than this trajectory."),
    HideReason.DOUBLE: gettext_lazy("The same has been said already."),
    HideReason.OTHER: gettext_lazy("There is another reason. The municipality explains it."),
    HideReason.AUTHOR: gettext_lazy("You asked for it yourself."),
}


class ModerationRefused(Refused):
    """A decision or objection that can't be made; ``field`` says where something is missing, if anywhere."""


def of_new(trajectory: Trajectory) -> Moderation:
    """How a new contribution begins: read by an official first, or public at once. Its photos always wait."""
    return Moderation.PENDING if trajectory.premoderation else Moderation.PUBLISHED


def of_changed(target: Contribution) -> Moderation:
    """How a contribution goes on once its author wrote something else.

    Read by an official first as long as it was, and when it was hidden before, until somebody let others read it again:
    else words that were hidden come back by changing them twice.
    """
    is_waiting = target.moderation == Moderation.PENDING or was_hidden(target)
    return Moderation.PENDING if is_waiting else of_new(target.trajectory)


def was_hidden(target: Contribution) -> bool:
    """Whether it is hidden, or was by the newest decision on it, whatever its author changed since."""
    if target.moderation == Moderation.HIDDEN:
        return True
    newest = decisions_on(target).first()
    return newest is not None and newest.status == Moderation.HIDDEN


def decisions_on(target: Contribution) -> QuerySet[ModerationDecision]:
    """All decisions on this contribution, newest first."""
    kind = ContentType.objects.get_for_model(target)
    return ModerationDecision.objects.filter(content_type=kind, object_id=target.pk).order_by("-id")


def hidden_by(target: Contribution) -> ModerationDecision | None:
    """The decision that keeps it from others now, None when it is not hidden or was before decisions were kept."""
    if target.moderation != Moderation.HIDDEN:
        return None
    newest = decisions_on(target).first()
    return newest if newest and newest.status == Moderation.HIDDEN else None


@transaction.atomic
def publish(
    *,
    contribution: Contribution,
    by: User,
    photos: Iterable[Attachment] = (),
    tells_author: bool = True,
    seen: str = "",
) -> Contribution:
    """Let everybody read the words, and see those of the photos that the official saw.

    A photo that came meanwhile stays closed until somebody has looked. Reports of abuse are handled with it: it
    stays. Who was told before that it was hidden hears that it is back, unless another mail says so. ``seen`` is what
    it was (``Moderation``) when the official looked: refused (``ModerationRefused``) when somebody decided since.
    """
    locked = _lock(contribution)
    was = locked.moderation
    if seen and seen != was:
        raise ModerationRefused(_("A colleague has decided on this meanwhile. Look at it again."))
    opened = attachments.publish(target=locked, seen=photos)
    if was != Moderation.PUBLISHED:
        decision = _decide(locked, by=by, status=Moderation.PUBLISHED)
        _follow(locked, by)
        if was == Moderation.HIDDEN and tells_author:
            _tell_author(RESTORED, locked, decision)
    _log(locked, by=by, photos=opened)
    abuse.close(contribution=locked, by=by)
    return _renewed(contribution, locked)


@transaction.atomic
def hide(*, contribution: Contribution, by: User | None, reason: str, words: str = "") -> Contribution:
    """Keep words and photos from others. The author gets the reason, and may object once.

    Refused (``ModerationRefused``) without a reason, and without words where the reason says nothing by itself.
    Saying the same again changes nothing and mails nobody.
    """
    _check_reason(reason, words)
    locked = _lock(contribution)
    standing = hidden_by(locked)
    if standing and (standing.reason, standing.words) == (reason, words.strip()):
        return _renewed(contribution, locked)
    decision = _decide(locked, by=by, status=Moderation.HIDDEN, reason=reason, words=words.strip())
    closed = attachments.withdraw(target=locked)
    _log(locked, by=by, photos=closed)
    if reason != HideReason.AUTHOR:
        _tell_author(HIDDEN, locked, decision)
    abuse.close(contribution=locked, by=by)
    return _renewed(contribution, locked)


def _check_reason(reason: str, words: str) -> None:
    if reason not in HideReason.values:
        raise ModerationRefused(
            _("Choose why others may not read it: the author gets this reason."), field="reason"
        )
    if reason == HideReason.OTHER and not words.strip():
        raise ModerationRefused(_("Write down the reason: the author reads this."), field="words")


def _lock(contribution: Contribution) -> Contribution:
    """The newest row, locked."""
    rows = type(contribution)._base_manager.select_for_update(of=("self",))
    related = rows.select_related("author", "municipality").defer("municipality__boundary")
    locked: Contribution = related.get(pk=contribution.pk)
    return locked


def _renewed(contribution: Contribution, locked: Contribution) -> Contribution:
    contribution.moderation = locked.moderation
    return contribution


def _decide(
    locked: Contribution, *, by: User | None, status: Moderation, reason: str = "", words: str = ""
) -> ModerationDecision:
    decision = ModerationDecision.objects.create(
        municipality_id=locked.municipality_id,
        target=locked,
        by=by,
        status_before=locked.moderation,
        status=status,
        reason=reason,
        words=words,
    )
    locked.moderation = status
    locked.save(update_fields=["moderation"])
    return decision


def _follow(locked: Contribution, by: User) -> None:
    """Let the app that it is of do what follows from others reading it."""
    kind = registry.contribution_kind(type(locked))
    if kind.published:
        kind.published(locked, by)


def _log(locked: Contribution, *, by: User | None, photos: int) -> None:
    details = {"to": locked.moderation, "photos": photos}
    activities.record(verb="moderated", target=locked, by=by, details=details)


def _tell_author(key: str, locked: Contribution, decision: ModerationDecision) -> None:
    if locked.author and locked.author.can_be_told:
        notify.owe(
            key=key,
            to=locked.author,
            municipality=locked.municipality,
            about=decision,
            delivery_key=f"{key}:{decision.pk}",
        )
