"""Sequence-analysis runs: the compute-heavy corner of the platform."""
