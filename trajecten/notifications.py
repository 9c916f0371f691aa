"""The messages of the core, and what their templates need.

``docs/notifications.md`` is generated from this tuple (``manage.py document_notifications``).
"""

from trajecten.promise_notifications import MESSAGES as PROMISES

MESSAGES = (*PROMISES,)
