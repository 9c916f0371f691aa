"""Finding what the reader may see: which kinds there are, how words are understood, and what is shown of it.

Nothing is copied into an index of its own: each search asks the rows themselves, so what is hidden is not found from
that moment on (docs/adr/0022).
"""
