# Facts about sorl.thumbnail, written by generate.py.

from sorl.thumbnail.fields import ImageField
