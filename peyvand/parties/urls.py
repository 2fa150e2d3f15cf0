"""Addresses of the customers' pages, under /customers/."""

from django.urls import path

from peyvand.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.customers, name="list"),
    path("new/", views.create, name="create"),
    path("<int:party_id>/", views.detail, name="detail"),
    path("<int:party_id>/change/", views.change, name="change"),
    path("<int:party_id>/confirm/", views.confirm, name="confirm"),
]
