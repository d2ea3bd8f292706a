# Facts about debug_toolbar.urls, written by generate.py.

from debug_toolbar.panels.history.views import history_refresh
from debug_toolbar.panels.history.views import history_sidebar
from debug_toolbar.panels.sql.views import sql_explain
from debug_toolbar.panels.sql.views import sql_profile
from debug_toolbar.panels.sql.views import sql_select
from debug_toolbar.panels.templates.views import template_source
from debug_toolbar.views import render_panel
from django.urls import path


app_name = "djdt"
urlpatterns = [
    path('render_panel/',
         render_panel, name='render_panel'),
    path('history_sidebar/',
         history_sidebar, name='history_sidebar'),
    path('history_refresh/',
         history_refresh, name='history_refresh'),
    path('sql_select/',
         sql_select, name='sql_select'),
    path('sql_explain/',
         sql_explain, name='sql_explain'),
    path('sql_profile/',
         sql_profile, name='sql_profile'),
    path('template_source/',
         template_source, name='template_source'),
]
