"""The log of who did what."""

from typing import Any

from django.db.models import Model

from trajecten.domain import writing
from trajecten.models import Activity, Participant, User


def record(
    *,
    verb: str,
    target: Model,
    by: User | Participant | None,
    is_public: bool = False,
    details: dict[str, Any] | None = None,
) -> Activity:
    """Append an activity of ``target`` (which has a municipality). Call it within the act's transaction."""
    new = activity(verb=verb, target=target, by=by, is_public=is_public, details=details)
    writing.insert(new)
    return new.row


def activity(
    *,
    verb: str,
    target: Model,
    by: User | Participant | None,
    is_public: bool = False,
    details: dict[str, Any] | None = None,
) -> writing.New[Activity]:
    """The row behind ``record``."""
    return writing.New(
        Activity(
            municipality_id=target.municipality_id,  # type: ignore[attr-defined]
            actor_user=by if isinstance(by, User) else None,
            actor_participant=by if isinstance(by, Participant) else None,
            verb=verb,
            target=target,
            is_public=is_public,
            details=details or {},
        )
    )
