from django.urls import path

from peyvand.web.profile import leave, views

app_name = "profile"
urlpatterns = [
    path("", views.preferences, name="preferences"),
    path("access/", views.access, name="access"),
    path("security/", views.security, name="security"),
    path("password/", views.password, name="password"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/others/end", views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:pk>/end", views.end_session, name="end_session"),
    path("substitutes/", leave.substitutes, name="substitutes"),
    path("substitutes/<int:pk>/", leave.substitute, name="substitute"),
    path("substitutes/<int:pk>/end", leave.end_substitute, name="end_substitute"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke", views.revoke_token, name="revoke_token"),
]
