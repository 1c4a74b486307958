"""What `guichet procedure check` looks at: each file holds the checks of one subject, each fault a French sentence."""
