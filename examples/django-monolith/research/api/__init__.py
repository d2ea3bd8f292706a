"""The REST API of research."""
