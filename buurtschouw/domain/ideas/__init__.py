"""The life of an idea: supporting, joining and pulling it, judging it, its power, and what becomes of it."""
