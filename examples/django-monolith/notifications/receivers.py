"""Receivers of other apps' signals."""
