"""Choosing themes and programmes: for residents, and for who prepares it."""
