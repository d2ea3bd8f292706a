# Facts about modelcluster.tags, written by generate.py.


TAGGIT_VERSION = (6, 1, 0)
