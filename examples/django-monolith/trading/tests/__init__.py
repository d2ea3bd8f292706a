"""Tests of trading."""
