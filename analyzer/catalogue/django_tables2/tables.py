# Written by hand.
# What django_tables2.tables does as far as tables are concerned: it holds rows and shows them.


class Table:
    def __init__(self, data=None, **kwargs):
        self.data = data
        self.request = kwargs.get("request")

    @property
    def rows(self):
        return self.data

    @property
    def page(self):
        return self.data

    def __iter__(self):
        return self.data

    def as_html(self, request):
        for row in self.data:
            pass

    def paginate(self, **kwargs): ...
