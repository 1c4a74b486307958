"""What other systems do: deposit and list."""
