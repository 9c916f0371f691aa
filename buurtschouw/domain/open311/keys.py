"""The keys of other systems: made, renewed and revoked by a coordinator, and recognised when they come along."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.models import ApiKey
from trajecten.domain import activities
from trajecten.models import Activity, Municipality, User
from trajecten.refusals import Refused

MARK = "o311"
MADE, CHANGED, RENEWED, REVOKED = (f"open311_key_{act}" for act in ("made", "changed", "renewed", "revoked"))
VERBS = {
    MADE: gettext_lazy("Made"),
    CHANGED: gettext_lazy("Changed"),
    RENEWED: gettext_lazy("Renewed"),
    REVOKED: gettext_lazy("Revoked"),
}
# How exactly it is kept when a key was used last.
USED_WITHIN = timedelta(minutes=1)


class KeyRefused(Refused):
    """A key that can't be kept like this; the message says why."""


@transaction.atomic
def make(*, municipality: Municipality, by: User, **about: Any) -> tuple[ApiKey, str]:
    """A new key with ``about`` (the fields of ``keep``), and the key in words, which is known nowhere else after."""
    key = ApiKey(municipality=municipality, owner=by)
    words = _new_words(key)
    _fill(key, **about)
    key.save()
    activities.record(verb=MADE, target=key, by=by)
    return key, words


@transaction.atomic
def keep(*, key: ApiKey, by: User, **about: Any) -> ApiKey:
    """Change what the key may do; refused (``KeyRefused``) when it has been revoked."""
    key = _locked(key)
    _fill(key, **about)
    key.save()
    activities.record(verb=CHANGED, target=key, by=by)
    return key


def _fill(
    key: ApiKey,
    *,
    name: str,
    may_read: bool,
    may_report: bool,
    may_update: bool,
    requests_per_minute: int,
    reports_per_hour: int,
    media_hosts: str,
) -> None:
    if not (may_read or may_report or may_update):
        raise KeyRefused(_("Choose at least one thing that this system may do."), field="may_read")
    key.name, key.media_hosts = name, media_hosts
    key.may_read, key.may_report, key.may_update = may_read, may_report, may_update
    key.requests_per_minute, key.reports_per_hour = requests_per_minute, reports_per_hour


@transaction.atomic
def renew(*, key: ApiKey, by: User) -> str:
    """A new secret in place of the old one, which opens nothing from now on. Who renews it answers for it.

    Returns the key in words. Refused (``KeyRefused``) when it has been revoked.
    """
    key = _locked(key)
    words = _new_words(key)
    key.owner, key.renewed_at = by, timezone.now()
    key.save()
    activities.record(verb=RENEWED, target=key, by=by)
    return words


@transaction.atomic
def revoke(*, key: ApiKey, by: User) -> ApiKey:
    """Let the key open nothing any more, for good. Doing so twice changes nothing."""
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if key.is_valid:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        activities.record(verb=REVOKED, target=key, by=by)
    return key


def _locked(key: ApiKey) -> ApiKey:
    newest = ApiKey.objects.select_for_update().get(pk=key.pk)
    if not newest.is_valid:
        raise KeyRefused(_("This key has been revoked. Make a new one."))
    return newest


def _new_words(key: ApiKey) -> str:
    """Give the key a new prefix and secret. 256 bits need no slow hash: they can't be guessed from it."""
    key.prefix = secrets.token_hex(6)
    words = f"{MARK}_{key.prefix}_{secrets.token_urlsafe(32)}"
    key.secret_hash = _hash(words)
    return words


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def recognise(words: str) -> ApiKey | None:
    """The key of this municipality that is valid and reads like this; None for any other. Notes that it was used."""
    parts = words.split("_", 2)
    if len(parts) != 3 or parts[0] != MARK or "\0" in words:
        return None
    key = ApiKey.objects.select_related("owner").filter(prefix=parts[1], revoked_at__isnull=True).first()
    if key is None or not constant_time_compare(key.secret_hash, _hash(words)):
        return None
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at < now - USED_WITHIN:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key


def history(key: ApiKey) -> list[tuple[Activity, str | Promise]]:
    """What was done with the key, the newest first, each with what that is called."""
    kind = ContentType.objects.get_for_model(ApiKey)
    rows = Activity.objects.filter(content_type=kind, object_id=key.pk).select_related("actor_user")
    return [(act, VERBS[act.verb]) for act in rows.order_by("-at", "-id")]
