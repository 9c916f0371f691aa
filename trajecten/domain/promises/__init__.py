"""Promises: made from what was said, kept or not, and judged by those behind them.

Who writes locks the promise first. ``version`` is that of the promise which an official was looking at: when it is
not the newest any more the act is refused with ``CommitmentChanged``, so that nobody overwrites another's act.
"""
