# Facts about sorl.thumbnail.apps, written by generate.py.


class ThumbnailConfig:
    name = "sorl.thumbnail"
