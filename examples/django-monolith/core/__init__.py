"""Shared by every app: abstract models, pagination, filters, seeding. Not an app itself."""
