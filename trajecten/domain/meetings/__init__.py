"""Meetings: planning them, asking people, who comes, and what is kept of them."""
