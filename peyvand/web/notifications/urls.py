"""Addresses of notifications, under /notifications/."""

from django.urls import path

from peyvand.web.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.index, name="list"),
    path("dot/", views.dot, name="dot"),
    path("latest/", views.latest, name="latest"),
    path("read/", views.read_all, name="read_all"),
    path("<int:notification_id>/open/", views.open_one, name="open"),
]
