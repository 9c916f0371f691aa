"""Budgetmonitoring's part of the demo: figures of made-up municipalities, and what residents make of them."""
