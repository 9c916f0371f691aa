"""The messages of budgetmonitoring, a module a subject.

``docs/notifications.md`` is generated from this tuple (``manage.py document_notifications``).
"""

from budget.notifications import alternatives, analysing, ballots, choosing, monitor, outcomes

CATEGORIES = (*choosing.CATEGORIES, *analysing.CATEGORIES, *alternatives.CATEGORIES, *ballots.CATEGORIES, *monitor.CATEGORIES)
MESSAGES = (
    *choosing.MESSAGES,
    *analysing.MESSAGES,
    *alternatives.MESSAGES,
    *ballots.MESSAGES, *outcomes.MESSAGES,
    *monitor.MESSAGES,
)
