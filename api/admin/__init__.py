"""What administrators do: accounts, groups, organisations, factors, tokens; never a dossier's contents."""
