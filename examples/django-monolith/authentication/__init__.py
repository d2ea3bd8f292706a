"""Users, sign-in by session, token and JWT, API keys. Its app label is `accounts`."""
