"""`python -m cli` is `guichet`."""

from cli.main import main

main()
