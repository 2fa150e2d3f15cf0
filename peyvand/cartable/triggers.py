"""What the database itself keeps in step: whose message a message is. Bodies of trigger functions."""

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
