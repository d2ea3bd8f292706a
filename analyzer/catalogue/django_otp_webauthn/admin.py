# Facts about django_otp_webauthn.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin


class WebAuthnCredentialAdmin(ModelAdmin):
    list_filter = ['last_used_at', 'created_at']
    raw_id_fields = ['user']

    def has_add_permission(self, *args, **kwargs): ...

    def public_key_hex(self, *args, **kwargs): ...

    def get_fieldsets(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    @property
    def media(self): ...
