# Written by hand.
# Facts about modeltranslation.
