"""Names that the company's maker and the journeys share."""

PASSWORD = "correct-horse-battery"
MAILBOX = "support@abafarin.example"
INBOX = "info@abafarin.example"
