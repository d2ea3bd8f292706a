# Facts about wagtail.models.panels, written by generate.py.


class PanelPlaceholder:

    def construct(self, *args, **kwargs): ...


class CommentPanelPlaceholder(PanelPlaceholder):

    def construct(self, *args, **kwargs): ...
