"""Routes under /accounts/."""

from django.contrib.auth import views as auth_views
from django.urls import path, reverse_lazy

from authentication import views

app_name = "accounts"

urlpatterns = [
    path(
        "login/",
        auth_views.LoginView.as_view(template_name="accounts/login.html"),
        name="login",
    ),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("register/", views.register, name="register"),
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("activity/", views.ActivityView.as_view(), name="activity"),
    path("token/revoke/", views.revoke_token, name="revoke-token"),
    path(
        "password/",
        auth_views.PasswordChangeView.as_view(
            template_name="accounts/password.html",
            success_url=reverse_lazy("accounts:profile"),
        ),
        name="password",
    ),
]
