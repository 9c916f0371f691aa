"""The shared core: municipalities, participants, trajectories, promises, notifications."""
