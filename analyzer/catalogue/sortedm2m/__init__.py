# Written by hand.
# Facts about sortedm2m.
