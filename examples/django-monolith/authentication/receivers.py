"""Signal receivers of authentication: the profile of a new user, the log of sign-ins."""

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver

from authentication.models import LoginEvent, User, UserProfile


@receiver(post_save, sender=User)
def create_profile(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        UserProfile.objects.create(user=instance, display_name=instance.username)


@receiver(user_logged_in)
def record_login(sender, request, user, **kwargs):
    LoginEvent.objects.create(
        user=user, username=user.username, method=LoginEvent.Method.SESSION, succeeded=True
    )


@receiver(user_login_failed)
def record_failure(sender, credentials, request=None, **kwargs):
    username = str(credentials.get("username", ""))[:150]
    LoginEvent.objects.create(
        user=User.objects.filter(username=username).first(),
        username=username,
        method=LoginEvent.Method.SESSION,
        succeeded=False,
    )
