"""The messages of budgetmonitoring, a module a subject.

``docs/notifications.md`` is generated from this tuple (``manage.py document_notifications``).
"""

from budget.notifications import alternatives, analysing, ballots, choosing, deliveries, monitor, outcomes

SUBJECTS = (choosing, analysing, alternatives, ballots, outcomes, monitor, deliveries)
CATEGORIES = tuple(each for part in SUBJECTS for each in getattr(part, "CATEGORIES", ()))
MESSAGES = tuple(each for part in SUBJECTS for each in part.MESSAGES)
