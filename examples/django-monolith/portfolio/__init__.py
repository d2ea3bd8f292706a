"""Portfolios, cash accounts, holdings and watchlists."""
