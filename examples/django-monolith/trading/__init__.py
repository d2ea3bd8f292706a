"""Orders, their executions and the checks before them."""
