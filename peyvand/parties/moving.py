"""What of customers means something in one database only, and is written anew when an installation moves."""

from peyvand.core.moving.registry import write_instead

# The change feed counts transactions of this database: everything that is loaded is a change of the present one.
write_instead("parties_party", "change_xid", "pg_current_xact_id()::text::bigint")
write_instead("parties_partychange", "xid", "pg_current_xact_id()::text::bigint")
write_instead("parties_segment", "counted_xid", "0")  # counted anew
