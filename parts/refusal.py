"""Why a real part cannot be had or started, and what to do."""

from __future__ import annotations


class PartRefused(RuntimeError):
    """A sentence in French for whoever starts Guichet: what happened, why, what to do."""
