"""Pages about council items: for everybody, and for clerks."""
