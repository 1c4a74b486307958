"""OpenID providers for demonstrations and tests, as real processes: `oidc-provider-mock` and what it lacks."""
