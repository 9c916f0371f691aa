"""The shared pages of residents: the front page, my overview and my neighbourhood."""
