# Facts about django_celery_results.urls, written by generate.py.

from django.urls import path
from django_celery_results.views import group_status
from django_celery_results.views import is_group_successful
from django_celery_results.views import is_task_successful
from django_celery_results.views import task_status


urlpatterns = [
    path('task/done/<task_pattern:task_id>/',
         is_task_successful, name='celery-is_task_successful'),
    path('task/status/<task_pattern:task_id>/',
         task_status, name='celery-task_status'),
    path('group/done/<task_pattern:group_id>/',
         is_group_successful, name='celery-is_group_successful'),
    path('group/status/<task_pattern:group_id>/',
         group_status, name='celery-group_status'),
    path('<task_pattern:task_id>/done/',
         is_task_successful, name='celery-is_task_successful'),
    path('<task_pattern:task_id>/status/',
         task_status, name='celery-task_status'),
    path('<task_pattern:group_id>/group/done/',
         is_group_successful, name='celery-is_group_successful'),
    path('<task_pattern:group_id>/group/status/',
         group_status, name='celery-group_status'),
]
