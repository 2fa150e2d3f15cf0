"""Taking lists out as files: any list whose app registers it, in CSV, XLSX, JSON lines and vCard."""

from peyvand.core.exports.kinds import Export, ExportList, register
from peyvand.core.exports.running import AT_ONCE, count_of, export_now, file_name, guard, start_export

__all__ = [
    "AT_ONCE",
    "Export",
    "ExportList",
    "count_of",
    "export_now",
    "file_name",
    "guard",
    "register",
    "start_export",
]
