"""Pages about meetings: for who comes, and for who plans them."""
