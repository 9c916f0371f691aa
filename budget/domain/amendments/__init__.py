"""The residents' alternative on its way to the council: drafting the amendment, handing it in, and what is promised."""
