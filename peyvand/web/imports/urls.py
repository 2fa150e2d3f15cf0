"""Addresses of the import, under /imports/."""

from django.urls import path

from peyvand.web.imports import files, mappings, rows, running, steps, uploading

app_name = "imports"
urlpatterns = [
    path("", running.index, name="list"),
    path("new/", uploading.new, name="new"),
    path("new/<str:host>/", uploading.new_of, name="new_of"),
    path("new/<str:host>/begin/", uploading.begin, name="begin"),
    path("new/<str:host>/template/<slug:kind>/", files.template, name="template"),
    path("<int:import_id>/", running.show, name="show"),
    path("<int:import_id>/chunk/", uploading.chunk, name="chunk"),
    path("<int:import_id>/finish/", uploading.finish, name="finish"),
    path("<int:import_id>/reading/", mappings.reading, name="reading"),
    path("<int:import_id>/mapping/", mappings.mapping, name="mapping"),
    path("<int:import_id>/columns/", steps.columns, name="columns"),
    path("<int:import_id>/duplicates/", steps.duplicates, name="duplicates"),
    path("<int:import_id>/preview/", rows.preview, name="preview"),
    path("<int:import_id>/rows/<int:number>/", rows.row, name="row"),
    path("<int:import_id>/act/", running.act, name="act"),
    path("<int:import_id>/forget/", running.forget, name="forget"),
    path("<int:import_id>/results/", running.results, name="results"),
    path("<int:import_id>/rejected/<slug:kind>/", files.rejected, name="rejected"),
]
