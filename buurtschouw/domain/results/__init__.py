"""What came of a walk: scores, observations with their answers, promises, and what changed since the last one."""
