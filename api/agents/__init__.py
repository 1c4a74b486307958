"""What agents do: queues and acts of instruction."""
