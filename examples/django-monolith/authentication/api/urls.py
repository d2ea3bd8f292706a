"""Routes under /api/auth/."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter
from rest_framework_simplejwt.views import TokenBlacklistView, TokenRefreshView

from . import views

app_name = "auth-api"

router = SimpleRouter()
router.register("users", views.UserViewSet, basename="user")

jwt_patterns = [
    path("create/", views.JwtLoginView.as_view(), name="create"),
    path("refresh/", TokenRefreshView.as_view(), name="refresh"),
    path("blacklist/", TokenBlacklistView.as_view(), name="blacklist"),
]

urlpatterns = [
    path("token/", views.TokenLoginView.as_view(), name="token"),
    path("token/logout/", views.token_logout, name="token-logout"),
    path("jwt/", include((jwt_patterns, "jwt"))),
    path("me/", views.MeView.as_view(), name="me"),
    path("login-events/", views.LoginEventListView.as_view(), name="login-events"),
]
urlpatterns += router.urls
