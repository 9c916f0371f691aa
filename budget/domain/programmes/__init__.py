"""The council's programmes, and the parts of task fields that fall under them."""
