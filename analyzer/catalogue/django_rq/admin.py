# Facts about django_rq.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.urls import path
from django.urls import re_path
from django_rq.models import Dashboard


class QueueAdmin(ModelAdmin):

    def has_add_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    def has_module_permission(self, *args, **kwargs): ...

    def changelist_view(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            re_path('^stats.json/?$', self.admin_site.admin_view(self.stats_json), name='django_rq_home_json',),
            re_path('^stats.json/(?P<token>[\\w]+)?/?$', self.admin_site.admin_view(self.stats_json), name='django_rq_home_json',),
            re_path('^metrics/?$', self.admin_site.admin_view(self.prometheus_metrics), name='django_rq_metrics',),
            path('', self.admin_site.admin_view(self.stats), name='django_rq_home',),
            path('queues/<int:queue_index>/', self.admin_site.admin_view(self.jobs), name='django_rq_jobs',),
            path('queues/<int:queue_index>/details/', self.admin_site.admin_view(self.queue_details), name='django_rq_queue_details',),
            path('queues/<int:queue_index>/finished/', self.admin_site.admin_view(self.finished_jobs), name='django_rq_finished_jobs',),
            path('queues/<int:queue_index>/failed/', self.admin_site.admin_view(self.failed_jobs), name='django_rq_failed_jobs',),
            path('queues/<int:queue_index>/failed/clear/', self.admin_site.admin_view(self.delete_failed_jobs), name='django_rq_delete_failed_jobs',),
            path('queues/<int:queue_index>/scheduled/', self.admin_site.admin_view(self.scheduled_jobs), name='django_rq_scheduled_jobs',),
            path('queues/<int:queue_index>/started/', self.admin_site.admin_view(self.started_jobs), name='django_rq_started_jobs',),
            path('queues/<int:queue_index>/deferred/', self.admin_site.admin_view(self.deferred_jobs), name='django_rq_deferred_jobs',),
            path('queues/<int:queue_index>/empty/', self.admin_site.admin_view(self.clear_queue), name='django_rq_clear',),
            path('queues/<int:queue_index>/requeue-all/', self.admin_site.admin_view(self.requeue_all), name='django_rq_requeue_all',),
            path('queues/<int:queue_index>/<str:job_id>/', self.admin_site.admin_view(self.job_detail), name='django_rq_job_detail',),
            path('queues/<int:queue_index>/<str:job_id>/results/<str:result_id>/', self.admin_site.admin_view(self.result_detail), name='django_rq_result_detail',),
            path('queues/<int:queue_index>/<str:job_id>/delete/', self.admin_site.admin_view(self.delete_job), name='django_rq_delete_job',),
            path('queues/<int:queue_index>/<str:job_id>/requeue/', self.admin_site.admin_view(self.requeue_job_view), name='django_rq_requeue_job',),
            path('queues/<int:queue_index>/<str:job_id>/enqueue/', self.admin_site.admin_view(self.enqueue_job), name='django_rq_enqueue_job',),
            path('queues/<int:queue_index>/<str:job_id>/stop/', self.admin_site.admin_view(self.stop_job), name='django_rq_stop_job',),
            path('queues/confirm-action/<int:queue_index>/', self.admin_site.admin_view(self.confirm_action), name='django_rq_confirm_action',),
            path('queues/actions/<int:queue_index>/', self.admin_site.admin_view(self.actions), name='django_rq_actions',),
            path('workers/<int:queue_index>/', self.admin_site.admin_view(self.workers), name='django_rq_workers',),
            path('workers/<int:queue_index>/<str:key>/', self.admin_site.admin_view(self.worker_details), name='django_rq_worker_details',),
            path('schedulers/<int:scheduler_index>/', self.admin_site.admin_view(self.scheduler_jobs), name='django_rq_scheduler_jobs',),
            path('cron-schedulers/<int:connection_index>/<str:scheduler_name>/', self.admin_site.admin_view(self.cron_scheduler_detail), name='django_rq_cron_scheduler_detail',),
            path('cron-schedulers/<int:connection_index>/<str:scheduler_name>/jobs/<path:cron_job_name>/', self.admin_site.admin_view(self.cron_job_detail), name='django_rq_cron_job_detail',),
        ] + super().get_urls()


admin.site.register(Dashboard, QueueAdmin)
