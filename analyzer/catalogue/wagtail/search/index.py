# Written by hand.
# Facts about wagtail.search.index: the names of modelsearch.index, under their older home.

from modelsearch.index import *
