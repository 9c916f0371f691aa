"""What everybody does in the story of one whole route (``tests/e2e/test_whole_budget.py``), a module a part of it."""
