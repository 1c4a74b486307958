"""What mediators do: organisations, mandates, filing for a resident."""
