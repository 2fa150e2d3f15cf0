"""Addresses of sales."""

from django.urls import path

from peyvand.sales.views import acting, approvals, board, deal, funnel, listing, people, pipelines

app_name = "sales"
urlpatterns = [
    path("", board.board, name="board"),
    path("column/<int:stage_id>/", board.column, name="column"),
    path("undo/<str:token>/", board.undo, name="undo"),
    path("list/", listing.deals, name="list"),
    path("leads/", listing.leads, name="leads"),
    path("funnel/", funnel.funnel, name="funnel"),
    path("trash/", acting.trash, name="trash"),
    path("new/", deal.new_deal, name="new"),
    path("parties/", deal.parties, name="parties"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/waiting/", approvals.waiting, name="waiting"),
    path("approvals/<int:approval_id>/", approvals.approval, name="approval"),
    path("approvals/<int:approval_id>/decide/", acting.decide, name="decide"),
    path("pipelines/", pipelines.rows, name="pipelines"),
    path("pipelines/new/", pipelines.new_pipeline, name="new_pipeline"),
    path("pipelines/reasons/", pipelines.reasons, name="reasons"),
    path("pipelines/<int:pk>/", pipelines.pipeline, name="pipeline"),
    path("pipelines/<int:pk>/delete/", pipelines.delete_pipeline, name="delete_pipeline"),
    path("pipelines/<int:pk>/restore/", pipelines.restore_pipeline, name="restore_pipeline"),
    path("<int:deal_id>/", deal.deal, name="deal"),
    path("<int:deal_id>/edit/", deal.edit, name="edit"),
    path("<int:deal_id>/history/", deal.history, name="history"),
    path("<int:deal_id>/move/", board.move, name="move"),
    path("<int:deal_id>/win/", acting.win, name="win"),
    path("<int:deal_id>/lose/", acting.lose, name="lose"),
    path("<int:deal_id>/reopen/", acting.reopen, name="reopen"),
    path("<int:deal_id>/assign/", acting.assign, name="assign"),
    path("<int:deal_id>/ask/", acting.ask, name="ask"),
    path("<int:deal_id>/split/", acting.split, name="split"),
    path("<int:deal_id>/join/", acting.join, name="join"),
    path("<int:deal_id>/separate/", acting.separate, name="separate"),
    path("<int:deal_id>/delete/", acting.delete, name="delete"),
    path("<int:deal_id>/restore/", acting.restore, name="restore"),
    path("<int:deal_id>/people/", people.add_person, name="people"),
    path("<int:deal_id>/people/<int:party_id>/remove/", people.remove_person, name="remove_person"),
    path("<int:deal_id>/shares/", people.add_share, name="shares"),
    path("<int:deal_id>/shares/<int:user_id>/remove/", people.remove_share, name="remove_share"),
]
