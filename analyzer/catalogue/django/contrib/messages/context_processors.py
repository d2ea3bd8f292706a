# Written by hand.
# What django.contrib.messages.context_processors does as far as tables are concerned.

from django.contrib.messages import get_messages


def messages(request):
    return {"messages": get_messages(request)}
