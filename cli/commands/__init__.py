"""One file for each noun that `guichet` knows; `cli/table.py` names them."""
