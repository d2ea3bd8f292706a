# Facts about timezone_field, written by generate.py.

from timezone_field.fields import TimeZoneField
