"""One file for each noun that `guichet` knows; `cli/gathering.py` finds them."""
