"""What the buurtschouw keeps of people, a module a subject: how they read it, how it is erased, and how long it stays.

How long reports stay is in ``domain/retention.py``.
"""
