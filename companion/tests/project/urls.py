"""Views that read, write, stream and fail."""

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from .models import Author, Book


def shelf(request, pk):
    titles = [f"{book.title} by {book.author.name}" for book in Book.objects.filter(pk=pk)]
    return HttpResponse("\n".join(titles))


def publish(request):
    if request.GET.get("unlucky"):
        Author.objects.create(name="kept")
        raise RuntimeError("unlucky")
    with transaction.atomic():
        author = Author.objects.create(name="Ada")
        Book.objects.create(title="Notes", author=author)
    return HttpResponse(status=201)


def export(request):
    def rows():
        for author in Author.objects.all():
            yield f"{author.name}\n"

    return StreamingHttpResponse(rows())


urlpatterns = [
    path("shelf/<int:pk>/", shelf),
    path("publish/", publish),
    path("export/", export),
]
