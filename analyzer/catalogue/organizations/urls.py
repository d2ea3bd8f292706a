# Facts about organizations.urls, written by generate.py.

from django.urls import include
from django.urls import path
from organizations.views.default import OrganizationCreate
from organizations.views.default import OrganizationDelete
from organizations.views.default import OrganizationDetail
from organizations.views.default import OrganizationList
from organizations.views.default import OrganizationUpdate
from organizations.views.default import OrganizationUserCreate
from organizations.views.default import OrganizationUserDelete
from organizations.views.default import OrganizationUserDetail
from organizations.views.default import OrganizationUserList
from organizations.views.default import OrganizationUserRemind
from organizations.views.default import OrganizationUserUpdate


urlpatterns = [
    path('',
         OrganizationList.as_view(), name='organization_list'),
    path('add/',
         OrganizationCreate.as_view(), name='organization_add'),
    path('<int:organization_pk>/', include(([
        path('',
             OrganizationDetail.as_view(), name='organization_detail'),
        path('edit/',
             OrganizationUpdate.as_view(), name='organization_edit'),
        path('delete/',
             OrganizationDelete.as_view(), name='organization_delete'),
        path('people/', include(([
            path('',
                 OrganizationUserList.as_view(), name='organization_user_list'),
            path('add/',
                 OrganizationUserCreate.as_view(), name='organization_user_add'),
            path('<int:user_pk>/remind/',
                 OrganizationUserRemind.as_view(), name='organization_user_remind'),
            path('<int:user_pk>/',
                 OrganizationUserDetail.as_view(), name='organization_user_detail'),
            path('<int:user_pk>/edit/',
                 OrganizationUserUpdate.as_view(), name='organization_user_edit'),
            path('<int:user_pk>/delete/',
                 OrganizationUserDelete.as_view(), name='organization_user_delete'),
        ], None), namespace=None)),
    ], None), namespace=None)),
]
