"""What everybody does in the story of one whole walk (``tests/e2e/test_whole_walk.py``), a module a part of it."""
