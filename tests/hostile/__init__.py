"""Files that somebody with bad intentions, or an odd phone, could send. Made when needed, never stored."""
