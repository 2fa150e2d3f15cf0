from django.urls import path

from peyvand.web.administration import moving, people, places, roles, system

app_name = "administration"
urlpatterns = [
    path("", system.home, name="home"),
    path("users/", people.users, name="users"),
    path("users/new/", people.create, name="new_user"),
    path("users/<int:pk>/", people.user, name="user"),
    path("users/<int:pk>/why/", people.why, name="why"),
    path("users/<int:pk>/roles", people.set_roles, name="set_roles"),
    path("users/<int:pk>/password", people.set_password, name="set_password"),
    path("users/<int:pk>/access", people.set_access, name="set_access"),
    path("users/<int:pk>/sessions/end", people.end_sessions, name="end_sessions"),
    path("users/<int:pk>/tokens/<int:token>/revoke", people.revoke_token, name="revoke_token"),
    path("branches/", places.branches, name="branches"),
    path("branches/new/", places.new_branch, name="new_branch"),
    path("branches/<int:pk>/", places.branch, name="branch"),
    path("departments/", places.departments, name="departments"),
    path("departments/new/", places.new_department, name="new_department"),
    path("departments/<int:pk>/", places.department, name="department"),
    path("departments/<int:pk>/access", places.close_department, name="close_department"),
    path("departments/<int:pk>/posts/new/", places.new_post, name="new_post"),
    path("posts/<int:pk>/", places.post, name="post"),
    path("posts/<int:pk>/delete", places.delete_post, name="delete_post"),
    path("roles/", roles.roles, name="roles"),
    path("roles/new/", roles.create, name="new_role"),
    path("roles/<int:pk>/", roles.role, name="role"),
    path("roles/<int:pk>/delete", roles.delete, name="delete_role"),
    path("organisation/", system.organisation, name="organisation"),
    path("holidays/", system.holidays, name="holidays"),
    path("holidays/fill", system.fill_holidays, name="fill_holidays"),
    path("holidays/remove", system.remove_holiday, name="remove_holiday"),
    path("queue/", system.queue, name="queue"),
    path("queue/<int:pk>/decide", system.decide, name="decide"),
    path("whole-export/", moving.whole_export, name="moving"),
    path("audit/", system.audit, name="audit"),
]
