"""What residents do: file, follow, answer."""
