# Written by hand. How migration files name what they need.

from django.db.migrations.migration import Migration
from django.db.migrations.migration import swappable_dependency
from django.db.migrations.operations import *
