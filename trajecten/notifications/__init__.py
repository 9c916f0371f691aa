"""The messages of the core, a module a subject, and what their templates need.

``docs/notifications.md`` is generated from them (``manage.py document_notifications``).
"""

from trajecten.notifications import council, meetings, promises, proposals, rights, telling

CATEGORIES = (*telling.CATEGORIES, *promises.CATEGORIES, *council.CATEGORIES, *meetings.CATEGORIES)
MESSAGES = (
    *proposals.MESSAGES,
    *promises.MESSAGES,
    *council.MESSAGES,
    *meetings.MESSAGES,
    *rights.MESSAGES,
    *telling.MESSAGES,
)
