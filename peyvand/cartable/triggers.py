"""What the database itself keeps in step: whose message a message is, the news of a copy, no circle of parts.

Bodies of functions.
"""

PLACE_OF_MESSAGE = """
SELECT party_id INTO NEW.party_id FROM cartable_request WHERE id = NEW.request_id;
IF TG_OP = 'INSERT' THEN
  SELECT occurred_at INTO NEW.at FROM channels_message WHERE id = NEW.message_id;
  NEW.opens = NOT EXISTS (SELECT 1 FROM cartable_requestmessage WHERE request_id = NEW.request_id);
ELSIF NEW.request_id <> OLD.request_id THEN
  NEW.opens = false;
END IF;
RETURN NEW;
"""
PARTY_OF_MESSAGES = """
UPDATE cartable_requestmessage SET party_id = NEW.party_id WHERE request_id = NEW.id;
RETURN NULL;
"""
REQUEST_OF_MENTIONS = """
UPDATE cartable_mention SET request_id = NEW.request_id WHERE note_id = NEW.id;
RETURN NULL;
"""
# Copies are listed by the latest news of their request, of an index of their own.
NEWS_OF_COPY = """
SELECT last_activity_at INTO NEW.news_at FROM cartable_request WHERE id = NEW.request_id;
RETURN NEW;
"""
NEWS_OF_COPIES = """
UPDATE cartable_referral SET news_at = NEW.last_activity_at
WHERE request_id = NEW.id AND role <> 'original' AND state IN ('waiting', 'read', 'answered');
RETURN NULL;
"""
# Walks up from the parent; the new row must not be met. A concurrent walk waits for nobody: parts are made under a
# lock on their parent, and only a merge gives them another one.
NO_CIRCLE_OF_PARTS = """
IF EXISTS (
  WITH RECURSIVE up AS (
    SELECT NEW.parent_id AS id
    UNION SELECT request.parent_id FROM up JOIN cartable_request request ON request.id = up.id
    WHERE request.parent_id IS NOT NULL
  ) SELECT 1 FROM up WHERE id = NEW.id
) THEN
  RAISE EXCEPTION 'a request cannot be a part of itself' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
