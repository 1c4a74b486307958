"""Pages of the demonstration alone: production answers 404."""
