"""The messages of the buurtschouw, a module a subject.

``docs/notifications.md`` is generated from this tuple (``manage.py document_notifications``).
"""

from buurtschouw.notifications import evaluating, forwarding, handling, ideas, preparing, reports, walking

CATEGORIES = ideas.CATEGORIES
MESSAGES = (
    *reports.MESSAGES,
    *handling.MESSAGES,
    *forwarding.MESSAGES,
    *walking.MESSAGES,
    *evaluating.MESSAGES,
    *ideas.MESSAGES,
    *preparing.MESSAGES,
)
