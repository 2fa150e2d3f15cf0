"""A file of records on its way in: its bytes as they came, its rows as text, what became of each, saved mappings."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    """One file that somebody brings in for one kind of record (`host`, as "parties.Party").

    columns: [Column.to_json()]; plan: Plan.to_json(); fixes: {row number: {column index: text} or "skip"}, what the
    person corrected or left out on the preview. counts: {"new", "updated", …} of a check of all rows.
    """

    class State(models.TextChoices):
        UPLOADING = "uploading", _("Uploading")
        READING = "reading", _("Being read")
        REFUSED = "refused", _("Cannot be read")
        READY = "ready", _("Ready")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Undone")

    class Format(models.TextChoices):
        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel (XLSX)")
        XLS = "xls", _("Excel 97–2003 (XLS)")
        VCARD = "vcard", _("vCard")
        JSONL = "jsonl", _("JSON lines")

    host = models.CharField(max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADING)
    error = models.CharField(max_length=500, blank=True)  # why it is refused
    format = models.CharField(max_length=8, choices=Format, blank=True)
    layout = models.CharField(max_length=20, blank=True)
    shape = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    total = models.PositiveBigIntegerField(default=0)
    plan = models.JSONField(default=dict)
    fixes = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    read_job = models.ForeignKey("core.LongJob", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    check_job = models.ForeignKey("core.LongJob", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    job = models.ForeignKey("core.LongJob", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undo_job = models.ForeignKey("core.LongJob", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)  # its bytes, rows and undo are deleted

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="core_import_owner"),
            models.Index(fields=["expires_at"], name="core_import_expires"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportChunk(models.Model):
    """A megabyte of the file as it came."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="chunks", db_index=False)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="core_import_chunk_once")]


class ImportBlock(models.Model):
    """Two thousand rows as text, and what the import did to each of them.

    rows: zlib of JSON, a list of lists of text; flaws: {place in the block: code} of rows that cannot be read as they
    are; outcome, undone: zlib of JSON (imports/outcomes.py); refs: records that the rows touched; problems: places of
    rows that the check of all rows would refuse or warns of; refused: how many the import refused.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="blocks", db_index=False)
    number = models.PositiveIntegerField()
    first = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    rows = models.BinaryField()
    flaws = models.JSONField(default=dict)
    outcome = models.BinaryField(null=True)
    undone = models.BinaryField(null=True)
    refs = ArrayField(models.BigIntegerField(), default=list)
    problems = ArrayField(models.IntegerField(), default=list)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="core_import_block_once")]
        indexes = [
            GinIndex(fields=["refs"], name="core_import_block_refs", opclasses=["array_ops"]),
        ]


class ImportKeys(models.Model):
    """What the check of all rows knows of the keys of a block's rows.

    tokens: a number for each key that a row says, and minus the id of the record that it fits; marks: of each of them
    the row's place in the block and its action (imports/repeats.py). Both go when the check is over. repeats: {place:
    number of the row before that means the same record}.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="keys", db_index=False)
    number = models.PositiveIntegerField()
    tokens = ArrayField(models.BigIntegerField(), default=list)
    marks = ArrayField(models.IntegerField(), default=list)
    repeats = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="core_import_keys_once")]


class ImportMapping(models.Model):
    """A plan that somebody saved by name; it proposes itself for files with the same heading (`headers`, folded)."""

    host = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    headers = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "host", "name"], name="core_import_mapping_named_once")]

    def __str__(self) -> str:
        return self.name
