"""The pages of signing in through FranceConnect and ProConnect; the rules are in `api/sign_in/oidc/`."""
