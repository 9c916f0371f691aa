"""The messages of budgetmonitoring, a module a subject.

``docs/notifications.md`` is generated from this tuple (``manage.py document_notifications``).
"""

from budget.notifications import alternatives, outcomes
from trajecten.registry import Category, Message

CATEGORIES: tuple[Category, ...] = (*alternatives.CATEGORIES,)
MESSAGES: tuple[Message, ...] = (*alternatives.MESSAGES, *outcomes.MESSAGES)
