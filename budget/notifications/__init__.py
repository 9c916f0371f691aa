"""The messages of budgetmonitoring, a module a subject.

``docs/notifications.md`` is generated from this tuple (``manage.py document_notifications``).
"""

from trajecten.registry import Category, Message

CATEGORIES: tuple[Category, ...] = ()
MESSAGES: tuple[Message, ...] = ()
