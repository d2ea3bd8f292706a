# Written by hand.
# Facts about django.template: what is not told here is only named.
