"""Context processors."""


def inbox(request):
    return {}
