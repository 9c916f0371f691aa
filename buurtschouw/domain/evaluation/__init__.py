"""Looking back on a walk: asking walkers and officials, what they answer, and what everybody may read of it."""
