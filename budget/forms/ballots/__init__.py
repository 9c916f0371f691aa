"""The forms of a vote on projects: those of officials, and those of residents."""
