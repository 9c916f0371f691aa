"""The vote on projects: preparing it, proposing, voting, counting, and what comes of it."""
