"""The French sentences that people read, found where they are written, and what the catalogues lack of them."""
