"""Addresses of the cartable."""

from django.urls import path, register_converter

from peyvand.cartable import views
from peyvand.cartable.selectors.folders import Folder
from peyvand.cartable.views import (
    approving,
    bulk,
    inserting,
    knowledge,
    ordering,
    outward,
    presence,
    public,
    regrouping,
    rule_trial,
    ruling,
    saved,
    sending,
    snoozing,
    stepping,
    tagging,
    texts,
    ties,
    tree,
    writing,
)
from peyvand.cartable.views import help as helping


class FolderConverter:
    """The slug of a folder."""

    regex = rf"(?:{'|'.join(Folder)})(?:-[0-9]{{1,9}})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CodeConverter:
    """A follow-up code «1405-000482-7»."""

    regex = r"1[34][0-9]{2}-[0-9]{6,9}-[0-9]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class WayConverter:
    """Where one steps in a list."""

    regex = r"next|previous"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(WayConverter, "way")
register_converter(FolderConverter, "folder")
register_converter(CodeConverter, "code")

app_name = "cartable"
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.new_request, name="new"),
    path("new/upload/", views.new_upload, name="new_upload"),
    path("referrals/", ordering.referrals, name="referrals"),
    path("referrals/actions/<int:pk>/", ordering.referral_action, name="referral_action"),
    path("referrals/rules/<int:pk>/delete/", ordering.delete_rule, name="delete_rule"),
    path("canned/", texts.canned, name="canned"),
    path("canned/<int:pk>/", texts.canned_answer, name="canned_answer"),
    path("canned/<int:pk>/delete/", texts.delete_canned, name="delete_canned"),
    path("canned/<int:pk>/restore/", texts.restore_canned, name="restore_canned"),
    path("signatures/", texts.signature_settings, name="signatures"),
    path("articles/", knowledge.articles, name="articles"),
    path("articles/new/", knowledge.new_article, name="new_article"),
    path("articles/topics/", knowledge.topics, name="topics"),
    path("articles/<int:pk>/", knowledge.article, name="article"),
    path("articles/<int:pk>/edit/", knowledge.edit_article, name="edit_article"),
    path("articles/<int:pk>/delete/", knowledge.delete_article, name="delete_article"),
    path("articles/<int:pk>/restore/", knowledge.restore_article, name="restore_article"),
    path("articles/<int:pk>/versions/<int:number>/", knowledge.article_version, name="article_version"),
    path("articles/<int:pk>/versions/<int:number>/restore/", knowledge.restore_version, name="restore_version"),
    path("write/<int:party>/", writing.write, name="write"),
    path("answers/", approving.answers, name="answers"),
    path("answers/rules/<int:pk>/delete/", approving.delete_rule, name="delete_approval_rule"),
    path("outward/", outward.outward, name="outward"),
    path("routing/", ruling.rules, name="rules"),
    path("routing/new/", ruling.new_rule, name="new_rule"),
    path("routing/order/", ruling.order_rules, name="order_rules"),
    path("routing/try/", rule_trial.trial, name="rule_trial"),
    path("routing/people/", rule_trial.people, name="rule_people"),
    path("routing/people/<int:pk>/", rule_trial.seat, name="rule_seat"),
    path("routing/skills/<int:pk>/remove/", rule_trial.remove_skill, name="remove_skill"),
    path("routing/<int:pk>/", ruling.rule, name="rule"),
    path("routing/<int:pk>/switch/", ruling.switch_rule, name="switch_rule"),
    path("routing/<int:pk>/dry-run/", ruling.rehearse, name="rehearse_rule"),
    path("routing/<int:pk>/delete/", ruling.delete_rule, name="rule_delete"),
    path("routing/<int:pk>/restore/", ruling.restore_rule, name="rule_restore"),
    path("routing/<int:pk>/back/<int:version>/", ruling.back, name="rule_back"),
    path("parties/", views.parties, name="parties"),
    path("undo/<str:token>/", views.undo, name="undo"),
    path("bulk/ask/", bulk.ask, name="bulk_ask"),
    path("bulk/targets/", bulk.targets, name="bulk_targets"),
    path("bulk/preview/", bulk.preview, name="bulk_preview"),
    path("bulk/run/", bulk.run, name="bulk_run"),
    path("bulk/undo/<int:job_id>/", bulk.undo, name="bulk_undo"),
    path("<folder:folder>/", views.folder, name="folder"),
    path("<folder:folder>/counts/", views.counts, name="counts"),
    path("<folder:folder>/view/", saved.save_view, name="save_view"),
    path("views/<int:pk>/", saved.change_saved, name="change_view"),
    path("views/<int:pk>/restore/", saved.restore_saved, name="restore_view"),
    path("<folder:folder>/export/", views.export, name="export"),
    path("<folder:folder>/<code:code>/", views.show_request, name="request"),
    path("<folder:folder>/<code:code>/<way:way>/", stepping.step, name="step"),
    path("<code:code>/", views.any_folder, name="any"),
    path("<code:code>/live/", views.live, name="live"),
    path("<code:code>/earlier/", views.earlier, name="earlier"),
    path("<code:code>/tree/", tree.tree, name="tree"),
    path("<code:code>/history/", views.history, name="history"),
    path("<code:code>/print/", views.print_request, name="print"),
    path("<code:code>/take/", views.take, name="take"),
    path("<code:code>/close/", views.close, name="close"),
    path("<code:code>/close-anyway/", ties.close_anyway, name="close_anyway"),
    path("<code:code>/ties/", ties.ties, name="ties"),
    path("<code:code>/tie/", ties.tie, name="tie"),
    path("<code:code>/tie/<int:pk>/drop/", ties.untie, name="untie"),
    path("<code:code>/part/", ties.part, name="part"),
    path("<code:code>/answer-all/", ties.answer_all, name="answer_all"),
    path("<code:code>/merge/", regrouping.merge, name="merge"),
    path("<code:code>/split/", regrouping.split, name="split"),
    path("<code:code>/move/", regrouping.move, name="move"),
    path("<code:code>/regrouping/<int:pk>/undo/", regrouping.regrouping_undo, name="regrouping_undo"),
    path("<code:code>/reopen/", views.reopen, name="reopen"),
    path("<code:code>/edit/", views.edit, name="edit"),
    path("<code:code>/confide/", views.confide, name="confide"),
    path("<code:code>/people/", views.people, name="people"),
    path("<code:code>/link/", views.link, name="link"),
    path("<code:code>/reviewed/", views.reviewed, name="reviewed"),
    path("<code:code>/perhaps/", views.perhaps, name="perhaps"),
    path("<code:code>/refer/", views.refer, name="refer"),
    path("<code:code>/targets/", views.targets, name="targets"),
    path("<code:code>/referral/<int:referral>/", views.referral, name="referral"),
    path("<code:code>/referral/<int:referral>/return/", views.return_referral, name="return"),
    path("<code:code>/referral/<int:referral>/finish/", views.finish_referral, name="finish"),
    path("<code:code>/referral/<int:referral>/recall/", views.recall_referral, name="recall"),
    path("<code:code>/presence/", presence.presence, name="presence"),
    path("<code:code>/tags/", tagging.tags, name="tags"),
    path("<code:code>/snooze/", snoozing.snooze, name="snooze"),
    path("<code:code>/unsnooze/", snoozing.unsnooze, name="unsnooze"),
    path("<code:code>/note/", views.note, name="note"),
    path("<code:code>/colleagues/", views.colleagues, name="colleagues"),
    path("<code:code>/mentions/done/", views.mentions_done, name="mentions_done"),
    path("<code:code>/inserts/", inserting.inserts, name="inserts"),
    path("<code:code>/insert/", inserting.insert, name="insert"),
    path("<code:code>/inserts/canned/<int:canned>/", inserting.insert_canned, name="insert_canned"),
    path("<code:code>/inserts/articles/<int:article>/", inserting.insert_article, name="insert_article"),
    path("<code:code>/signature/", inserting.signature, name="signature"),
    path("<code:code>/draft/", views.draft, name="draft"),
    path("<code:code>/submit/", views.submit, name="submit"),
    path("<code:code>/upload/", views.upload, name="upload"),
    path("<code:code>/answer/<int:answer>/approve/", views.approve, name="approve"),
    path("<code:code>/answer/<int:answer>/return/", views.return_answer, name="return_answer"),
    path("<code:code>/answer/<int:answer>/back/", sending.take_back, name="take_back"),
    path("<code:code>/write/", sending.address_new, name="address_new"),
    path("<code:code>/message/<int:message>/address/<slug:how>/", sending.address, name="address"),
    path("<code:code>/message/<int:message>/elsewhere/", sending.resend_to, name="resend_to"),
    path("<code:code>/message/<int:message>/retry/", views.retry, name="retry"),
    path("<code:code>/message/<int:message>/decide/", views.decide, name="decide"),
    path("<code:code>/message/<int:message>/html/", views.message_html, name="html"),
    path("<code:code>/message/<int:message>/raw/", views.message_raw, name="raw"),
    path("<code:code>/file/<str:file>/", views.file, name="file"),
]

# What customers open stands at the root, beside the public forms.
for_customers = (
    [
        path("track/", public.track, name="track"),
        path("help/", helping.help_index, name="help"),
        path("help/<int:article>/", helping.help_article, name="help_article"),
        path("help/<int:article>/said/", helping.help_said, name="help_said"),
        path("survey/<str:token>/", public.survey, name="survey"),
    ],
    "cartable-public",
)
