# Facts about django_comments, written by generate.py.


DEFAULT_COMMENTS_APP = 'django_comments'


def get_comment_app(*args, **kwargs): ...


def get_comment_app_name(*args, **kwargs): ...


def get_model(*args, **kwargs): ...


def get_form(*args, **kwargs): ...


def get_form_target(*args, **kwargs): ...


def get_flag_url(*args, **kwargs): ...


def get_delete_url(*args, **kwargs): ...


def get_approve_url(*args, **kwargs): ...
