"""One line of history for each statement where many rows are written at once, and not a block of its own for each row."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0014_own_words'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='address',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='address',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='address',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='identifier',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='identifier',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='identifier',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partynote',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partynote',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partynote',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partyrole',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partyrole',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partyrole',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='relation',
            name='delete_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_addressevent" ("city", "country", "created_at", "id", "is_primary", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "province", "street", "use") SELECT new_values."city", new_values."country", new_values."created_at", new_values."id", new_values."is_primary", new_values."party_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."postal_code", new_values."province", new_values."street", new_values."use" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4c71590d42c04e3e457bfadca6a347877ecf943a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bf52e', referencing='REFERENCING NEW TABLE AS new_values ', table='parties_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_addressevent" ("city", "country", "created_at", "id", "is_primary", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "province", "street", "use") SELECT new_values."city", new_values."country", new_values."created_at", new_values."id", new_values."is_primary", new_values."party_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."postal_code", new_values."province", new_values."street", new_values."use" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='79a7b019d1430ad95a10778601b969a7c0b2b2a8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_db937', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_addressevent" ("city", "country", "created_at", "id", "is_primary", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "province", "street", "use") SELECT old_values."city", old_values."country", old_values."created_at", old_values."id", old_values."is_primary", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."postal_code", old_values."province", old_values."street", old_values."use" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='55cee9af5afbe4e249486a7d5e9554ff0f8e21e9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0ef43', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identifier',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierevent" ("created_at", "flaw", "id", "is_insisted", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown", "value") SELECT new_values."created_at", new_values."flaw", new_values."id", new_values."is_insisted", new_values."kind", new_values."party_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."shown", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='000ecc772f9158b14da485ff43e71b58bda431a7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_344a6', referencing='REFERENCING NEW TABLE AS new_values ', table='parties_identifier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identifier',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierevent" ("created_at", "flaw", "id", "is_insisted", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown", "value") SELECT new_values."created_at", new_values."flaw", new_values."id", new_values."is_insisted", new_values."kind", new_values."party_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."shown", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."flaw" IS DISTINCT FROM (new_values."flaw") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_insisted" IS DISTINCT FROM (new_values."is_insisted") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."party_id" IS DISTINCT FROM (new_values."party_id") OR old_values."shown" IS DISTINCT FROM (new_values."shown") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f6cb5462d24f5455d62d6313800535430d223e79', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7bdf6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_identifier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identifier',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierevent" ("created_at", "flaw", "id", "is_insisted", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown", "value") SELECT old_values."created_at", old_values."flaw", old_values."id", old_values."is_insisted", old_values."kind", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."shown", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1be85ec34391489be42c16d077ffeb2374471542', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7b4e1', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_identifier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partynote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partynoteevent" ("author_id", "body", "created_at", "deleted_at", "edited_at", "id", "is_pinned", "mentioned", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."author_id", new_values."body", new_values."created_at", new_values."deleted_at", new_values."edited_at", new_values."id", new_values."is_pinned", new_values."mentioned", new_values."party_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cf609e95190f1231a2cddf88ae617a75b100d33d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_51bc5', referencing='REFERENCING NEW TABLE AS new_values ', table='parties_partynote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partynote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partynoteevent" ("author_id", "body", "created_at", "deleted_at", "edited_at", "id", "is_pinned", "mentioned", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."author_id", new_values."body", new_values."created_at", new_values."deleted_at", new_values."edited_at", new_values."id", new_values."is_pinned", new_values."mentioned", new_values."party_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7a79ff65a0ee6ef7d7382551323cfa1b2f023c63', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6a4f2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_partynote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partynote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partynoteevent" ("author_id", "body", "created_at", "deleted_at", "edited_at", "id", "is_pinned", "mentioned", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."author_id", old_values."body", old_values."created_at", old_values."deleted_at", old_values."edited_at", old_values."id", old_values."is_pinned", old_values."mentioned", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c2d6b2cea19add60fce52fe1abf055f8f6d3d35f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_eec05', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_partynote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyrole',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyroleevent" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until") SELECT new_values."id", new_values."party_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ca2429f2181f860bdc5c7b948ced748481eb7ff4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_652a3', referencing='REFERENCING NEW TABLE AS new_values ', table='parties_partyrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyrole',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyroleevent" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until") SELECT new_values."id", new_values."party_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4d048f50d3aea0480bfb6491590a402b90771754', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f3ab5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_partyrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyrole',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyroleevent" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until") SELECT old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0f72c4004ae8f097788a685840c573c5493a7d4b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_aa8bd', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_partyrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationevent" ("created_at", "created_by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "type_id", "until") SELECT new_values."created_at", new_values."created_by_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."since", new_values."source_id", new_values."target_id", new_values."type_id", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5ca3136b9a9f04498abb8d2e0a3add7d38ab7da0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a6f0b', referencing='REFERENCING NEW TABLE AS new_values ', table='parties_relation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationevent" ("created_at", "created_by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "type_id", "until") SELECT new_values."created_at", new_values."created_by_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."since", new_values."source_id", new_values."target_id", new_values."type_id", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='66217c6e81d11edb8a8dbf2aeb4b43742d8c7e30', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a8fec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='parties_relation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationevent" ("created_at", "created_by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "type_id", "until") SELECT old_values."created_at", old_values."created_by_id", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since", old_values."source_id", old_values."target_id", old_values."type_id", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ce3078c1eb5a042b8d54d330d9db1ae81ef80b1b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_de191', referencing='REFERENCING OLD TABLE AS old_values ', table='parties_relation', when='AFTER')),
        ),
    ]
