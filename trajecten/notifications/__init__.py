"""The messages of the core, a module a subject, and what their templates need.

``docs/notifications.md`` is generated from them (``manage.py document_notifications``).
"""

from trajecten.notifications import (
    council,
    enrolment,
    followed,
    meetings,
    promises,
    proposals,
    rights,
    successions,
    telling,
)

_SUBJECTS = (proposals, enrolment, promises, council, meetings, followed, rights, successions, telling)
CATEGORIES = tuple(
    category
    for subject in (telling, promises, council, meetings, enrolment, followed, successions)
    for category in subject.CATEGORIES
)
MESSAGES = tuple(message for subject in _SUBJECTS for message in subject.MESSAGES)
