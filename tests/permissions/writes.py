"""What a call wrote into the tables of ours, asked cheaply: PostgreSQL counts it within the transaction."""

from django.db import connection

OURS = ("accounts_", "activities_", "cartable_", "channels_", "core_", "parties_", "sales_")
Written = dict[str, int]


def is_ours(table: str) -> bool:
    return table.startswith(OURS) and table != "core_cache"


def written() -> Written:
    """Rows inserted, changed and deleted so far in this transaction, by table; what was taken back counts too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return {name: count for name, count in cursor.fetchall() if is_ours(name)}
