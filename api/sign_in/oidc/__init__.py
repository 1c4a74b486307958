"""Signing in by OpenID Connect: FranceConnect for residents, ProConnect for agents and mediators."""
