"""Whether others may read a contribution, of any app: deciding, reporting abuse, objecting, and the queue of it."""
