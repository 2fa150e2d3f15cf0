"""Addresses around lists, under /lists/<key>/."""

from django.urls import path

from peyvand.web import plain_lists
from peyvand.web.lists import tools, view_pages

app_name = "lists"
urlpatterns = [
    path("out/<slug:listed>/", plain_lists.take_out, name="take_out"),
    path("<slug:key>/filter/", tools.filter_editor, name="filter"),
    path("<slug:key>/filter/set/", tools.set_filter, name="set_filter"),
    path("<slug:key>/columns/", tools.columns, name="columns"),
    path("<slug:key>/look/", tools.look, name="look"),
    path("<slug:key>/tabs/", tools.tabs, name="tabs"),
    path("<slug:key>/views/new/", view_pages.save, name="save"),
    path("<slug:key>/views/default/", view_pages.default, name="default"),
    path("<slug:key>/views/current/", view_pages.view, name="view"),
    path("<slug:key>/views/<int:view_id>/delete/", view_pages.delete, name="delete"),
    path("<slug:key>/views/<int:view_id>/restore/", view_pages.restore, name="restore"),
]
