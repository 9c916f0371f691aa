"""How a municipality looks and what it decides for itself: colours, logo, words, terms and thresholds."""
