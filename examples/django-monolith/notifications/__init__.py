"""Messages to users, price alerts and announcements."""
