"""How long records are kept: the rules of the core, what goes when, and letting it go every night."""
