# Facts about wagtail.admin.urls, written by generate.py.

from django.urls import include
from django.urls import path
from django.urls import re_path
from django.views.generic.base import TemplateView
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.account import AccountView
from wagtail.admin.views.account import LoginView
from wagtail.admin.views.account import LogoutView
from wagtail.admin.views.account import PasswordResetCompleteView
from wagtail.admin.views.account import PasswordResetConfirmView
from wagtail.admin.views.account import PasswordResetDoneView
from wagtail.admin.views.account import PasswordResetView
from wagtail.admin.views.bulk_action.dispatcher import index
from wagtail.admin.views.chooser import AnchorLinkView
from wagtail.admin.views.chooser import BrowseView
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.chooser import EmailLinkView
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.views.chooser import PhoneLinkView
from wagtail.admin.views.chooser import SearchView
from wagtail.admin.views.collection_privacy import set_privacy
from wagtail.admin.views.collections import Create
from wagtail.admin.views.collections import Delete
from wagtail.admin.views.collections import Edit
from wagtail.admin.views.collections import Index
from wagtail.admin.views.dismissibles import DismissiblesView
from wagtail.admin.views.editing_sessions import ping
from wagtail.admin.views.editing_sessions import release
from wagtail.admin.views.generic.history import HistoryView as history_HistoryView
from wagtail.admin.views.generic.models import CopyView
from wagtail.admin.views.generic.preview import StreamFieldBlockPreview
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.views.home import HomeView
from wagtail.admin.views.home import default
from wagtail.admin.views.home import error_test
from wagtail.admin.views.home import sprite
from wagtail.admin.views.i18n import localized_js_catalog
from wagtail.admin.views.pages.revisions import revisions_index
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import WorkflowTasksView
from wagtail.admin.views.reports.workflows import WorkflowView
from wagtail.admin.views.tags import autocomplete
from wagtail.admin.views.workflows import Create as workflows_Create
from wagtail.admin.views.workflows import CreateTask
from wagtail.admin.views.workflows import Disable
from wagtail.admin.views.workflows import DisableTask
from wagtail.admin.views.workflows import Edit as workflows_Edit
from wagtail.admin.views.workflows import EditTask
from wagtail.admin.views.workflows import Index as workflows_Index
from wagtail.admin.views.workflows import TaskChooserCreateView
from wagtail.admin.views.workflows import TaskChooserResultsView
from wagtail.admin.views.workflows import TaskChooserView
from wagtail.admin.views.workflows import TaskIndex
from wagtail.admin.views.workflows import WorkflowUsageView
from wagtail.admin.views.workflows import enable_task
from wagtail.admin.views.workflows import enable_workflow
from wagtail.admin.views.workflows import remove_workflow
from wagtail.admin.views.workflows import select_task_type
from wagtail.admin.views.workflows import task_chosen
from wagtail.contrib.forms.views import DeleteSubmissionsView
from wagtail.contrib.forms.views import FormPagesListView
from wagtail.contrib.forms.views import get_submissions_list_view
from wagtail.contrib.redirects.views import CreateView as views_CreateView
from wagtail.contrib.redirects.views import DeleteView as views_DeleteView
from wagtail.contrib.redirects.views import EditView as views_EditView
from wagtail.contrib.redirects.views import IndexView as views_IndexView
from wagtail.contrib.redirects.views import process_import
from wagtail.contrib.redirects.views import start_import
from wagtail.contrib.settings.views import EditView as views_EditView
from wagtail.contrib.settings.views import PreviewOnEdit
from wagtail.contrib.settings.views import redirect_to_relevant_instance
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views.chooser import DocumentChooseResultsView
from wagtail.documents.views.chooser import DocumentChooseView
from wagtail.documents.views.chooser import DocumentChooserUploadView
from wagtail.documents.views.chooser import DocumentChosenMultipleView
from wagtail.documents.views.chooser import DocumentChosenView
from wagtail.documents.views.documents import CreateView as documents_CreateView
from wagtail.documents.views.documents import DeleteView as documents_DeleteView
from wagtail.documents.views.documents import EditView as documents_EditView
from wagtail.documents.views.documents import IndexView as documents_IndexView
from wagtail.documents.views.documents import UsageView as documents_UsageView
from wagtail.documents.views.multiple import AddView
from wagtail.documents.views.multiple import CreateFromUploadedDocumentView
from wagtail.documents.views.multiple import DeleteUploadView
from wagtail.documents.views.multiple import DeleteView as multiple_DeleteView
from wagtail.documents.views.multiple import EditView as multiple_EditView
from wagtail.embeds.views.chooser import chooser
from wagtail.embeds.views.chooser import chooser_upload
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views.chooser import ImageChooseResultsView
from wagtail.images.views.chooser import ImageChooseView
from wagtail.images.views.chooser import ImageChosenMultipleView
from wagtail.images.views.chooser import ImageChosenView
from wagtail.images.views.chooser import ImageSelectFormatView
from wagtail.images.views.chooser import ImageUploadView
from wagtail.images.views.images import CreateView as images_CreateView
from wagtail.images.views.images import DeleteView as images_DeleteView
from wagtail.images.views.images import EditView as images_EditView
from wagtail.images.views.images import IndexView as images_IndexView
from wagtail.images.views.images import URLGeneratorView
from wagtail.images.views.images import UsageView as images_UsageView
from wagtail.images.views.images import preview
from wagtail.images.views.multiple import AddView as multiple_AddView
from wagtail.images.views.multiple import CreateFromUploadedImageView
from wagtail.images.views.multiple import DeleteUploadView as multiple_DeleteUploadView
from wagtail.images.views.multiple import DeleteView as multiple_DeleteView
from wagtail.images.views.multiple import EditView as multiple_EditView
from wagtail.locales.views import CreateView as views_CreateView
from wagtail.locales.views import DeleteView as views_DeleteView
from wagtail.locales.views import EditView as views_EditView
from wagtail.locales.views import IndexView as views_IndexView
from wagtail.sites.views import CreateView as views_CreateView
from wagtail.sites.views import DeleteView as views_DeleteView
from wagtail.sites.views import EditView as views_EditView
from wagtail.sites.views import IndexView as views_IndexView
from wagtail.snippets.views.snippets import ModelIndexView
from wagtail.users.views.groups import CreateView as groups_CreateView
from wagtail.users.views.groups import DeleteView as groups_DeleteView
from wagtail.users.views.groups import EditView as groups_EditView
from wagtail.users.views.groups import IndexView as groups_IndexView
from wagtail.users.views.users import CreateView
from wagtail.users.views.users import DeleteView
from wagtail.users.views.users import EditView
from wagtail.users.views.users import HistoryView
from wagtail.users.views.users import IndexView


urlpatterns = [
    path('',
         HomeView.as_view(), name='wagtailadmin_home'),
    path('test404/',
         TemplateView.as_view(),),
    path('api/', include(([
        path('main/', include(([
            re_path('^pages/', include(([
                path('',
                     PagesAdminAPIViewSet.as_view(), name='listing'),
                path('<int:pk>/',
                     PagesAdminAPIViewSet.as_view(), name='detail'),
                path('find/',
                     PagesAdminAPIViewSet.as_view(), name='find'),
                path('<int:pk>/action/<str:action_name>/',
                     PagesAdminAPIViewSet.as_view(), name='action'),
            ], 'pages'), namespace='pages')),
            re_path('^documents/', include(([
                path('',
                     DocumentsAdminAPIViewSet.as_view(), name='listing'),
                path('<int:pk>/',
                     DocumentsAdminAPIViewSet.as_view(), name='detail'),
                path('find/',
                     DocumentsAdminAPIViewSet.as_view(), name='find'),
            ], 'documents'), namespace='documents')),
            re_path('^images/', include(([
                path('',
                     ImagesAdminAPIViewSet.as_view(), name='listing'),
                path('<int:pk>/',
                     ImagesAdminAPIViewSet.as_view(), name='detail'),
                path('find/',
                     ImagesAdminAPIViewSet.as_view(), name='find'),
            ], 'images'), namespace='images')),
        ], 'wagtailadmin_api'), namespace='wagtailadmin_api')),
    ], None), namespace=None)),
    path('failwhale/',
         error_test, name='wagtailadmin_error_test'),
    path('pages/',
         None, name='wagtailadmin_explore_root'),
    path('pages/<int:parent_page_id>/',
         None, name='wagtailadmin_explore'),
    path('pages/<int:parent_page_id>/results/',
         None, name='wagtailadmin_explore_results'),
    path('bulk/<str:app_label>/<str:model_name>/<str:action>/',
         index, name='wagtail_bulk_action'),
    path('pages/', include(([
        path('add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/',
             None, name='add'),
        path('add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/',
             None, name='preview_on_add'),
        path('usage/<slug:content_type_app_name>/<slug:content_type_model_name>/',
             None, name='type_use'),
        path('create/<slug:app_label>/<slug:model_name>',
             None, name='choose_parent'),
        path('usage/<slug:content_type_app_name>/<slug:content_type_model_name>/results/',
             None, name='type_use_results'),
        path('<int:page_id>/usage/',
             None, name='usage'),
        path('<int:page_id>/edit/',
             None, name='edit'),
        path('<int:page_id>/edit/preview/',
             None, name='preview_on_edit'),
        path('<int:page_id>/view_draft/',
             None, name='view_draft'),
        path('<int:parent_page_id>/add_subpage/',
             None, name='add_subpage'),
        path('<int:page_id>/delete/',
             None, name='delete'),
        path('<int:page_id>/unpublish/',
             None, name='unpublish'),
        path('<int:page_id>/convert_alias/',
             None, name='convert_alias'),
        path('search/',
             None, name='search'),
        path('search/results/',
             None, name='search_results'),
        path('<int:page_to_move_id>/move/',
             None, name='move'),
        path('<int:page_to_move_id>/move/<int:destination_id>/confirm/',
             None, name='move_confirm'),
        path('<int:page_to_move_id>/set_position/',
             None, name='set_page_position'),
        path('<int:page_id>/copy/',
             None, name='copy'),
        path('workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/',
             None, name='workflow_action'),
        path('workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/',
             None, name='collect_workflow_action_data'),
        path('workflow/confirm_cancellation/<int:page_id>/',
             None, name='confirm_workflow_cancellation'),
        path('workflow/preview/<int:page_id>/<int:task_id>/',
             None, name='workflow_preview'),
        path('<int:page_id>/privacy/',
             None, name='set_privacy'),
        path('<int:page_id>/lock/',
             None, name='lock'),
        path('<int:page_id>/unlock/',
             None, name='unlock'),
        path('<int:page_id>/revisions/',
             revisions_index, name='revisions_index'),
        path('<int:page_id>/revisions/<int:revision_id>/view/',
             None, name='revisions_view'),
        path('<int:page_id>/revisions/<int:revision_id>/revert/',
             None, name='revisions_revert'),
        path('<int:page_id>/revisions/<int:revision_id>/unschedule/',
             None, name='revisions_unschedule'),
        re_path('^(?P<pk>\\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\\d+)\\.\\.\\.(?P<revision_id_b>live|latest|\\d+)/$',
             None, name='revisions_compare'),
        path('<int:page_id>/workflow_history/',
             None, name='workflow_history'),
        path('<int:page_id>/workflow_history/detail/<int:workflow_state_id>/',
             None, name='workflow_history_detail'),
        path('<int:page_id>/history/',
             None, name='history'),
        path('<int:page_id>/history/results/',
             None, name='history_results'),
    ], 'wagtailadmin_pages'), namespace='wagtailadmin_pages')),
    path('choose-page/',
         BrowseView.as_view(), name='wagtailadmin_choose_page'),
    path('choose-page/<int:parent_page_id>/',
         BrowseView.as_view(), name='wagtailadmin_choose_page_child'),
    path('choose-page/search/',
         SearchView.as_view(), name='wagtailadmin_choose_page_search'),
    path('choose-page/chosen-multiple/',
         ChosenMultipleView.as_view(), name='wagtailadmin_choose_page_chosen_multiple'),
    path('choose-external-link/',
         ExternalLinkView.as_view(), name='wagtailadmin_choose_page_external_link'),
    path('choose-email-link/',
         EmailLinkView.as_view(), name='wagtailadmin_choose_page_email_link'),
    path('choose-phone-link/',
         PhoneLinkView.as_view(), name='wagtailadmin_choose_page_phone_link'),
    path('choose-anchor-link/',
         AnchorLinkView.as_view(), name='wagtailadmin_choose_page_anchor_link'),
    path('tag-autocomplete/',
         autocomplete, name='wagtailadmin_tag_autocomplete'),
    path('tag-autocomplete/<slug:app_name>/<slug:model_name>/',
         autocomplete, name='wagtailadmin_tag_model_autocomplete'),
    path('collections/', include(([
        path('',
             Index.as_view(), name='index'),
        path('add/',
             Create.as_view(), name='add'),
        path('<int:pk>/',
             Edit.as_view(), name='edit'),
        path('<int:pk>/delete/',
             Delete.as_view(), name='delete'),
        path('<int:collection_id>/privacy/',
             set_privacy, name='set_privacy'),
    ], 'wagtailadmin_collections'), namespace='wagtailadmin_collections')),
    path('workflows/', include(([
        path('list/',
             workflows_Index.as_view(), name='index'),
        path('list/results/',
             workflows_Index.as_view(), name='index_results'),
        path('add/',
             workflows_Create.as_view(), name='add'),
        path('enable/<int:pk>/',
             enable_workflow, name='enable'),
        path('disable/<int:pk>/',
             Disable.as_view(), name='disable'),
        path('edit/<int:pk>/',
             workflows_Edit.as_view(), name='edit'),
        path('usage/<int:pk>/',
             WorkflowUsageView.as_view(), name='usage'),
        path('usage/<int:pk>/results/',
             WorkflowUsageView.as_view(), name='usage_results'),
        path('remove/<int:page_pk>/',
             remove_workflow, name='remove'),
        path('remove/<int:page_pk>/<int:workflow_pk>/',
             remove_workflow, name='remove'),
        path('tasks/add/<str:app_label>/<str:model_name>/',
             CreateTask.as_view(), name='add_task'),
        path('tasks/select_type/',
             select_task_type, name='select_task_type'),
        path('tasks/index/',
             TaskIndex.as_view(), name='task_index'),
        path('tasks/index/results/',
             TaskIndex.as_view(), name='task_index_results'),
        path('tasks/edit/<int:pk>/',
             EditTask.as_view(), name='edit_task'),
        path('tasks/disable/<int:pk>/',
             DisableTask.as_view(), name='disable_task'),
        path('tasks/enable/<int:pk>/',
             enable_task, name='enable_task'),
        path('task_chooser/',
             TaskChooserView.as_view(), name='task_chooser'),
        path('task_chooser/results/',
             TaskChooserResultsView.as_view(), name='task_chooser_results'),
        path('task_chooser/create/',
             TaskChooserCreateView.as_view(), name='task_chooser_create'),
        path('task_chooser/<int:task_id>/',
             task_chosen, name='task_chosen'),
    ], 'wagtailadmin_workflows'), namespace='wagtailadmin_workflows')),
    path('reports/', include(([
        path('locked/',
             LockedPagesView.as_view(), name='locked_pages'),
        path('locked/results/',
             LockedPagesView.as_view(), name='locked_pages_results'),
        path('workflow/',
             WorkflowView.as_view(), name='workflow'),
        path('workflow/results/',
             WorkflowView.as_view(), name='workflow_results'),
        path('workflow_tasks/',
             WorkflowTasksView.as_view(), name='workflow_tasks'),
        path('workflow_tasks/results/',
             WorkflowTasksView.as_view(), name='workflow_tasks_results'),
        path('site-history/',
             LogEntriesView.as_view(), name='site_history'),
        path('site-history/results/',
             LogEntriesView.as_view(), name='site_history_results'),
        path('aging-pages/',
             AgingPagesView.as_view(), name='aging_pages'),
        path('aging-pages/results/',
             AgingPagesView.as_view(), name='aging_pages_results'),
        path('page-types-usage/',
             PageTypesUsageReportView.as_view(), name='page_types_usage'),
        path('page-types-usage/results/',
             PageTypesUsageReportView.as_view(), name='page_types_usage_results'),
    ], 'wagtailadmin_reports'), namespace='wagtailadmin_reports')),
    path('account/',
         AccountView.as_view(), name='wagtailadmin_account'),
    path('logout/',
         LogoutView.as_view(), name='wagtailadmin_logout'),
    path('dismissibles/',
         DismissiblesView.as_view(), name='wagtailadmin_dismissibles'),
    path('editing-sessions/', include(([
        path('ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/',
             ping, name='ping'),
        path('release/<int:session_id>/',
             release, name='release'),
    ], 'wagtailadmin_editing_sessions'), namespace='wagtailadmin_editing_sessions')),
    path('block-preview/',
         StreamFieldBlockPreview.as_view(), name='wagtailadmin_block_preview'),
    path('documents/chooser/', include(([
        path('',
             DocumentChooseView.as_view(), name='choose'),
        path('results/',
             DocumentChooseResultsView.as_view(), name='choose_results'),
        path('chosen/<str:pk>/',
             DocumentChosenView.as_view(), name='chosen'),
        path('chosen-multiple/',
             DocumentChosenMultipleView.as_view(), name='chosen_multiple'),
        path('create/',
             DocumentChooserUploadView.as_view(), name='create'),
    ], 'wagtaildocs_chooser'), namespace='wagtaildocs_chooser')),
    path('images/chooser/', include(([
        path('',
             ImageChooseView.as_view(), name='choose'),
        path('results/',
             ImageChooseResultsView.as_view(), name='choose_results'),
        path('chosen/<str:pk>/',
             ImageChosenView.as_view(), name='chosen'),
        path('chosen-multiple/',
             ImageChosenMultipleView.as_view(), name='chosen_multiple'),
        path('create/',
             ImageUploadView.as_view(), name='create'),
        path('<int:image_id>/select_format/',
             ImageSelectFormatView.as_view(), name='select_format'),
    ], 'wagtailimages_chooser'), namespace='wagtailimages_chooser')),
    path('users/', include(([
        path('',
             IndexView.as_view(), name='index'),
        path('results/',
             IndexView.as_view(), name='index_results'),
        path('new/',
             CreateView.as_view(), name='add'),
        path('edit/<int:pk>/',
             EditView.as_view(), name='edit'),
        path('delete/<int:pk>/',
             DeleteView.as_view(), name='delete'),
        path('history/<int:pk>/',
             HistoryView.as_view(), name='history'),
        path('history-results/<int:pk>/',
             HistoryView.as_view(), name='history_results'),
        path('usage/<int:pk>/',
             UsageView.as_view(), name='usage'),
        path('copy/<int:pk>/',
             CopyView.as_view(), name='copy'),
    ], 'wagtailusers_users'), namespace='wagtailusers_users')),
    path('groups/', include(([
        path('',
             groups_IndexView.as_view(), name='index'),
        path('results/',
             groups_IndexView.as_view(), name='index_results'),
        path('new/',
             groups_CreateView.as_view(), name='add'),
        path('edit/<int:pk>/',
             groups_EditView.as_view(), name='edit'),
        path('delete/<int:pk>/',
             groups_DeleteView.as_view(), name='delete'),
        path('history/<int:pk>/',
             history_HistoryView.as_view(), name='history'),
        path('history-results/<int:pk>/',
             history_HistoryView.as_view(), name='history_results'),
        path('usage/<int:pk>/',
             UsageView.as_view(), name='usage'),
    ], 'wagtailusers_groups'), namespace='wagtailusers_groups')),
    path('sites/', include(([
        path('',
             views_IndexView.as_view(), name='index'),
        path('results/',
             views_IndexView.as_view(), name='index_results'),
        path('new/',
             views_CreateView.as_view(), name='add'),
        path('edit/<int:pk>/',
             views_EditView.as_view(), name='edit'),
        path('delete/<int:pk>/',
             views_DeleteView.as_view(), name='delete'),
        path('history/<int:pk>/',
             history_HistoryView.as_view(), name='history'),
        path('history-results/<int:pk>/',
             history_HistoryView.as_view(), name='history_results'),
        path('usage/<int:pk>/',
             UsageView.as_view(), name='usage'),
        path('copy/<int:pk>/',
             CopyView.as_view(), name='copy'),
    ], 'wagtailsites'), namespace='wagtailsites')),
    path('locales/', include(([
        path('',
             views_IndexView.as_view(), name='index'),
        path('results/',
             views_IndexView.as_view(), name='index_results'),
        path('new/',
             views_CreateView.as_view(), name='add'),
        path('edit/<int:pk>/',
             views_EditView.as_view(), name='edit'),
        path('delete/<int:pk>/',
             views_DeleteView.as_view(), name='delete'),
        path('history/<int:pk>/',
             history_HistoryView.as_view(), name='history'),
        path('history-results/<int:pk>/',
             history_HistoryView.as_view(), name='history_results'),
        path('usage/<int:pk>/',
             UsageView.as_view(), name='usage'),
    ], 'wagtaillocales'), namespace='wagtaillocales')),
    path('documents/', include(([
        path('',
             documents_IndexView.as_view(), name='index'),
        path('results/',
             documents_IndexView.as_view(), name='index_results'),
        path('add/',
             documents_CreateView.as_view(), name='add'),
        path('edit/<int:document_id>/',
             documents_EditView.as_view(), name='edit'),
        path('delete/<int:document_id>/',
             documents_DeleteView.as_view(), name='delete'),
        path('multiple/add/',
             AddView.as_view(), name='add_multiple'),
        path('multiple/<int:doc_id>/',
             multiple_EditView.as_view(), name='edit_multiple'),
        path('multiple/create_from_uploaded_document/<int:uploaded_file_id>/',
             CreateFromUploadedDocumentView.as_view(), name='create_multiple_from_uploaded_document'),
        path('multiple/<int:doc_id>/delete/',
             multiple_DeleteView.as_view(), name='delete_multiple'),
        path('multiple/delete_upload/<int:uploaded_file_id>/',
             DeleteUploadView.as_view(), name='delete_upload_multiple'),
        path('usage/<int:document_id>/',
             documents_UsageView.as_view(), name='document_usage'),
    ], 'wagtaildocs'), namespace='wagtaildocs')),
    path('images/', include(([
        path('',
             images_IndexView.as_view(), name='index'),
        path('results/',
             images_IndexView.as_view(), name='index_results'),
        path('<int:image_id>/',
             images_EditView.as_view(), name='edit'),
        path('<int:image_id>/delete/',
             images_DeleteView.as_view(), name='delete'),
        path('<int:image_id>/generate_url/',
             URLGeneratorView.as_view(), name='url_generator'),
        path('<int:image_id>/generate_url/output/',
             URLGeneratorView.as_view(), name='url_generator_output'),
        path('<int:image_id>/preview/<str:filter_spec>/',
             preview, name='preview'),
        path('add/',
             images_CreateView.as_view(), name='add'),
        path('usage/<int:image_id>/',
             images_UsageView.as_view(), name='image_usage'),
        path('multiple/add/',
             multiple_AddView.as_view(), name='add_multiple'),
        path('multiple/<int:image_id>/',
             multiple_EditView.as_view(), name='edit_multiple'),
        path('multiple/create_from_uploaded_image/<int:uploaded_file_id>/',
             CreateFromUploadedImageView.as_view(), name='create_multiple_from_uploaded_image'),
        path('multiple/<int:image_id>/delete/',
             multiple_DeleteView.as_view(), name='delete_multiple'),
        path('multiple/delete_upload/<int:uploaded_file_id>/',
             multiple_DeleteUploadView.as_view(), name='delete_upload_multiple'),
    ], 'wagtailimages'), namespace='wagtailimages')),
    path('snippets/', include(([
        path('',
             ModelIndexView.as_view(), name='index'),
    ], 'wagtailsnippets'), namespace='wagtailsnippets')),
    path('embeds/', include(([
        path('chooser/',
             chooser, name='chooser'),
        path('chooser/upload/',
             chooser_upload, name='chooser_upload'),
    ], 'wagtailembeds'), namespace='wagtailembeds')),
    path('forms/', include(([
        path('',
             FormPagesListView.as_view(), name='index'),
        path('results/',
             FormPagesListView.as_view(), name='index_results'),
        path('submissions/<int:page_id>/',
             get_submissions_list_view, name='list_submissions'),
        path('submissions/<int:page_id>/results/',
             get_submissions_list_view, name='list_submissions_results'),
        path('submissions/<int:page_id>/delete/',
             DeleteSubmissionsView.as_view(), name='delete_submissions'),
    ], 'wagtailforms'), namespace='wagtailforms')),
    path('redirects/', include(([
        path('',
             views_IndexView.as_view(), name='index'),
        path('results/',
             views_IndexView.as_view(), name='index_results'),
        path('add/',
             views_CreateView.as_view(), name='add'),
        path('<int:redirect_id>/',
             views_EditView.as_view(), name='edit'),
        path('<int:redirect_id>/delete/',
             views_DeleteView.as_view(), name='delete'),
        path('import/',
             start_import, name='start_import'),
        path('import/process/',
             process_import, name='process_import'),
    ], 'wagtailredirects'), namespace='wagtailredirects')),
    path('settings/', include(([
        path('<slug:app_name>/<slug:model_name>/',
             redirect_to_relevant_instance, name='edit'),
        path('<slug:app_name>/<slug:model_name>/<int:pk>/',
             views_EditView.as_view(), name='edit'),
        path('<slug:app_name>/<slug:model_name>/<int:pk>/preview/',
             PreviewOnEdit.as_view(), name='preview_on_edit'),
    ], 'wagtailsettings'), namespace='wagtailsettings')),
    path('sprite/',
         sprite, name='wagtailadmin_sprite'),
    path('login/',
         LoginView.as_view(), name='wagtailadmin_login'),
    path('password_reset/', include(([
        path('',
             PasswordResetView.as_view(), name='wagtailadmin_password_reset'),
        path('done/',
             PasswordResetDoneView.as_view(), name='wagtailadmin_password_reset_done'),
        path('confirm/<uidb64>/<token>/',
             PasswordResetConfirmView.as_view(), name='wagtailadmin_password_reset_confirm'),
        path('complete/',
             PasswordResetCompleteView.as_view(), name='wagtailadmin_password_reset_complete'),
    ], None), namespace=None)),
    path('jsi18n/',
         localized_js_catalog, name='wagtailadmin_javascript_catalog'),
    re_path('^.*/$',
         default,),
]
