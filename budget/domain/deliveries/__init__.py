"""Figures that come in: reading them in each of their forms, and keeping them as versions of budgets."""
