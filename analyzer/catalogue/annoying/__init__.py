# Written by hand.
# Facts about annoying: it holds nothing itself.
