import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('email', 'E-mail'), ('mobile', 'Mobile'), ('phone', 'Phone'), ('fax', 'Fax'), ('messenger', 'Messenger')], max_length=10)),
                ('typed', models.CharField(max_length=320)),
                ('value', models.CharField(max_length=320)),
                ('identifies', models.BooleanField(default=True)),
                ('is_primary', models.BooleanField(default=False)),
                ('is_verified', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], default='person', max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('search', models.TextField(blank=True)),
                ('sort_key', models.CharField(blank=True, db_collation='C', max_length=240)),
                ('honorific', models.CharField(blank=True, max_length=40)),
                ('job_title', models.CharField(blank=True, max_length=120)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('is_provisional', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.branch')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='parties.party')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ContactPointEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('email', 'E-mail'), ('mobile', 'Mobile'), ('phone', 'Phone'), ('fax', 'Fax'), ('messenger', 'Messenger')], max_length=10)),
                ('typed', models.CharField(max_length=320)),
                ('value', models.CharField(max_length=320)),
                ('identifies', models.BooleanField(default=True)),
                ('is_primary', models.BooleanField(default=False)),
                ('is_verified', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='parties.contactpoint')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_points', to='parties.party'),
        ),
        migrations.CreateModel(
            name='PartyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], default='person', max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('honorific', models.CharField(blank=True, max_length=40)),
                ('job_title', models.CharField(blank=True, max_length=120)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('is_provisional', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('branch', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.branch')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='parties.party')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='parties.party')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['sort_key', 'id'], name='parties_party_order'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['branch', 'sort_key', 'id'], name='parties_party_branch'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['created_at', 'id'], name='parties_party_added'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search'), 'gin_trgm_ops'), name='parties_party_search'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'person'), ('organisation__isnull', True), _connector='OR'), name='parties_only_people_belong'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='parties_party_named'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "parties_partyevent" ("branch_id", "changed_at", "city", "created_at", "honorific", "id", "is_provisional", "job_title", "kind", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."city", NEW."created_at", NEW."honorific", NEW."id", NEW."is_provisional", NEW."job_title", NEW."kind", NEW."name", NEW."organisation_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='3d6486a8f57460f3d6403235f887b3ade27b740b', operation='INSERT', pgid='pgtrigger_insert_insert_f5c0e', table='parties_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."branch_id" IS DISTINCT FROM (NEW."branch_id") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."honorific" IS DISTINCT FROM (NEW."honorific") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_provisional" IS DISTINCT FROM (NEW."is_provisional") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "parties_partyevent" ("branch_id", "changed_at", "city", "created_at", "honorific", "id", "is_provisional", "job_title", "kind", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."city", NEW."created_at", NEW."honorific", NEW."id", NEW."is_provisional", NEW."job_title", NEW."kind", NEW."name", NEW."organisation_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='2f02f35dd65f6e1ce8451ccc4ce7ead7ff1ad8f9', operation='UPDATE', pgid='pgtrigger_update_update_db520', table='parties_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "parties_partyevent" ("branch_id", "changed_at", "city", "created_at", "honorific", "id", "is_provisional", "job_title", "kind", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."branch_id", OLD."changed_at", OLD."city", OLD."created_at", OLD."honorific", OLD."id", OLD."is_provisional", OLD."job_title", OLD."kind", OLD."name", OLD."organisation_id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='0b17de46ee3521b24cce36dac3b59b524d4da067', operation='DELETE', pgid='pgtrigger_delete_delete_1c644', table='parties_party', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='contactpoint',
            index=models.Index(fields=['value', 'kind'], name='parties_contact_value'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.UniqueConstraint(condition=models.Q(('identifies', True)), fields=('kind', 'value'), name='parties_contact_identifies_one'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.UniqueConstraint(fields=('party', 'kind', 'value'), name='parties_contact_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactpoint',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "parties_contactpointevent" ("created_at", "id", "identifies", "is_primary", "is_verified", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "typed", "value") VALUES (NEW."created_at", NEW."id", NEW."identifies", NEW."is_primary", NEW."is_verified", NEW."kind", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."typed", NEW."value"); RETURN NULL;', hash='12900ea24da65c455da43868e7ffd1601ac6836b', operation='INSERT', pgid='pgtrigger_insert_insert_cd3b6', table='parties_contactpoint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactpoint',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "parties_contactpointevent" ("created_at", "id", "identifies", "is_primary", "is_verified", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "typed", "value") VALUES (NEW."created_at", NEW."id", NEW."identifies", NEW."is_primary", NEW."is_verified", NEW."kind", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."typed", NEW."value"); RETURN NULL;', hash='fbdd094182183580676950808a311b97caa2d69b', operation='UPDATE', pgid='pgtrigger_update_update_b27dc', table='parties_contactpoint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactpoint',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "parties_contactpointevent" ("created_at", "id", "identifies", "is_primary", "is_verified", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "typed", "value") VALUES (OLD."created_at", OLD."id", OLD."identifies", OLD."is_primary", OLD."is_verified", OLD."kind", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."typed", OLD."value"); RETURN NULL;', hash='c569aa830bff0cf2e5cf098f79466194885db6a2', operation='DELETE', pgid='pgtrigger_delete_delete_a4bc0', table='parties_contactpoint', when='AFTER')),
        ),
    ]
