"""Preparing a walk: the page of officials, with its forms, and that of the core group."""
