"""A password hasher for laptops and tests."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickPBKDF2PasswordHasher(PBKDF2PasswordHasher):
    """Django's own format with few rounds: a demo with twenty sign-ins at once stays quick.

    Production keeps Django's number of rounds; there the first sign-in of a seeded user
    rewrites the stored hash.
    """

    iterations = 20_000
