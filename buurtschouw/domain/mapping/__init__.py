"""The map of reports, clustered on the server: its ``grid``, ``folding`` of counts, and what a ``viewport`` shows."""
