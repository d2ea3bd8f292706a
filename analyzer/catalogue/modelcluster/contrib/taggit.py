# Facts about modelcluster.contrib.taggit, written by generate.py.

from taggit.managers import TaggableManager


TAGGIT_VERSION = (6, 1, 0)


class ClusterTaggableManager(TaggableManager):
    pass
