"""What `guichet doctor` looks at: one small check for each thing the product needs."""
