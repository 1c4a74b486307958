"""Why a real part cannot be had or started, and what to do."""


class PartRefused(RuntimeError):
    """A sentence in French for whoever starts Guichet: what happened, why, what to do."""
