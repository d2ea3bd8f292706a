# Facts about imagekit.admin, written by generate.py.


class AdminThumbnail:
    allow_tags = True
