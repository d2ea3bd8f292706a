# Written by hand.
# What django.core.paginator does as far as tables are concerned: a page is some of the rows.


class Paginator:
    def __init__(self, object_list, per_page, orphans=0, allow_empty_first_page=True):
        self.object_list = object_list
        self.per_page = per_page

    @property
    def count(self):
        return self.object_list.count()

    @property
    def num_pages(self):
        return self.count

    def page(self, number):
        return Page(self.object_list, number, self)

    def get_page(self, number):
        return self.page(number)


class Page:
    def __init__(self, object_list, number, paginator):
        self.object_list = object_list
        self.number = number
        self.paginator = paginator

    def __iter__(self):
        return [row for row in self.object_list]

    def __len__(self):
        return self.paginator.count
