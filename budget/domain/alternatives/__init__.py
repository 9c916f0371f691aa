"""The alternative budget of one person: begin, keep, finish, share, stop."""
