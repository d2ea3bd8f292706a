# Written by hand.
# The models of django.contrib.auth, and what their managers do.

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.manager import EmptyManager


def update_last_login(sender, user, **kwargs):
    user.save()


class PermissionManager(models.Manager):
    use_in_migrations = True

    def get_by_natural_key(self, *args, **kwargs):
        return self.get()


class Permission(models.Model):
    name = models.CharField()
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE)
    codename = models.CharField()
    objects = PermissionManager()


class GroupManager(models.Manager):
    use_in_migrations = True

    def get_by_natural_key(self, *args, **kwargs):
        return self.get()

    def aget_by_natural_key(self, *args, **kwargs): ...


class Group(models.Model):
    name = models.CharField(unique=True)
    permissions = models.ManyToManyField("auth.Permission")
    objects = GroupManager()


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, username=None, email=None, password=None, **extra_fields):
        user = self.model(username=username, email=email, **extra_fields)
        user.save()
        return user

    def acreate_user(self, *args, **kwargs):
        return self.create_user(*args, **kwargs)

    def create_superuser(self, *args, **kwargs):
        return self.create_user(*args, **kwargs)

    def acreate_superuser(self, *args, **kwargs):
        return self.create_user(*args, **kwargs)

    def with_perm(self, *args, **kwargs): ...


class PermissionsMixin(models.Model):
    is_superuser = models.BooleanField()
    groups = models.ManyToManyField("auth.Group", related_name="user_set")
    user_permissions = models.ManyToManyField("auth.Permission", related_name="user_set")

    class Meta:
        abstract = True


class AbstractUser(AbstractBaseUser, PermissionsMixin):
    username = models.CharField(unique=True)
    first_name = models.CharField()
    last_name = models.CharField()
    email = models.EmailField()
    is_staff = models.BooleanField()
    is_active = models.BooleanField()
    date_joined = models.DateTimeField()
    objects = UserManager()

    class Meta:
        abstract = True


class User(AbstractUser):

    class Meta:
        swappable = "AUTH_USER_MODEL"


class AnonymousUser:
    id = None
    pk = None
    username = ''
    is_staff = False
    is_active = False
    is_superuser = False

    def save(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...

    def set_password(self, *args, **kwargs): ...

    def check_password(self, *args, **kwargs): ...

    @property
    def groups(self): ...

    @property
    def user_permissions(self): ...

    def get_user_permissions(self, *args, **kwargs): ...

    def aget_user_permissions(self, *args, **kwargs): ...

    def get_group_permissions(self, *args, **kwargs): ...

    def aget_group_permissions(self, *args, **kwargs): ...

    def get_all_permissions(self, *args, **kwargs): ...

    def aget_all_permissions(self, *args, **kwargs): ...

    def has_perm(self, *args, **kwargs): ...

    def ahas_perm(self, *args, **kwargs): ...

    def has_perms(self, *args, **kwargs): ...

    def ahas_perms(self, *args, **kwargs): ...

    def has_module_perms(self, *args, **kwargs): ...

    def ahas_module_perms(self, *args, **kwargs): ...

    @property
    def is_anonymous(self): ...

    @property
    def is_authenticated(self): ...

    def get_username(self, *args, **kwargs): ...
