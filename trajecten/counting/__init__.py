"""Counting ballots: pure Python over frozen dataclasses, without a database, for every trajectory that votes.

The rules and their sources are explained in ``docs/counting.md``.
"""
