# Facts about django_comments.views.comments, written by generate.py.


class CommentPostBadRequest:
    pass


def post_comment(*args, **kwargs): ...
