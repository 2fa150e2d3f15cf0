"""Addresses of long work, under /jobs/."""

from django.urls import path

from peyvand.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:job_id>/", views.show, name="job"),
    path("<int:job_id>/lines/", views.lines, name="lines"),
    path("<int:job_id>/act/", views.act, name="act"),
    path("<int:job_id>/file/", views.file, name="file"),
]
