"""Routes under /trading/."""

from django.urls import path

from trading import views

app_name = "trading"

urlpatterns = [
    path("orders/", views.OrderListPage.as_view(), name="orders"),
    path("orders/new/", views.OrderTicketView.as_view(), name="ticket"),
    path("orders/export.csv", views.export_csv, name="export"),
    path("orders/<uuid:public_id>/", views.OrderPage.as_view(), name="order"),
    path("orders/<uuid:public_id>/cancel/", views.cancel, name="cancel"),
]
