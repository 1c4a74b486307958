"""What people see: server-rendered pages on the same application functions as the API. No rule lives here."""
