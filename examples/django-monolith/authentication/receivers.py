"""Signal receivers of authentication."""
