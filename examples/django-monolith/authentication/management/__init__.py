"""Management package of accounts."""
