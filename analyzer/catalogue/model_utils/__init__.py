# Facts about model_utils, written by generate.py.

from model_utils.choices import Choices
from model_utils.tracker import FieldTracker
from model_utils.tracker import ModelTracker
