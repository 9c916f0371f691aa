"""The pages of a vote on projects: those of residents, and those of officials."""
