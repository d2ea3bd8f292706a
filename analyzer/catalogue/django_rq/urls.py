# Facts about django_rq.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from django_rq.cron_views import cron_job_detail
from django_rq.cron_views import cron_scheduler_detail
from django_rq.stats_views import prometheus_metrics
from django_rq.stats_views import stats
from django_rq.stats_views import stats_json
from django_rq.views import actions
from django_rq.views import clear_queue
from django_rq.views import confirm_action
from django_rq.views import deferred_jobs
from django_rq.views import delete_failed_jobs
from django_rq.views import delete_job
from django_rq.views import enqueue_job
from django_rq.views import failed_jobs
from django_rq.views import finished_jobs
from django_rq.views import job_detail
from django_rq.views import jobs
from django_rq.views import queue_details
from django_rq.views import requeue_all
from django_rq.views import requeue_job_view
from django_rq.views import result_detail
from django_rq.views import scheduled_jobs
from django_rq.views import scheduler_jobs
from django_rq.views import started_jobs
from django_rq.views import stop_job
from django_rq.views import worker_details
from django_rq.views import workers


app_name = "django_rq"
urlpatterns = [
    re_path('^stats.json/?$',
         stats_json, name='home_json'),
    re_path('^stats.json/(?P<token>[\\w]+)?/?$',
         stats_json, name='home_json'),
    re_path('^metrics/?$',
         prometheus_metrics, name='metrics'),
    path('',
         stats, name='home'),
    path('queues/<int:queue_index>/',
         jobs, name='jobs'),
    path('queues/<int:queue_index>/details/',
         queue_details, name='queue_details'),
    path('queues/<int:queue_index>/finished/',
         finished_jobs, name='finished_jobs'),
    path('queues/<int:queue_index>/failed/',
         failed_jobs, name='failed_jobs'),
    path('queues/<int:queue_index>/failed/clear/',
         delete_failed_jobs, name='delete_failed_jobs'),
    path('queues/<int:queue_index>/scheduled/',
         scheduled_jobs, name='scheduled_jobs'),
    path('queues/<int:queue_index>/started/',
         started_jobs, name='started_jobs'),
    path('queues/<int:queue_index>/deferred/',
         deferred_jobs, name='deferred_jobs'),
    path('queues/<int:queue_index>/empty/',
         clear_queue, name='clear'),
    path('queues/<int:queue_index>/requeue-all/',
         requeue_all, name='requeue_all'),
    path('queues/<int:queue_index>/<str:job_id>/',
         job_detail, name='job_detail'),
    path('queues/<int:queue_index>/<str:job_id>/results/<str:result_id>/',
         result_detail, name='result_detail'),
    path('queues/<int:queue_index>/<str:job_id>/delete/',
         delete_job, name='delete_job'),
    path('queues/<int:queue_index>/<str:job_id>/requeue/',
         requeue_job_view, name='requeue_job'),
    path('queues/<int:queue_index>/<str:job_id>/enqueue/',
         enqueue_job, name='enqueue_job'),
    path('queues/<int:queue_index>/<str:job_id>/stop/',
         stop_job, name='stop_job'),
    path('queues/confirm-action/<int:queue_index>/',
         confirm_action, name='confirm_action'),
    path('queues/actions/<int:queue_index>/',
         actions, name='actions'),
    path('workers/<int:queue_index>/',
         workers, name='workers'),
    path('workers/<int:queue_index>/<str:key>/',
         worker_details, name='worker_details'),
    path('schedulers/<int:scheduler_index>/',
         scheduler_jobs, name='scheduler_jobs'),
    path('cron-schedulers/<int:connection_index>/<str:scheduler_name>/',
         cron_scheduler_detail, name='cron_scheduler_detail'),
    path('cron-schedulers/<int:connection_index>/<str:scheduler_name>/jobs/<path:cron_job_name>/',
         cron_job_detail, name='cron_job_detail'),
]
