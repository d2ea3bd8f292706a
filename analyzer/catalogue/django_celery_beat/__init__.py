# Facts about django_celery_beat, written by generate.py.


class version_info_t:
    pass
