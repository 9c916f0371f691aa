"""Rounds of alternative budgets: preparing one, its lines, opening and closing it, and what is counted of it."""
