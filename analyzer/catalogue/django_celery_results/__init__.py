# Facts about django_celery_results, written by generate.py.


class version_info_t:
    pass
