# Written by hand.
# Facts about rules.contrib: it holds nothing itself.
