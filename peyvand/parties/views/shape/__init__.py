"""Where a business says what its customers are: categories, custom fields, tags; under /customers/shape/."""

from django.urls import path

from peyvand.parties.views.shape import categories, fields, kinds, relation_kinds, tags

urlpatterns = [
    path("categories/", categories.index, name="categories"),
    path("categories/new/", categories.create, name="new_category"),
    path("categories/<int:pk>/", categories.change, name="category"),
    path("categories/<int:pk>/move/", categories.move, name="move_category"),
    path("categories/<int:pk>/active/", categories.set_active, name="set_category_active"),
    path("categories/<int:pk>/remove/", categories.remove, name="remove_category"),
    path("fields/", fields.index, name="custom_fields"),
    path("fields/new/", fields.create, name="new_field"),
    path("fields/<int:pk>/", fields.change, name="field"),
    path("fields/<int:pk>/move/", fields.move, name="move_field"),
    path("fields/<int:pk>/type/", kinds.change_kind, name="field_kind"),
    path("fields/<int:pk>/remove/", fields.remove, name="remove_field"),
    path("fields/<int:pk>/restore/", fields.restore, name="restore_field"),
    path("tags/", tags.index, name="tags"),
    path("tags/<int:pk>/", tags.change, name="tag"),
    path("tags/<int:pk>/merge/", tags.merge, name="merge_tag"),
    path("tags/<int:pk>/remove/", tags.remove, name="remove_tag"),
    path("relations/", relation_kinds.index, name="relation_kinds"),
    path("relations/<int:pk>/", relation_kinds.change, name="relation_kind"),
    path("relations/<int:pk>/act/", relation_kinds.act, name="act_on_relation_kind"),
]
