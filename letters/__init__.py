"""From a letter's Markdown source and a context to an accessible, archivable PDF."""
