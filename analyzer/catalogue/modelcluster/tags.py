# Facts about modelcluster.tags, written by generate.py.

from modelcluster.contrib.taggit import ClusterTaggableManager


TAGGIT_VERSION = (6, 1, 0)
