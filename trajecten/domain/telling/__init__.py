"""Telling people: the outbox, its words, digests, the inbox, preferences and following."""
