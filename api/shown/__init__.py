"""What of a dossier is shown, to whom: answers made from the domain's values."""
