"""Admin pages of accounts."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from authentication.models import LoginEvent, User, UserProfile


class UserProfileInline(admin.StackedInline):
    model = UserProfile
    extra = 0
    raw_id_fields = ["favourite_instrument"]


@admin.register(User)
class PlatformUserAdmin(UserAdmin):
    list_display = ["username", "email", "is_trader", "is_staff", "date_joined"]
    list_filter = ["is_trader", "is_staff", "groups"]
    inlines = [UserProfileInline]
    fieldsets = UserAdmin.fieldsets + (("Platform", {"fields": ["is_trader", "referred_by"]}),)


@admin.register(LoginEvent)
class LoginEventAdmin(admin.ModelAdmin):
    list_display = ["username", "method", "succeeded", "happened_at"]
    list_filter = ["method", "succeeded"]
    search_fields = ["username", "user__email"]
    date_hierarchy = "happened_at"
