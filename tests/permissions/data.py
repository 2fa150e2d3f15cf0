"""What the matrix sends: valid values, so that a refusal comes from the permission and not from the form."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from peyvand.parties.views.bulk import sealed
from tests.permissions.house import House
from tests.permissions.routes import Values

PASSWORD = "a-long-unusual-phrase-7"


def leave(substitute: int, *, start: int = 200) -> Values:
    """Some days far ahead, in which nobody else stands in."""
    return {"substitute": substitute, "first_day": _day(start), "last_day": _day(start), "work": "3", "note": ""}


def _day(ahead: int) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def page_data(house: House) -> dict[str, Values]:
    """Form values by page; a page that is not here is posted to with nothing."""
    cast = house.cast
    person = {"full_name": "Eve", "username": "eve", "language": "en", "password": PASSWORD}
    return {
        "administration:new_user": person,
        "administration:user": person,
        "administration:set_roles": {"roles": [cast.roles["administrator"].pk]},
        "administration:set_password": {"password": PASSWORD},
        "administration:new_branch": {"name": "Karaj", "parent": cast.tehran.pk},
        "administration:branch": {"name": "Karaj", "parent": ""},
        "administration:new_department": {"name": "Legal", "branch": cast.tehran.pk, "hue": "1"},
        "administration:department": {"name": "Legal", "hue": "1"},
        "administration:new_post": {"title": "Clerk"},
        "administration:post": {"holder": cast.charlie.pk},
        "administration:new_role": {"name": "Eve", "cartable.view": "all"},
        "administration:role": {"name": "Eve", "cartable.view": "all"},
        "administration:organisation": {"name": "Eve", "day_5": "08:00-16:00"},
        "administration:holidays": {"day": "2026-12-01", "name": "Eve"},
        "administration:fill_holidays": {"year": "1405"},
        "administration:remove_holiday": {"day": "2026-12-01"},
        "administration:decide": {"act": "dismiss"},
        "administration:moving": {"passphrase": PASSWORD, "again": PASSWORD},
        "administration:substitutes": leave(cast.bob.pk),
        "administration:substitute": leave(cast.bob.pk),
        "profile:substitutes": leave(cast.bob.pk, start=300),
        "profile:substitute": leave(cast.bob.pk),
        "profile:preferences": {"language": "en", "calendar": "jalali", "digits": "latin", "theme": "dark"},
        "web:preferences": {"theme": "dark"},
        "lists:save": {"name": "Eve"},
        "lists:look": {"look": "cards"},
        "parties:duplicates_decide": {"pair": str(house.pair.pk)},
        "parties:duplicates_reopen": {"pair": str(house.pair.pk)},
        "parties:duplicates_merge": {"id": [house.party.pk, house.relation.target_id]},
        "parties:duplicates_merge_many": {"score": "90"},
        "parties:duplicate_rules": {"threshold": "95"},
        "parties:likely": {"name": "Eve"},
        "parties:quality_quiet": {"months": "6"},
        "parties:create": {"kind": "person", "name": "Eve"} | _CONTACTS,
        "parties:change": {"kind": "person", "name": "Eve", "version": "0"} | _CONTACTS,
        "parties:add_note": {"body": "Eve"},
        "parties:note": {"body": "Eve"},
        "parties:files": {"file": SimpleUploadedFile("eve.txt", b"Eve")},
        "parties:label_file": {"label": "Eve"},
        "parties:new_relation": {"kind": "friend:in", "other": house.relation.target_id},
        "parties:relation": {"act": "save", "note": "Eve"},
        "jobs:act": {"act": "resume"},
        "imports:new_of": {"file": SimpleUploadedFile("eve.csv", b"name\nEve\n")},
        "imports:begin": {"name": "eve.csv", "size": "9"},
        "imports:columns": {"field-0": "name"},
        "imports:duplicates": {"mode": "add", "key": ""},
        "imports:row": {"act": "skip"},
        "imports:act": {"act": "check"},
        "imports:mapping": {"name": "Eve"},
        "imports:reading": {"header_row": "0"},
        "parties:bulk_ask": {"ids": house.party.pk, "key": "city"},
        "parties:bulk_preview": {"ids": house.party.pk, "key": "city", "how": "set", "raw": "Eve"},
        "parties:bulk_run": {"plan": "x"},
        "parties:merge": {
            "id": [house.party.pk, house.relation.target_id], "survivor": house.party.pk, "seen": sealed({})
        },
        "parties:merge_chosen": {"ids": [house.party.pk, house.relation.target_id]},
        "parties:cell": {"raw": "Eve"},
        "parties:export": {"ids": house.party.pk, "format": "csv"},
        "parties:new_segment": {"name": "Eve"} | _RULE,
        "parties:segment": {"name": "Eve", "version": "1"} | _RULE,
        "parties:segment_build": _RULE,
        "parties:segment_live": _RULE,
        "parties:segment_why": {"party": house.party.pk} | _RULE,
        "parties:segment_members": {"act": "remove", "party": house.party.pk},
        "cartable:new": {
            "medium": "phone", "subject": "Eve", "text": "Eve", "priority": "normal", "phone": "09123456789"
        },
        "cartable:export": {"format": "csv"},
        "cartable:resend_to": {"recipient": "eve@x.example"},
        "cartable:link": {"party": house.party.pk},
        "cartable:perhaps": {"answer": "yes"},
        "cartable:refer": {"to": f"user-{cast.charlie.pk}"},
        "cartable:referrals": {"form": "action", "name_fa": "Eve", "name_en": "Eve"},
        "cartable:referral_action": {"name_fa": "Eve", "name_en": "Eve"},
        "cartable:new_rule": {"name": "Eve"},
        "cartable:rule": {"name": "Eve"},
        "cartable:rule_people": {"name": "Eve"},
        "cartable:rule_seat": {"capacity": "1"},
        "cartable:confide": {"confidential": "on"},
        "cartable:return": {"remark": "Eve"},
        "cartable:note": {"body": "Eve"},
        "cartable:draft": {"body": "Eve"},
        "cartable:submit": {"body": "Eve"},
        "cartable:bulk_ask": {"ids": house.request.pk, "how": "close"},
        "cartable:bulk_preview": {"ids": house.request.pk, "how": "refer", "to": f"user:{cast.charlie.pk}"},
        "cartable:bulk_run": {"plan": "x"},
        "cartable:snooze": {"when": "tomorrow"},
        "cartable:edit": {"subject": "Eve", "priority": "normal", "department": cast.logistics.pk},
        "cartable:approve": {"body": "Eve", "version": str(house.answer.version)},
        "cartable:return_answer": {"remark": "Eve"},
        "cartable:decide": {"outcome": "sent"},
        "cartable:part": {"title": "Eve"},
        "cartable:close_anyway": {"remark": "Eve"},
        "cartable:answer_all": {"body": "Eve"},
        "cartable:tie": {"kind": "related", "other": house.request.code},
        "cartable:split": {"messages": [house.received.pk]},
        "cartable:move": {"messages": [house.received.pk], "other": house.request.code},
    }  # fmt: skip


_RULE = {
    "node": ["rules.0", "rules.0.rules.0"], "rules.0.rules.0:is": "field:city", "rules.0.rules.0:op": "is",
    "rules.0.rules.0:v": "Eve",
}  # fmt: skip
_API_RULE = {"rules": [{"field": "city", "op": "is", "values": ["Eve"]}]}
_CONTACTS = {"contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0"}


def api_data(house: House) -> dict[str, Values]:
    """Bodies by operation; the others are sent `{}`."""
    cast = house.cast
    return {
        "duplicates_not_same": {"ids": [house.pair.pk]},
        "duplicates_reopen": {"ids": [house.pair.pk]},
        "duplicates_likely": {"name": "Eve"},
        "me_change": {"theme": "dark"},
        "tokens_create": {"name": "Eve", "scopes": ["cartable.view"]},
        "substitutions_create": {
            "substitute_id": cast.olivia.pk,
            "first_day": _day(300),
            "last_day": _day(301),
            "work": "desk",
        },
        "substitutions_change": {"note": "Eve"},
        "users_create": {"username": "eve", "full_name": "Eve", "branch_id": cast.tehran.pk},
        "users_change": {"full_name": "Eve"},
        "users_set_password": {"password": PASSWORD},
        "branches_create_branch": {"name": "Karaj", "parent_id": cast.tehran.pk},
        "branches_change_branch": {"name": "Eve"},
        "branches_move_branch": {"parent_id": cast.shiraz.pk},
        "departments_create_department": {"name": "Legal", "branch_id": cast.tehran.pk},
        "departments_change_department": {"name": "Eve"},
        "posts_create_post": {"title": "Clerk", "department_id": cast.logistics.pk},
        "posts_assign_post": {"holder_id": cast.charlie.pk},
        "roles_create": {"name": "Eve", "permissions": {"cartable.view": "all"}},
        "roles_change": {"permissions": {"cartable.view": "all"}},
        "parties_create": {"name": "Eve"},
        "parties_preview": {"selection": {"ids": [house.party.pk]}, "how": "set", "key": "city", "raw": "Eve"},
        "parties_run": {"selection": {"ids": [house.party.pk]}, "how": "set", "key": "city", "raw": "Eve"},
        "parties_export": {"columns": ["name"]},
        "requests_preview_many": {
            "selection": {"ids": [house.request.pk]},
            "how": "refer",
            "to": f"user:{cast.bob.pk}",
        },
        "requests_act_on_many": {"selection": {"ids": [house.request.pk]}, "how": "refer", "to": f"user:{cast.bob.pk}"},
        "requests_snooze": {"until": "2099-01-01T00:00:00Z"},
        "requests_export": {"columns": ["code"]},
        "requests_merge": {"others": [house.request.pk]},
        "requests_split": {"messages": [house.received.pk]},
        "requests_move": {"messages": [house.received.pk], "to_id": house.request.pk},
        "requests_tie": {"other_id": house.request.pk, "kind": "related"},
        "requests_open_part": {"title": "Eve"},
        "requests_close_anyway": {"remark": "Eve"},
        "requests_answer_all": {"body": "Eve"},
        "views_create": {"list": "customers", "name": "Eve"},
        "views_change": {"name": "Eve"},
        "parties_change": {"name": "Eve"},
        "segments_create": {"name": "Eve", "rule": _API_RULE},
        "segments_change": {"name": "Eve"},
        "segments_count_rule": {"rule": _API_RULE},
        "segments_add": {"party_ids": [house.party.pk]},
        "segments_remove": {"party_ids": [house.party.pk]},
        "parties_add_contact_point": {"kind": "email", "typed": "eve@x.example"},
        "parties_change_contact_point": {"kind": "email", "typed": "eve2@x.example"},
        "parties_add_address": {"city": "Eve"},
        "parties_change_address": {"city": "Eve"},
        "parties_add_identifier": {"kind": "legal_id", "typed": "10380284790"},
        "parties_add_consent": {"channel": "sms", "purpose": "survey", "is_given": True, "source": "Eve"},
        "parties_set_roles": {"roles": []},
        "parties_find_by_number": {"kind": "legal_id", "value": "10380284790"},
        "parties_relate": {"other_id": house.relation.target_id, "code": "friend", "other_is_source": True},
        "parties_change_relation": {"note": "Eve"},
        "parties_add_note": {"body": "Eve"},
        "imports_create": {"host": "parties.Party", "file": SimpleUploadedFile("eve.csv", b"name\nEve\n")},
        "imports_begin": {"host": "parties.Party", "file_name": "eve.csv"},
        "imports_plan": {"mode": "add", "columns": [{"index": 0, "field": "name"}]},
        "imports_fix": {"leave_out": True},
        "parties_add_file": {"file": SimpleUploadedFile("eve.txt", b"Eve")},
        "parties_change_note": {"body": "Eve"},
        "search_index": {"q": house.party.name},
        "parties_find": {"kind": "email", "value": "sepideh@arman.example"},
        "parties_upsert": {"match": "email", "rows": [{"fields": {"name": "Eve", "email": "eve@x.example"}}]},
        "merges_preview": {"party_ids": [house.party.pk, house.relation.target_id]},
        "merges_create": {"survivor_id": house.party.pk, "party_ids": [house.relation.target_id]},
        "merges_undo": {},
        "parties_identify": {"kind": "email", "value": "sepideh@arman.example"},
        "channels_create": {"kind": "web_form", "name": "Eve", "branch_id": cast.tehran.pk},
        "channels_change": {"name": "Eve", "branch_id": cast.tehran.pk},
        "channels_submit": {"reference": "eve-1", "message": "Eve"},
        "requests_create": {"medium": "phone", "subject": "Eve", "text": "Eve", "department_id": cast.logistics.pk},
        "requests_change": {"subject": "Eve"},
        "requests_refer": {"to": {"kind": "user", "id": cast.charlie.pk}},
        "routing_create_rule": {"name": "Eve"},
        "routing_change_rule": {"name": "Eve"},
        "routing_switch_rule": {"is_active": True},
        "routing_order_rules": {"ids": [1]},
        "routing_add_skill": {"name": "Eve"},
        "routing_set_seat": {"capacity": 1},
        "requests_undo": {"undo": "x"},
        "requests_add_note": {"body": "Eve"},
        "requests_link_party": {"party_id": house.party.pk},
        "requests_save_draft": {"body": "Eve"},
        "requests_settle": {"outcome": "sent"},
        "requests_address": {"how": "reply", "message_id": house.received.pk},
        "requests_elsewhere": {"recipient": "eve@x.example"},
        "sending_change_settings": {"undo_seconds": 5},
        "requests_confide": {"confidential": True, "people": []},
        "referrals_give_back": {"remark": "Eve"},
        "answers_give_back": {"remark": "Eve"},
    }
