"""The development identity provider: OpenID Connect without passwords, for one's own machine only."""
