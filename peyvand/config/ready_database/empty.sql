-- PostgreSQL 18
-- migrations 21d3b60a79e59ac7d2a0ffaae6f9d98f1e89fd0fd2d8f06a0d361c4056620a20
-- Written by `python -m peyvand.config.ready_database`; never edited.
SET LOCAL check_function_bodies = false;
SET LOCAL search_path = '';
SET LOCAL client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public._pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql
    AS $$
                    DECLARE
                        _pgh_context_id UUID;
                        _pgh_context_metadata JSONB;
                    BEGIN
                        BEGIN
                            SELECT INTO _pgh_context_id
                                CURRENT_SETTING('pghistory.context_id');
                            SELECT INTO _pgh_context_metadata
                                CURRENT_SETTING('pghistory.context_metadata');
                            EXCEPTION WHEN OTHERS THEN
                        END;
                        IF _pgh_context_id IS NOT NULL AND _pgh_context_metadata IS NOT NULL THEN
                            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
                                VALUES (_pgh_context_id, _pgh_context_metadata, NOW(), NOW())
                                ON CONFLICT (id) DO UPDATE
                                    SET metadata = EXCLUDED.metadata,
                                        updated_at = EXCLUDED.updated_at
                                    WHERE pghistory_context.metadata != EXCLUDED.metadata;
                            RETURN _pgh_context_id;
                        ELSE
                            RETURN NULL;
                        END IF;
                    END;
                $$;
CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;
CREATE FUNCTION public.activities_guest_at() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  NEW.at := (SELECT at FROM activities_activity WHERE id = NEW.activity_id);
  RETURN NEW;
END $$;
CREATE FUNCTION public.activities_guests_at() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  UPDATE activities_invitee SET at = NEW.at WHERE activity_id = NEW.id;
  RETURN NULL;
END $$;
CREATE FUNCTION public.cartable_lexemes(search text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT COST 600 PARALLEL SAFE
    AS $_$
  SELECT array_to_tsvector(ARRAY(
    SELECT left(word, 60) FROM string_to_table(
      search || ' ' || translate(search, E'()[]{}<>«»"''`.,:;!?/\\|_@#&*+=~%^$-،؛؟…', repeat(' ', 60)), ' ') AS words (word)
    WHERE word <> ''
  ))
$_$;
CREATE FUNCTION public.parties_beside_add() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  INSERT INTO parties_partywords (party_id, words) SELECT id, array_to_tsvector(array_remove(string_to_array(
    split_part(search, E'\n', 1) || ' ' || split_part(search, E'\n', 2), ' '), '')) FROM new_rows;
  INSERT INTO parties_partychange (xid, party_id) SELECT change_xid, id FROM new_rows;
  RETURN NULL;
END $$;
CREATE FUNCTION public.parties_beside_change() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
DECLARE
  now_xid bigint := pg_current_xact_id()::text::bigint;
BEGIN
  UPDATE parties_partychange c SET xid = now_xid FROM old_rows o
  WHERE c.xid = o.change_xid AND c.party_id = o.id AND o.change_xid <> now_xid;
  UPDATE parties_partywords w SET words = p.words
  FROM (SELECT id, array_to_tsvector(array_remove(string_to_array(
    split_part(search, E'\n', 1) || ' ' || split_part(search, E'\n', 2), ' '), '')) AS words FROM new_rows OFFSET 0) p
  WHERE w.party_id = p.id AND w.words <> p.words;
  RETURN NULL;
END $$;
CREATE FUNCTION public.parties_beside_remove() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$ BEGIN
  DELETE FROM parties_partywords w USING old_rows o WHERE w.party_id = o.id;
  DELETE FROM parties_partychange c USING old_rows o WHERE c.xid = o.change_xid AND c.party_id = o.id;
  RETURN NULL;
END $$;
CREATE FUNCTION public.parties_consent_bits(words character varying[]) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT (('email:service' = ANY (words))::int << 0) | (('email:marketing' = ANY (words))::int << 1)
       | (('email:survey' = ANY (words))::int << 2) | (('sms:service' = ANY (words))::int << 3)
       | (('sms:marketing' = ANY (words))::int << 4) | (('sms:survey' = ANY (words))::int << 5)
       | (('phone:service' = ANY (words))::int << 6) | (('phone:marketing' = ANY (words))::int << 7)
       | (('phone:survey' = ANY (words))::int << 8) | (('messenger:service' = ANY (words))::int << 9)
       | (('messenger:marketing' = ANY (words))::int << 10) | (('messenger:survey' = ANY (words))::int << 11)
       | (('letter:service' = ANY (words))::int << 12) | (('letter:marketing' = ANY (words))::int << 13)
       | (('letter:survey' = ANY (words))::int << 14)
$$;
CREATE FUNCTION public.parties_facts_add() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  INSERT INTO parties_partyfacts (party_id, created_at, last_contact_at, deleted_at, category_id, branch_id, owner_id, completeness, is_provisional, kind, life_cycle, city, province, preferred_channel, tag_ids, custom, role_bits, consent_bits, birth_date, gender)
  SELECT p.id, p.created_at, p.last_contact_at, p.deleted_at, p.category_id, p.branch_id, p.owner_id, p.completeness, p.is_provisional, p.kind, p.life_cycle, p.city, p.province, p.preferred_channel, p.tag_ids, p.custom, CASE WHEN p.roles = '{}' THEN 0 ELSE parties_role_bits(p.roles) END, CASE WHEN p.consents = '{}' THEN 0 ELSE parties_consent_bits(p.consents) END, f.birth_date, coalesce(f.gender, '')
  FROM new_rows p LEFT JOIN parties_profile f ON f.party_id = p.id ON CONFLICT (party_id) DO NOTHING;
  RETURN NULL;
END $$;
CREATE FUNCTION public.parties_facts_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$ BEGIN
  IF EXISTS (SELECT FROM new_rows OFFSET 20) THEN
    EXECUTE $many$
UPDATE parties_partyfacts t SET (created_at, last_contact_at, deleted_at, category_id, branch_id, owner_id, completeness, is_provisional, kind, life_cycle, city, province, preferred_channel, tag_ids, custom, role_bits, consent_bits)
= ROW(p.created_at, p.last_contact_at, p.deleted_at, p.category_id, p.branch_id, p.owner_id, p.completeness, p.is_provisional, p.kind, p.life_cycle, p.city, p.province, p.preferred_channel, p.tag_ids, p.custom, CASE WHEN p.roles = '{}' THEN 0 ELSE parties_role_bits(p.roles) END, CASE WHEN p.consents = '{}' THEN 0 ELSE parties_consent_bits(p.consents) END)
FROM (
  SELECT p.id, p.created_at, p.last_contact_at, p.deleted_at, p.category_id, p.branch_id, p.owner_id, p.completeness, p.is_provisional, p.kind, p.life_cycle, p.city, p.province, p.preferred_channel, p.tag_ids, p.custom, p.roles, p.consents FROM new_rows p JOIN old_rows o ON o.id = p.id
  WHERE (p.created_at, p.last_contact_at, p.deleted_at, p.category_id, p.branch_id, p.owner_id, p.completeness, p.is_provisional, p.kind, p.life_cycle, p.city, p.province, p.preferred_channel, p.tag_ids, p.custom, p.roles, p.consents) IS DISTINCT FROM (o.created_at, o.last_contact_at, o.deleted_at, o.category_id, o.branch_id, o.owner_id, o.completeness, o.is_provisional, o.kind, o.life_cycle, o.city, o.province, o.preferred_channel, o.tag_ids, o.custom, o.roles, o.consents) OFFSET 0) p
WHERE t.party_id = p.id$many$;
  ELSE
    
UPDATE parties_partyfacts t SET (created_at, last_contact_at, deleted_at, category_id, branch_id, owner_id, completeness, is_provisional, kind, life_cycle, city, province, preferred_channel, tag_ids, custom, role_bits, consent_bits)
= ROW(p.created_at, p.last_contact_at, p.deleted_at, p.category_id, p.branch_id, p.owner_id, p.completeness, p.is_provisional, p.kind, p.life_cycle, p.city, p.province, p.preferred_channel, p.tag_ids, p.custom, CASE WHEN p.roles = '{}' THEN 0 ELSE parties_role_bits(p.roles) END, CASE WHEN p.consents = '{}' THEN 0 ELSE parties_consent_bits(p.consents) END)
FROM (
  SELECT p.id, p.created_at, p.last_contact_at, p.deleted_at, p.category_id, p.branch_id, p.owner_id, p.completeness, p.is_provisional, p.kind, p.life_cycle, p.city, p.province, p.preferred_channel, p.tag_ids, p.custom, p.roles, p.consents FROM new_rows p JOIN old_rows o ON o.id = p.id
  WHERE (p.created_at, p.last_contact_at, p.deleted_at, p.category_id, p.branch_id, p.owner_id, p.completeness, p.is_provisional, p.kind, p.life_cycle, p.city, p.province, p.preferred_channel, p.tag_ids, p.custom, p.roles, p.consents) IS DISTINCT FROM (o.created_at, o.last_contact_at, o.deleted_at, o.category_id, o.branch_id, o.owner_id, o.completeness, o.is_provisional, o.kind, o.life_cycle, o.city, o.province, o.preferred_channel, o.tag_ids, o.custom, o.roles, o.consents) OFFSET 0) p
WHERE t.party_id = p.id;
  END IF;
  RETURN NULL;
END $_$;
CREATE FUNCTION public.parties_facts_no_profile() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  UPDATE parties_partyfacts t SET birth_date = NULL, gender = '' FROM old_rows o WHERE t.party_id = o.party_id;
  RETURN NULL;
END $$;
CREATE FUNCTION public.parties_facts_profile() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  UPDATE parties_partyfacts t SET birth_date = p.birth_date, gender = p.gender FROM new_rows p
  WHERE t.party_id = p.party_id AND (t.birth_date, t.gender) IS DISTINCT FROM (p.birth_date, p.gender);
  RETURN NULL;
END $$;
CREATE FUNCTION public.parties_facts_remove() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  DELETE FROM parties_partyfacts t USING old_rows o WHERE t.party_id = o.id;
  RETURN NULL;
END $$;
CREATE FUNCTION public.parties_lexemes(search text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  SELECT array_to_tsvector(array_remove(string_to_array(
    split_part(search, E'\n', 1) || ' ' || split_part(search, E'\n', 2), ' '), ''))
$$;
CREATE FUNCTION public.parties_own_text(name text, work text, city text, search text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT btrim(regexp_replace(regexp_replace(translate(
      lower(normalize(concat_ws(' ', name, work, city), NFKD)), 'يىېۍےكڪةەہھۃٱ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩‌​٬٫ءـ', 'یییییککههههها01234567890123456789  ,.'), '[̀-ͯؐ-ًؚ-ٰٟۖ-ۜ۟-۪ۤۧۨ-ۭ­؜‍-‏‪-‮⁠-⁩﻿]', '', 'g'),
    '\s+', ' ', 'g')) || substr(search, length(split_part(search, E'\n', 1)) + 1)
$$;
CREATE FUNCTION public.parties_own_words(name text, work text, city text, search text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT array_to_tsvector(array(
    SELECT DISTINCT left(word, 60) FROM (SELECT parties_own_text(name, work, city, search) AS own) o,
      regexp_split_to_table(split_part(own, E'\n', 1) || ' ' || split_part(own, E'\n', 2), '[^[:alnum:]]+') AS word
    WHERE word <> ''))
$$;
CREATE FUNCTION public.parties_role_bits(words character varying[]) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT (('lead' = ANY (words))::int << 0) | (('prospect' = ANY (words))::int << 1)
       | (('customer' = ANY (words))::int << 2) | (('supplier' = ANY (words))::int << 3)
       | (('partner' = ANY (words))::int << 4) | (('subsidiary' = ANY (words))::int << 5)
       | (('reseller' = ANY (words))::int << 6) | (('distributor' = ANY (words))::int << 7)
       | (('competitor' = ANY (words))::int << 8)
$$;
CREATE FUNCTION public.parties_stamp() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
  NEW.change_xid = pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE FUNCTION public.pgtrigger_cartable_message_place_4685f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
SELECT party_id INTO NEW.party_id FROM cartable_request WHERE id = NEW.request_id;
IF TG_OP = 'INSERT' THEN
  SELECT occurred_at INTO NEW.at FROM channels_message WHERE id = NEW.message_id;
  NEW.opens = NOT EXISTS (SELECT 1 FROM cartable_requestmessage WHERE request_id = NEW.request_id);
ELSIF NEW.request_id <> OLD.request_id THEN
  NEW.opens = false;
END IF;
RETURN NEW;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_cartable_note_request_eacf1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
UPDATE cartable_mention SET request_id = NEW.request_id WHERE note_id = NEW.id;
RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_cartable_referral_news_d85b8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
SELECT last_activity_at INTO NEW.news_at FROM cartable_request WHERE id = NEW.request_id;
RETURN NEW;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_cartable_request_news_9a677() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
UPDATE cartable_referral SET news_at = NEW.last_activity_at
WHERE request_id = NEW.id AND role <> 'original' AND state IN ('waiting', 'read', 'answered');
RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_cartable_request_parent_ca8d7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
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
                END;
            $$;
CREATE FUNCTION public.pgtrigger_cartable_request_party_3ef29() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
UPDATE cartable_requestmessage SET party_id = NEW.party_id WHERE request_id = NEW.id;
RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_02a58() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_signatureevent" ("changed_at", "changed_by_id", "department_id", "id", "owner_id", "personal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_en", "text_fa", "version") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."department_id", OLD."id", OLD."owner_id", OLD."personal", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."text_en", OLD."text_fa", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_03b30() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_seatevent" ("capacity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skills", "user_id") VALUES (OLD."capacity", _pgh_attach_context(), NOW(), 'delete', OLD."user_id", OLD."skills", OLD."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_0ef43() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_addressevent" ("city", "country", "created_at", "id", "is_primary", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "province", "street", "use") SELECT old_values."city", old_values."country", old_values."created_at", old_values."id", old_values."is_primary", old_values."party_id", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."postal_code", old_values."province", old_values."street", old_values."use" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_19f14() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_userevent" ("branch_id", "calendar", "date_joined", "department_id", "digits", "email", "full_name", "id", "is_active", "is_superuser", "language", "manager_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "search", "sort_key", "theme", "username") VALUES (OLD."branch_id", OLD."calendar", OLD."date_joined", OLD."department_id", OLD."digits", OLD."email", OLD."full_name", OLD."id", OLD."is_active", OLD."is_superuser", OLD."language", OLD."manager_id", OLD."password_changed_at", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."phone", OLD."search", OLD."sort_key", OLD."theme", OLD."username"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_1c644() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyevent" ("branch_id", "category_id", "changed_at", "city", "consents", "created_at", "custom", "deleted_at", "deleted_by_id", "erased_at", "first_name", "honorific", "id", "is_provisional", "job_title", "kind", "last_name", "life_cycle", "life_cycle_since", "merged_into_id", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "preferred_from", "preferred_until", "province", "roles", "tag_ids", "version") SELECT old_values."branch_id", old_values."category_id", old_values."changed_at", old_values."city", old_values."consents", old_values."created_at", old_values."custom", old_values."deleted_at", old_values."deleted_by_id", old_values."erased_at", old_values."first_name", old_values."honorific", old_values."id", old_values."is_provisional", old_values."job_title", old_values."kind", old_values."last_name", old_values."life_cycle", old_values."life_cycle_since", old_values."merged_into_id", old_values."name", old_values."organisation_id", old_values."owner_id", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."preferred_channel", old_values."preferred_from", old_values."preferred_until", old_values."province", old_values."roles", old_values."tag_ids", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_1f83d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_cannedanswerevent" ("body", "changed_at", "changed_by_id", "created_at", "deleted_at", "department_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shortcut", "title", "version") VALUES (OLD."body", OLD."changed_at", OLD."changed_by_id", OLD."created_at", OLD."deleted_at", OLD."department_id", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."shortcut", OLD."title", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_36952() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_skillevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_3fd09() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_partyfileevent" ("added_by_id", "created_at", "deleted_at", "file_id", "id", "label", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."added_by_id", OLD."created_at", OLD."deleted_at", OLD."file_id", OLD."id", OLD."label", OLD."party_id", _pgh_attach_context(), NOW(), 'delete', OLD."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_517eb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealpartnerevent" ("deal_id", "id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "via_id") VALUES (OLD."deal_id", OLD."id", OLD."partner_id", OLD."percent", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."via_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_55949() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerseatevent" ("created_at", "id", "is_active", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."id", OLD."is_active", OLD."language", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_57d38() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_assignmentruleevent" ("branches", "changed_at", "cities", "deleted_at", "departments", "id", "is_active", "most", "name", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipelines", "position", "provinces", "share", "sources", "version") VALUES (OLD."branches", OLD."changed_at", OLD."cities", OLD."deleted_at", OLD."departments", OLD."id", OLD."is_active", OLD."most", OLD."name", OLD."people", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."pipelines", OLD."position", OLD."provinces", OLD."share", OLD."sources", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_600fe() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealevent" ("amount", "branch_id", "changed_at", "channel", "close_on", "closed_at", "competitor", "created_by_id", "custom", "deleted_at", "department_id", "id", "is_hot", "joined_into_id", "lost_note", "lost_reason_id", "name", "note", "opened_at", "owner_id", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "source", "split_from_id", "stage_id", "stage_since", "state", "tag_ids", "version") VALUES (OLD."amount", OLD."branch_id", OLD."changed_at", OLD."channel", OLD."close_on", OLD."closed_at", OLD."competitor", OLD."created_by_id", OLD."custom", OLD."deleted_at", OLD."department_id", OLD."id", OLD."is_hot", OLD."joined_into_id", OLD."lost_note", OLD."lost_reason_id", OLD."name", OLD."note", OLD."opened_at", OLD."owner_id", OLD."partner_id", OLD."party_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."pipeline_id", OLD."probability", OLD."source", OLD."split_from_id", OLD."stage_id", OLD."stage_since", OLD."state", OLD."tag_ids", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_6100d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_postevent" ("department_id", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."department_id", OLD."holder_id", OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."title"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_6e065() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_apitokenevent" ("created_at", "expires_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes", "user_id") VALUES (OLD."created_at", OLD."expires_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."prefix", OLD."revoked_at", OLD."scopes", OLD."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_7b4e1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierevent" ("created_at", "flaw", "id", "is_insisted", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown", "value") SELECT old_values."created_at", old_values."flaw", old_values."id", old_values."is_insisted", old_values."kind", old_values."party_id", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."shown", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_7ff5b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_departmentevent" ("branch_id", "email", "hue", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signature") VALUES (OLD."branch_id", OLD."email", OLD."hue", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."signature"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_8c14b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_pipelineevent" ("changed_at", "deleted_at", "id", "kind", "name", "next_pipeline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (OLD."changed_at", OLD."deleted_at", OLD."id", OLD."kind", OLD."name", OLD."next_pipeline_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_92241() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_branchevent" ("city", "id", "is_active", "name", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."city", OLD."id", OLD."is_active", OLD."name", OLD."parent_id", OLD."path", _pgh_attach_context(), NOW(), 'delete', OLD."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_94d10() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealpersonevent" ("deal_id", "id", "influence", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") VALUES (OLD."deal_id", OLD."id", OLD."influence", OLD."party_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."role"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_9e43a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_routingruleevent" ("changed_at", "conditions", "deleted_at", "id", "is_active", "name", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (OLD."changed_at", OLD."conditions", OLD."deleted_at", OLD."id", OLD."is_active", OLD."name", OLD."outcome", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_a4bc0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_contactpointevent" ("bounce_reason", "bounced_at", "created_at", "id", "identified", "identifies", "is_primary", "is_verified", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "typed", "use", "value", "verified_at") SELECT old_values."bounce_reason", old_values."bounced_at", old_values."created_at", old_values."id", old_values."identified", old_values."identifies", old_values."is_primary", old_values."is_verified", old_values."kind", old_values."party_id", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."typed", old_values."use", old_values."value", old_values."verified_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_a6e40() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_segmentevent" ("branch_id", "changed_at", "created_at", "deleted_at", "description", "id", "kind", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "version") VALUES (OLD."branch_id", OLD."changed_at", OLD."created_at", OLD."deleted_at", OLD."description", OLD."id", OLD."kind", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."rule", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_a9e7f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_categoryevent" ("applies_to", "created_at", "description", "hue", "id", "is_active", "name", "norm", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "version") VALUES (OLD."applies_to", OLD."created_at", OLD."description", OLD."hue", OLD."id", OLD."is_active", OLD."name", OLD."norm", OLD."order", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."required", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_aa8bd() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyroleevent" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until") SELECT old_values."id", old_values."party_id", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."role", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_acd38() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealregistrationevent" ("amount", "came_with_id", "deal_id", "decided_at", "decided_by_id", "exclusive_until", "fingerprint", "id", "kind", "lapsed_at", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "received_at", "remark", "rival_deal_id", "rival_id", "seat_id", "state", "version") VALUES (OLD."amount", OLD."came_with_id", OLD."deal_id", OLD."decided_at", OLD."decided_by_id", OLD."exclusive_until", OLD."fingerprint", OLD."id", OLD."kind", OLD."lapsed_at", OLD."partner_id", OLD."party_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."product", OLD."received_at", OLD."remark", OLD."rival_deal_id", OLD."rival_id", OLD."seat_id", OLD."state", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_b1bb4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerevent" ("branch_id", "changed_at", "channel_id", "contract_from", "contract_to", "created_at", "department_id", "id", "is_active", "level", "owner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protection", "territory", "version") VALUES (OLD."branch_id", OLD."changed_at", OLD."channel_id", OLD."contract_from", OLD."contract_to", OLD."created_at", OLD."department_id", OLD."id", OLD."is_active", OLD."level", OLD."owner_id", OLD."party_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."protection", OLD."territory", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_b9ec3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_leadformevent" ("branch_id", "changed_at", "consent", "deleted_at", "id", "intro", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "questions", "source", "thanks", "version") VALUES (OLD."branch_id", OLD."changed_at", OLD."consent", OLD."deleted_at", OLD."id", OLD."intro", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."pipeline_id", OLD."questions", OLD."source", OLD."thanks", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_be239() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "core_savedviewevent" ("created_at", "deleted_at", "id", "list", "name", "order", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "shared", "state", "version") VALUES (OLD."created_at", OLD."deleted_at", OLD."id", OLD."list", OLD."name", OLD."order", OLD."owner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."place_id", OLD."shared", OLD."state", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_c9039() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerruleevent" ("bands", "changed_at", "channel_id", "deleted_at", "id", "level", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "purpose", "since", "until", "version", "way") VALUES (OLD."bands", OLD."changed_at", OLD."channel_id", OLD."deleted_at", OLD."id", OLD."level", OLD."name", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."pipeline_id", OLD."purpose", OLD."since", OLD."until", OLD."version", OLD."way"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_cbc5b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_substitutionevent" ("by_id", "created_at", "ended_at", "first_day", "id", "last_day", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "substitute_id", "work") VALUES (OLD."by_id", OLD."created_at", OLD."ended_at", OLD."first_day", OLD."id", OLD."last_day", OLD."note", OLD."person_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."settled_at", OLD."substitute_id", OLD."work"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_d0e1f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_rolegrantevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."role_id", OLD."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_d28d4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_lostreasonevent" ("deleted_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."deleted_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_d5d3b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_commissionstatementevent" ("confirmed_at", "confirmed_by_id", "id", "month", "paid_at", "paid_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "state", "total") VALUES (OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", OLD."month", OLD."paid_at", OLD."paid_by_id", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."reference", OLD."state", OLD."total"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_d75a6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_roleevent" ("code", "description", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."description", OLD."id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), 'delete', OLD."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_d8955() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_stageevent" ("checks", "deleted_at", "id", "name", "needs_approval", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "probability", "required", "rot_days", "tone") VALUES (OLD."checks", OLD."deleted_at", OLD."id", OLD."name", OLD."needs_approval", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."pipeline_id", OLD."position", OLD."probability", OLD."required", OLD."rot_days", OLD."tone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_dd64a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealshareevent" ("deal_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."deal_id", OLD."id", OLD."percent", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_de191() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationevent" ("created_at", "created_by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "type_id", "until") SELECT old_values."created_at", old_values."created_by_id", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."since", old_values."source_id", old_values."target_id", old_values."type_id", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_e4f23() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_profileevent" ("birth_date", "children", "education", "employees", "founded_on", "gender", "income_band", "industry", "interests", "language", "lifestyle", "marital_status", "motivations", "occupation", "pains", "party_id", "personality", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "values", "website") VALUES (OLD."birth_date", OLD."children", OLD."education", OLD."employees", OLD."founded_on", OLD."gender", OLD."income_band", OLD."industry", OLD."interests", OLD."language", OLD."lifestyle", OLD."marital_status", OLD."motivations", OLD."occupation", OLD."pains", OLD."party_id", OLD."personality", _pgh_attach_context(), NOW(), 'delete', OLD."party_id", OLD."values", OLD."website"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_e836e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "activities_outcomeevent" ("follow_at", "follow_days", "follow_kind", "follow_minutes", "follow_most", "id", "is_active", "kind", "name_en", "name_fa", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "state") VALUES (OLD."follow_at", OLD."follow_days", OLD."follow_kind", OLD."follow_minutes", OLD."follow_most", OLD."id", OLD."is_active", OLD."kind", OLD."name_en", OLD."name_fa", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_ea5b6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_stageapprovalevent" ("asked_at", "asked_by_id", "deal_id", "decided_at", "decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "stage_id", "state") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."deal_id", OLD."decided_at", OLD."decided_by_id", OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."remark", OLD."stage_id", OLD."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_eec05() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partynoteevent" ("author_id", "body", "created_at", "deleted_at", "edited_at", "id", "is_pinned", "mentioned", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."author_id", old_values."body", old_values."created_at", old_values."deleted_at", old_values."edited_at", old_values."id", old_values."is_pinned", old_values."mentioned", old_values."party_id", _pgh_attached_context.value, NOW(), 'delete', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_f3c18() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_relationtypeevent" ("code", "from_kinds", "id", "inverse_en", "inverse_fa", "is_active", "is_builtin", "is_symmetric", "is_tree", "name_en", "name_fa", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_kinds") VALUES (OLD."code", OLD."from_kinds", OLD."id", OLD."inverse_en", OLD."inverse_fa", OLD."is_active", OLD."is_builtin", OLD."is_symmetric", OLD."is_tree", OLD."name_en", OLD."name_fa", OLD."order", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."to_kinds"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_f6e36() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_saleschannelevent" ("accepts_itself", "changed_at", "deleted_at", "id", "kind", "margin", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "version") VALUES (OLD."accepts_itself", OLD."changed_at", OLD."deleted_at", OLD."id", OLD."kind", OLD."margin", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."pipeline_id", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_ff00d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_rolepermissionevent" ("id", "permission", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "scope") VALUES (OLD."id", OLD."permission", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."role_id", OLD."scope"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_01b7d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_apitokenevent" ("created_at", "expires_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes", "user_id") VALUES (NEW."created_at", NEW."expires_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."prefix", NEW."revoked_at", NEW."scopes", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_0a132() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "core_savedviewevent" ("created_at", "deleted_at", "id", "list", "name", "order", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "shared", "state", "version") VALUES (NEW."created_at", NEW."deleted_at", NEW."id", NEW."list", NEW."name", NEW."order", NEW."owner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."place_id", NEW."shared", NEW."state", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_126cb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealpersonevent" ("deal_id", "id", "influence", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") VALUES (NEW."deal_id", NEW."id", NEW."influence", NEW."party_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."role"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_1da0d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerruleevent" ("bands", "changed_at", "channel_id", "deleted_at", "id", "level", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "purpose", "since", "until", "version", "way") VALUES (NEW."bands", NEW."changed_at", NEW."channel_id", NEW."deleted_at", NEW."id", NEW."level", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."pipeline_id", NEW."purpose", NEW."since", NEW."until", NEW."version", NEW."way"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_291b5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_stageapprovalevent" ("asked_at", "asked_by_id", "deal_id", "decided_at", "decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "stage_id", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."deal_id", NEW."decided_at", NEW."decided_by_id", NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."remark", NEW."stage_id", NEW."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_344a6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierevent" ("created_at", "flaw", "id", "is_insisted", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown", "value") SELECT new_values."created_at", new_values."flaw", new_values."id", new_values."is_insisted", new_values."kind", new_values."party_id", _pgh_attached_context.value, NOW(), 'insert', new_values."id", new_values."shown", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_3867c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_userevent" ("branch_id", "calendar", "date_joined", "department_id", "digits", "email", "full_name", "id", "is_active", "is_superuser", "language", "manager_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "search", "sort_key", "theme", "username") VALUES (NEW."branch_id", NEW."calendar", NEW."date_joined", NEW."department_id", NEW."digits", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."is_superuser", NEW."language", NEW."manager_id", NEW."password_changed_at", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."phone", NEW."search", NEW."sort_key", NEW."theme", NEW."username"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_3cd05() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "activities_outcomeevent" ("follow_at", "follow_days", "follow_kind", "follow_minutes", "follow_most", "id", "is_active", "kind", "name_en", "name_fa", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "state") VALUES (NEW."follow_at", NEW."follow_days", NEW."follow_kind", NEW."follow_minutes", NEW."follow_most", NEW."id", NEW."is_active", NEW."kind", NEW."name_en", NEW."name_fa", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_46499() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_lostreasonevent" ("deleted_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."deleted_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_4f12a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealpartnerevent" ("deal_id", "id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "via_id") VALUES (NEW."deal_id", NEW."id", NEW."partner_id", NEW."percent", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."via_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_51bc5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partynoteevent" ("author_id", "body", "created_at", "deleted_at", "edited_at", "id", "is_pinned", "mentioned", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."author_id", new_values."body", new_values."created_at", new_values."deleted_at", new_values."edited_at", new_values."id", new_values."is_pinned", new_values."mentioned", new_values."party_id", _pgh_attached_context.value, NOW(), 'insert', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_533ee() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_relationtypeevent" ("code", "from_kinds", "id", "inverse_en", "inverse_fa", "is_active", "is_builtin", "is_symmetric", "is_tree", "name_en", "name_fa", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_kinds") VALUES (NEW."code", NEW."from_kinds", NEW."id", NEW."inverse_en", NEW."inverse_fa", NEW."is_active", NEW."is_builtin", NEW."is_symmetric", NEW."is_tree", NEW."name_en", NEW."name_fa", NEW."order", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."to_kinds"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_5359f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealshareevent" ("deal_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."deal_id", NEW."id", NEW."percent", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_54c6d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_routingruleevent" ("changed_at", "conditions", "deleted_at", "id", "is_active", "name", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."changed_at", NEW."conditions", NEW."deleted_at", NEW."id", NEW."is_active", NEW."name", NEW."outcome", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_55de8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_pipelineevent" ("changed_at", "deleted_at", "id", "kind", "name", "next_pipeline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."changed_at", NEW."deleted_at", NEW."id", NEW."kind", NEW."name", NEW."next_pipeline_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_571b7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_commissionstatementevent" ("confirmed_at", "confirmed_by_id", "id", "month", "paid_at", "paid_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "state", "total") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."month", NEW."paid_at", NEW."paid_by_id", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."reference", NEW."state", NEW."total"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_5ea24() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_categoryevent" ("applies_to", "created_at", "description", "hue", "id", "is_active", "name", "norm", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "version") VALUES (NEW."applies_to", NEW."created_at", NEW."description", NEW."hue", NEW."id", NEW."is_active", NEW."name", NEW."norm", NEW."order", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."required", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_5ee5b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealevent" ("amount", "branch_id", "changed_at", "channel", "close_on", "closed_at", "competitor", "created_by_id", "custom", "deleted_at", "department_id", "id", "is_hot", "joined_into_id", "lost_note", "lost_reason_id", "name", "note", "opened_at", "owner_id", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "source", "split_from_id", "stage_id", "stage_since", "state", "tag_ids", "version") VALUES (NEW."amount", NEW."branch_id", NEW."changed_at", NEW."channel", NEW."close_on", NEW."closed_at", NEW."competitor", NEW."created_by_id", NEW."custom", NEW."deleted_at", NEW."department_id", NEW."id", NEW."is_hot", NEW."joined_into_id", NEW."lost_note", NEW."lost_reason_id", NEW."name", NEW."note", NEW."opened_at", NEW."owner_id", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."pipeline_id", NEW."probability", NEW."source", NEW."split_from_id", NEW."stage_id", NEW."stage_since", NEW."state", NEW."tag_ids", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_5fa08() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_stageevent" ("checks", "deleted_at", "id", "name", "needs_approval", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "probability", "required", "rot_days", "tone") VALUES (NEW."checks", NEW."deleted_at", NEW."id", NEW."name", NEW."needs_approval", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."pipeline_id", NEW."position", NEW."probability", NEW."required", NEW."rot_days", NEW."tone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_652a3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyroleevent" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until") SELECT new_values."id", new_values."party_id", _pgh_attached_context.value, NOW(), 'insert', new_values."id", new_values."role", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_67d32() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_skillevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_70e51() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_segmentevent" ("branch_id", "changed_at", "created_at", "deleted_at", "description", "id", "kind", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."created_at", NEW."deleted_at", NEW."description", NEW."id", NEW."kind", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."rule", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_77126() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_substitutionevent" ("by_id", "created_at", "ended_at", "first_day", "id", "last_day", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "substitute_id", "work") VALUES (NEW."by_id", NEW."created_at", NEW."ended_at", NEW."first_day", NEW."id", NEW."last_day", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."settled_at", NEW."substitute_id", NEW."work"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_77ca7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_rolegrantevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."role_id", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_77e46() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_profileevent" ("birth_date", "children", "education", "employees", "founded_on", "gender", "income_band", "industry", "interests", "language", "lifestyle", "marital_status", "motivations", "occupation", "pains", "party_id", "personality", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "values", "website") VALUES (NEW."birth_date", NEW."children", NEW."education", NEW."employees", NEW."founded_on", NEW."gender", NEW."income_band", NEW."industry", NEW."interests", NEW."language", NEW."lifestyle", NEW."marital_status", NEW."motivations", NEW."occupation", NEW."pains", NEW."party_id", NEW."personality", _pgh_attach_context(), NOW(), 'insert', NEW."party_id", NEW."values", NEW."website"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_83f08() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_seatevent" ("capacity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skills", "user_id") VALUES (NEW."capacity", _pgh_attach_context(), NOW(), 'insert', NEW."user_id", NEW."skills", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_97101() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_saleschannelevent" ("accepts_itself", "changed_at", "deleted_at", "id", "kind", "margin", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "version") VALUES (NEW."accepts_itself", NEW."changed_at", NEW."deleted_at", NEW."id", NEW."kind", NEW."margin", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."pipeline_id", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_a07c4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerseatevent" ("created_at", "id", "is_active", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."language", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_a6f0b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationevent" ("created_at", "created_by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "type_id", "until") SELECT new_values."created_at", new_values."created_by_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), 'insert', new_values."id", new_values."since", new_values."source_id", new_values."target_id", new_values."type_id", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_a8181() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_cannedanswerevent" ("body", "changed_at", "changed_by_id", "created_at", "deleted_at", "department_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shortcut", "title", "version") VALUES (NEW."body", NEW."changed_at", NEW."changed_by_id", NEW."created_at", NEW."deleted_at", NEW."department_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."shortcut", NEW."title", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_b4692() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_departmentevent" ("branch_id", "email", "hue", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signature") VALUES (NEW."branch_id", NEW."email", NEW."hue", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."signature"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_ba483() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_assignmentruleevent" ("branches", "changed_at", "cities", "deleted_at", "departments", "id", "is_active", "most", "name", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipelines", "position", "provinces", "share", "sources", "version") VALUES (NEW."branches", NEW."changed_at", NEW."cities", NEW."deleted_at", NEW."departments", NEW."id", NEW."is_active", NEW."most", NEW."name", NEW."people", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."pipelines", NEW."position", NEW."provinces", NEW."share", NEW."sources", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_bc75d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_branchevent" ("city", "id", "is_active", "name", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."city", NEW."id", NEW."is_active", NEW."name", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), 'insert', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_bd2f7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_postevent" ("department_id", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."department_id", NEW."holder_id", NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."title"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_bf52e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_addressevent" ("city", "country", "created_at", "id", "is_primary", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "province", "street", "use") SELECT new_values."city", new_values."country", new_values."created_at", new_values."id", new_values."is_primary", new_values."party_id", _pgh_attached_context.value, NOW(), 'insert', new_values."id", new_values."postal_code", new_values."province", new_values."street", new_values."use" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_cc97d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_partyfileevent" ("added_by_id", "created_at", "deleted_at", "file_id", "id", "label", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."added_by_id", NEW."created_at", NEW."deleted_at", NEW."file_id", NEW."id", NEW."label", NEW."party_id", _pgh_attach_context(), NOW(), 'insert', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_cd3b6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_contactpointevent" ("bounce_reason", "bounced_at", "created_at", "id", "identified", "identifies", "is_primary", "is_verified", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "typed", "use", "value", "verified_at") SELECT new_values."bounce_reason", new_values."bounced_at", new_values."created_at", new_values."id", new_values."identified", new_values."identifies", new_values."is_primary", new_values."is_verified", new_values."kind", new_values."party_id", _pgh_attached_context.value, NOW(), 'insert', new_values."id", new_values."typed", new_values."use", new_values."value", new_values."verified_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_d4cc3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealregistrationevent" ("amount", "came_with_id", "deal_id", "decided_at", "decided_by_id", "exclusive_until", "fingerprint", "id", "kind", "lapsed_at", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "received_at", "remark", "rival_deal_id", "rival_id", "seat_id", "state", "version") VALUES (NEW."amount", NEW."came_with_id", NEW."deal_id", NEW."decided_at", NEW."decided_by_id", NEW."exclusive_until", NEW."fingerprint", NEW."id", NEW."kind", NEW."lapsed_at", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."product", NEW."received_at", NEW."remark", NEW."rival_deal_id", NEW."rival_id", NEW."seat_id", NEW."state", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_d9a3a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_roleevent" ("code", "description", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."description", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), 'insert', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_ea603() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerevent" ("branch_id", "changed_at", "channel_id", "contract_from", "contract_to", "created_at", "department_id", "id", "is_active", "level", "owner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protection", "territory", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."channel_id", NEW."contract_from", NEW."contract_to", NEW."created_at", NEW."department_id", NEW."id", NEW."is_active", NEW."level", NEW."owner_id", NEW."party_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."protection", NEW."territory", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_f5c0e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyevent" ("branch_id", "category_id", "changed_at", "city", "consents", "created_at", "custom", "deleted_at", "deleted_by_id", "erased_at", "first_name", "honorific", "id", "is_provisional", "job_title", "kind", "last_name", "life_cycle", "life_cycle_since", "merged_into_id", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "preferred_from", "preferred_until", "province", "roles", "tag_ids", "version") SELECT new_values."branch_id", new_values."category_id", new_values."changed_at", new_values."city", new_values."consents", new_values."created_at", new_values."custom", new_values."deleted_at", new_values."deleted_by_id", new_values."erased_at", new_values."first_name", new_values."honorific", new_values."id", new_values."is_provisional", new_values."job_title", new_values."kind", new_values."last_name", new_values."life_cycle", new_values."life_cycle_since", new_values."merged_into_id", new_values."name", new_values."organisation_id", new_values."owner_id", _pgh_attached_context.value, NOW(), 'insert', new_values."id", new_values."preferred_channel", new_values."preferred_from", new_values."preferred_until", new_values."province", new_values."roles", new_values."tag_ids", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_f6731() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_leadformevent" ("branch_id", "changed_at", "consent", "deleted_at", "id", "intro", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "questions", "source", "thanks", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."consent", NEW."deleted_at", NEW."id", NEW."intro", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."pipeline_id", NEW."questions", NEW."source", NEW."thanks", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_febfb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_rolepermissionevent" ("id", "permission", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "scope") VALUES (NEW."id", NEW."permission", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."role_id", NEW."scope"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_feeeb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_signatureevent" ("changed_at", "changed_by_id", "department_id", "id", "owner_id", "personal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_en", "text_fa", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."department_id", NEW."id", NEW."owner_id", NEW."personal", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."text_en", NEW."text_fa", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_parties_party_stamp_1c3e7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    NEW.change_xid = pg_current_xact_id()::text::bigint; RETURN NEW;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_sales_commission_only_added_da81c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_023a0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_roleevent" ("code", "description", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."description", NEW."id", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), 'update', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_03df5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_leadformevent" ("branch_id", "changed_at", "consent", "deleted_at", "id", "intro", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "questions", "source", "thanks", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."consent", NEW."deleted_at", NEW."id", NEW."intro", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."pipeline_id", NEW."questions", NEW."source", NEW."thanks", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_0599a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "core_savedviewevent" ("created_at", "deleted_at", "id", "list", "name", "order", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "shared", "state", "version") VALUES (NEW."created_at", NEW."deleted_at", NEW."id", NEW."list", NEW."name", NEW."order", NEW."owner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."place_id", NEW."shared", NEW."state", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_0e890() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_userevent" ("branch_id", "calendar", "date_joined", "department_id", "digits", "email", "full_name", "id", "is_active", "is_superuser", "language", "manager_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "search", "sort_key", "theme", "username") VALUES (NEW."branch_id", NEW."calendar", NEW."date_joined", NEW."department_id", NEW."digits", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."is_superuser", NEW."language", NEW."manager_id", NEW."password_changed_at", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."phone", NEW."search", NEW."sort_key", NEW."theme", NEW."username"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_13594() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_relationtypeevent" ("code", "from_kinds", "id", "inverse_en", "inverse_fa", "is_active", "is_builtin", "is_symmetric", "is_tree", "name_en", "name_fa", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_kinds") VALUES (NEW."code", NEW."from_kinds", NEW."id", NEW."inverse_en", NEW."inverse_fa", NEW."is_active", NEW."is_builtin", NEW."is_symmetric", NEW."is_tree", NEW."name_en", NEW."name_fa", NEW."order", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."to_kinds"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_1b726() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_branchevent" ("city", "id", "is_active", "name", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."city", NEW."id", NEW."is_active", NEW."name", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), 'update', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_24040() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "activities_outcomeevent" ("follow_at", "follow_days", "follow_kind", "follow_minutes", "follow_most", "id", "is_active", "kind", "name_en", "name_fa", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "state") VALUES (NEW."follow_at", NEW."follow_days", NEW."follow_kind", NEW."follow_minutes", NEW."follow_most", NEW."id", NEW."is_active", NEW."kind", NEW."name_en", NEW."name_fa", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_26188() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerruleevent" ("bands", "changed_at", "channel_id", "deleted_at", "id", "level", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "purpose", "since", "until", "version", "way") VALUES (NEW."bands", NEW."changed_at", NEW."channel_id", NEW."deleted_at", NEW."id", NEW."level", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."pipeline_id", NEW."purpose", NEW."since", NEW."until", NEW."version", NEW."way"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_27d37() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerseatevent" ("created_at", "id", "is_active", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."language", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_2995b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_stageapprovalevent" ("asked_at", "asked_by_id", "deal_id", "decided_at", "decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "stage_id", "state") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."deal_id", NEW."decided_at", NEW."decided_by_id", NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."remark", NEW."stage_id", NEW."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_2c01d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealpartnerevent" ("deal_id", "id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "via_id") VALUES (NEW."deal_id", NEW."id", NEW."partner_id", NEW."percent", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."via_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_36380() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealregistrationevent" ("amount", "came_with_id", "deal_id", "decided_at", "decided_by_id", "exclusive_until", "fingerprint", "id", "kind", "lapsed_at", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "received_at", "remark", "rival_deal_id", "rival_id", "seat_id", "state", "version") VALUES (NEW."amount", NEW."came_with_id", NEW."deal_id", NEW."decided_at", NEW."decided_by_id", NEW."exclusive_until", NEW."fingerprint", NEW."id", NEW."kind", NEW."lapsed_at", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."product", NEW."received_at", NEW."remark", NEW."rival_deal_id", NEW."rival_id", NEW."seat_id", NEW."state", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_422d0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_saleschannelevent" ("accepts_itself", "changed_at", "deleted_at", "id", "kind", "margin", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "version") VALUES (NEW."accepts_itself", NEW."changed_at", NEW."deleted_at", NEW."id", NEW."kind", NEW."margin", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."pipeline_id", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_474d1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_categoryevent" ("applies_to", "created_at", "description", "hue", "id", "is_active", "name", "norm", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required", "version") VALUES (NEW."applies_to", NEW."created_at", NEW."description", NEW."hue", NEW."id", NEW."is_active", NEW."name", NEW."norm", NEW."order", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."required", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_4a320() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_postevent" ("department_id", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."department_id", NEW."holder_id", NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."title"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_4e37f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_assignmentruleevent" ("branches", "changed_at", "cities", "deleted_at", "departments", "id", "is_active", "most", "name", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipelines", "position", "provinces", "share", "sources", "version") VALUES (NEW."branches", NEW."changed_at", NEW."cities", NEW."deleted_at", NEW."departments", NEW."id", NEW."is_active", NEW."most", NEW."name", NEW."people", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."pipelines", NEW."position", NEW."provinces", NEW."share", NEW."sources", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_51974() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealevent" ("amount", "branch_id", "changed_at", "channel", "close_on", "closed_at", "competitor", "created_by_id", "custom", "deleted_at", "department_id", "id", "is_hot", "joined_into_id", "lost_note", "lost_reason_id", "name", "note", "opened_at", "owner_id", "partner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "source", "split_from_id", "stage_id", "stage_since", "state", "tag_ids", "version") VALUES (NEW."amount", NEW."branch_id", NEW."changed_at", NEW."channel", NEW."close_on", NEW."closed_at", NEW."competitor", NEW."created_by_id", NEW."custom", NEW."deleted_at", NEW."department_id", NEW."id", NEW."is_hot", NEW."joined_into_id", NEW."lost_note", NEW."lost_reason_id", NEW."name", NEW."note", NEW."opened_at", NEW."owner_id", NEW."partner_id", NEW."party_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."pipeline_id", NEW."probability", NEW."source", NEW."split_from_id", NEW."stage_id", NEW."stage_since", NEW."state", NEW."tag_ids", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_55381() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealpersonevent" ("deal_id", "id", "influence", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") VALUES (NEW."deal_id", NEW."id", NEW."influence", NEW."party_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."role"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_560df() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_skillevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_57855() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_cannedanswerevent" ("body", "changed_at", "changed_by_id", "created_at", "deleted_at", "department_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shortcut", "title", "version") VALUES (NEW."body", NEW."changed_at", NEW."changed_by_id", NEW."created_at", NEW."deleted_at", NEW."department_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."shortcut", NEW."title", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_5a606() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_segmentevent" ("branch_id", "changed_at", "created_at", "deleted_at", "description", "id", "kind", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."created_at", NEW."deleted_at", NEW."description", NEW."id", NEW."kind", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."rule", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_6a4f2() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partynoteevent" ("author_id", "body", "created_at", "deleted_at", "edited_at", "id", "is_pinned", "mentioned", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."author_id", new_values."body", new_values."created_at", new_values."deleted_at", new_values."edited_at", new_values."id", new_values."is_pinned", new_values."mentioned", new_values."party_id", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_7bdf6() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_identifierevent" ("created_at", "flaw", "id", "is_insisted", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shown", "value") SELECT new_values."created_at", new_values."flaw", new_values."id", new_values."is_insisted", new_values."kind", new_values."party_id", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."shown", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."flaw" IS DISTINCT FROM (new_values."flaw") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_insisted" IS DISTINCT FROM (new_values."is_insisted") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."party_id" IS DISTINCT FROM (new_values."party_id") OR old_values."shown" IS DISTINCT FROM (new_values."shown") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_815a8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_commissionstatementevent" ("confirmed_at", "confirmed_by_id", "id", "month", "paid_at", "paid_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "state", "total") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."month", NEW."paid_at", NEW."paid_by_id", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."reference", NEW."state", NEW."total"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_837ed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_rolepermissionevent" ("id", "permission", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "scope") VALUES (NEW."id", NEW."permission", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."role_id", NEW."scope"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_9b21b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_stageevent" ("checks", "deleted_at", "id", "name", "needs_approval", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "probability", "required", "rot_days", "tone") VALUES (NEW."checks", NEW."deleted_at", NEW."id", NEW."name", NEW."needs_approval", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."pipeline_id", NEW."position", NEW."probability", NEW."required", NEW."rot_days", NEW."tone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_9bd6d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_profileevent" ("birth_date", "children", "education", "employees", "founded_on", "gender", "income_band", "industry", "interests", "language", "lifestyle", "marital_status", "motivations", "occupation", "pains", "party_id", "personality", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "values", "website") VALUES (NEW."birth_date", NEW."children", NEW."education", NEW."employees", NEW."founded_on", NEW."gender", NEW."income_band", NEW."industry", NEW."interests", NEW."language", NEW."lifestyle", NEW."marital_status", NEW."motivations", NEW."occupation", NEW."pains", NEW."party_id", NEW."personality", _pgh_attach_context(), NOW(), 'update', NEW."party_id", NEW."values", NEW."website"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_9ddf1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_lostreasonevent" ("deleted_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."deleted_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_a8fec() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_relationevent" ("created_at", "created_by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "type_id", "until") SELECT new_values."created_at", new_values."created_by_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."since", new_values."source_id", new_values."target_id", new_values."type_id", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_add22() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_routingruleevent" ("changed_at", "conditions", "deleted_at", "id", "is_active", "name", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."changed_at", NEW."conditions", NEW."deleted_at", NEW."id", NEW."is_active", NEW."name", NEW."outcome", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_afd13() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_departmentevent" ("branch_id", "email", "hue", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signature") VALUES (NEW."branch_id", NEW."email", NEW."hue", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."signature"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_b18af() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_partnerevent" ("branch_id", "changed_at", "channel_id", "contract_from", "contract_to", "created_at", "department_id", "id", "is_active", "level", "owner_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protection", "territory", "version") VALUES (NEW."branch_id", NEW."changed_at", NEW."channel_id", NEW."contract_from", NEW."contract_to", NEW."created_at", NEW."department_id", NEW."id", NEW."is_active", NEW."level", NEW."owner_id", NEW."party_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."protection", NEW."territory", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_b22d0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_substitutionevent" ("by_id", "created_at", "ended_at", "first_day", "id", "last_day", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "substitute_id", "work") VALUES (NEW."by_id", NEW."created_at", NEW."ended_at", NEW."first_day", NEW."id", NEW."last_day", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."settled_at", NEW."substitute_id", NEW."work"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_b27dc() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_contactpointevent" ("bounce_reason", "bounced_at", "created_at", "id", "identified", "identifies", "is_primary", "is_verified", "kind", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "typed", "use", "value", "verified_at") SELECT new_values."bounce_reason", new_values."bounced_at", new_values."created_at", new_values."id", new_values."identified", new_values."identifies", new_values."is_primary", new_values."is_verified", new_values."kind", new_values."party_id", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."typed", new_values."use", new_values."value", new_values."verified_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_b2dcb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_seatevent" ("capacity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skills", "user_id") VALUES (NEW."capacity", _pgh_attach_context(), NOW(), 'update', NEW."user_id", NEW."skills", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_c11e0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_partyfileevent" ("added_by_id", "created_at", "deleted_at", "file_id", "id", "label", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."added_by_id", NEW."created_at", NEW."deleted_at", NEW."file_id", NEW."id", NEW."label", NEW."party_id", _pgh_attach_context(), NOW(), 'update', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_c158d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "cartable_signatureevent" ("changed_at", "changed_by_id", "department_id", "id", "owner_id", "personal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_en", "text_fa", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."department_id", NEW."id", NEW."owner_id", NEW."personal", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."text_en", NEW."text_fa", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_c1c49() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_pipelineevent" ("changed_at", "deleted_at", "id", "kind", "name", "next_pipeline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."changed_at", NEW."deleted_at", NEW."id", NEW."kind", NEW."name", NEW."next_pipeline_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_db520() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyevent" ("branch_id", "category_id", "changed_at", "city", "consents", "created_at", "custom", "deleted_at", "deleted_by_id", "erased_at", "first_name", "honorific", "id", "is_provisional", "job_title", "kind", "last_name", "life_cycle", "life_cycle_since", "merged_into_id", "name", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "preferred_from", "preferred_until", "province", "roles", "tag_ids", "version") SELECT new_values."branch_id", new_values."category_id", new_values."changed_at", new_values."city", new_values."consents", new_values."created_at", new_values."custom", new_values."deleted_at", new_values."deleted_by_id", new_values."erased_at", new_values."first_name", new_values."honorific", new_values."id", new_values."is_provisional", new_values."job_title", new_values."kind", new_values."last_name", new_values."life_cycle", new_values."life_cycle_since", new_values."merged_into_id", new_values."name", new_values."organisation_id", new_values."owner_id", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."preferred_channel", new_values."preferred_from", new_values."preferred_until", new_values."province", new_values."roles", new_values."tag_ids", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."branch_id" IS DISTINCT FROM (new_values."branch_id") OR old_values."category_id" IS DISTINCT FROM (new_values."category_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."city" IS DISTINCT FROM (new_values."city") OR old_values."consents" IS DISTINCT FROM (new_values."consents") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."custom" IS DISTINCT FROM (new_values."custom") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."erased_at" IS DISTINCT FROM (new_values."erased_at") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."honorific" IS DISTINCT FROM (new_values."honorific") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_provisional" IS DISTINCT FROM (new_values."is_provisional") OR old_values."job_title" IS DISTINCT FROM (new_values."job_title") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."life_cycle" IS DISTINCT FROM (new_values."life_cycle") OR old_values."life_cycle_since" IS DISTINCT FROM (new_values."life_cycle_since") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."preferred_channel" IS DISTINCT FROM (new_values."preferred_channel") OR old_values."preferred_from" IS DISTINCT FROM (new_values."preferred_from") OR old_values."preferred_until" IS DISTINCT FROM (new_values."preferred_until") OR old_values."province" IS DISTINCT FROM (new_values."province") OR old_values."roles" IS DISTINCT FROM (new_values."roles") OR old_values."tag_ids" IS DISTINCT FROM (new_values."tag_ids") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_db937() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_addressevent" ("city", "country", "created_at", "id", "is_primary", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "province", "street", "use") SELECT new_values."city", new_values."country", new_values."created_at", new_values."id", new_values."is_primary", new_values."party_id", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."postal_code", new_values."province", new_values."street", new_values."use" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_df53b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_apitokenevent" ("created_at", "expires_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes", "user_id") VALUES (NEW."created_at", NEW."expires_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."prefix", NEW."revoked_at", NEW."scopes", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_df62f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "sales_dealshareevent" ("deal_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."deal_id", NEW."id", NEW."percent", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_f0e9e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "accounts_rolegrantevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."role_id", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_f3ab5() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "parties_partyroleevent" ("id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until") SELECT new_values."id", new_values."party_id", _pgh_attached_context.value, NOW(), 'update', new_values."id", new_values."role", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
)
WITH (autovacuum_vacuum_scale_factor='0.01', autovacuum_vacuum_threshold='500', autovacuum_vacuum_cost_delay='0');
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_apitoken (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    prefix character varying(12) NOT NULL,
    hash character varying(64) NOT NULL,
    scopes jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    user_id bigint NOT NULL
);
ALTER TABLE public.accounts_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_apitokenevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    prefix character varying(12) NOT NULL,
    scopes jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.accounts_apitokenevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_apitokenevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_branch (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    path character varying(255) NOT NULL,
    city character varying(80) NOT NULL,
    is_active boolean NOT NULL,
    parent_id bigint,
    CONSTRAINT accounts_branch_not_itself CHECK ((NOT ((parent_id = id) AND (parent_id IS NOT NULL))))
);
ALTER TABLE public.accounts_branch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_branch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_branchevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    path character varying(255) NOT NULL,
    city character varying(80) NOT NULL,
    is_active boolean NOT NULL,
    parent_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.accounts_branchevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_branchevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_department (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(254) NOT NULL,
    hue smallint NOT NULL,
    signature text NOT NULL,
    is_active boolean NOT NULL,
    branch_id bigint NOT NULL,
    CONSTRAINT accounts_department_hue CHECK (((hue >= 1) AND (hue <= 6))),
    CONSTRAINT accounts_department_hue_check CHECK ((hue >= 0))
);
ALTER TABLE public.accounts_department ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_department_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_departmentevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(254) NOT NULL,
    hue smallint NOT NULL,
    signature text NOT NULL,
    is_active boolean NOT NULL,
    branch_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT accounts_departmentevent_hue_check CHECK ((hue >= 0))
);
ALTER TABLE public.accounts_departmentevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_departmentevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_notification (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    text character varying(200) NOT NULL,
    data jsonb NOT NULL,
    url character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    user_id bigint NOT NULL
);
ALTER TABLE public.accounts_notification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_post (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    department_id bigint NOT NULL,
    holder_id bigint
);
ALTER TABLE public.accounts_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_postevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    department_id bigint NOT NULL,
    holder_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.accounts_postevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_postevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_role (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    code character varying(40) NOT NULL,
    description character varying(255) NOT NULL
);
ALTER TABLE public.accounts_role ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_role_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_roleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    code character varying(40) NOT NULL,
    description character varying(255) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.accounts_roleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_roleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_rolegrant (
    id bigint NOT NULL,
    role_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.accounts_rolegrant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_rolegrant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_rolegrantevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    role_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.accounts_rolegrantevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_rolegrantevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_rolepermission (
    id bigint NOT NULL,
    permission character varying(80) NOT NULL,
    scope character varying(12) NOT NULL,
    role_id bigint NOT NULL
);
ALTER TABLE public.accounts_rolepermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_rolepermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_rolepermissionevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    permission character varying(80) NOT NULL,
    scope character varying(12) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    role_id bigint NOT NULL
);
ALTER TABLE public.accounts_rolepermissionevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_rolepermissionevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_substitution (
    id bigint NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    work smallint NOT NULL,
    note character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    settled_at timestamp with time zone,
    by_id bigint,
    person_id bigint NOT NULL,
    substitute_id bigint NOT NULL,
    CONSTRAINT accounts_subst_days CHECK ((last_day >= first_day)),
    CONSTRAINT accounts_subst_other CHECK ((NOT (person_id = substitute_id))),
    CONSTRAINT accounts_substitution_work_check CHECK ((work >= 0))
);
ALTER TABLE public.accounts_substitution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_substitution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_substitutionevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    work smallint NOT NULL,
    note character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    settled_at timestamp with time zone,
    by_id bigint,
    person_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    substitute_id bigint NOT NULL,
    CONSTRAINT accounts_substitutionevent_work_check CHECK ((work >= 0))
);
ALTER TABLE public.accounts_substitutionevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_substitutionevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(60) NOT NULL,
    email character varying(254) NOT NULL,
    full_name character varying(120) NOT NULL,
    search character varying(400) NOT NULL,
    sort_key character varying(240) NOT NULL,
    phone character varying(20) NOT NULL,
    language character varying(2) NOT NULL,
    calendar character varying(9) NOT NULL,
    digits character varying(7) NOT NULL,
    theme character varying(6) NOT NULL,
    preferences jsonb NOT NULL,
    is_active boolean NOT NULL,
    is_superuser boolean NOT NULL,
    password_changed_at timestamp with time zone,
    date_joined timestamp with time zone NOT NULL,
    manager_id bigint,
    branch_id bigint,
    department_id bigint,
    CONSTRAINT accounts_user_not_own_manager CHECK ((NOT ((manager_id = id) AND (manager_id IS NOT NULL))))
);
ALTER TABLE public.accounts_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_userevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    username character varying(60) NOT NULL,
    email character varying(254) NOT NULL,
    full_name character varying(120) NOT NULL,
    search character varying(400) NOT NULL,
    sort_key character varying(240) NOT NULL,
    phone character varying(20) NOT NULL,
    language character varying(2) NOT NULL,
    calendar character varying(9) NOT NULL,
    digits character varying(7) NOT NULL,
    theme character varying(6) NOT NULL,
    is_active boolean NOT NULL,
    is_superuser boolean NOT NULL,
    password_changed_at timestamp with time zone,
    date_joined timestamp with time zone NOT NULL,
    branch_id bigint,
    department_id bigint,
    manager_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.accounts_userevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_userevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_activity (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    subject character varying(200) NOT NULL,
    description text NOT NULL,
    search text NOT NULL,
    at timestamp with time zone,
    ends_at timestamp with time zone,
    all_day boolean NOT NULL,
    zone character varying(60) NOT NULL,
    place character varying(200) NOT NULL,
    link character varying(500) NOT NULL,
    priority character varying(8) NOT NULL,
    state character varying(9) NOT NULL,
    result text NOT NULL,
    done_at timestamp with time zone,
    attempt smallint NOT NULL,
    uid uuid NOT NULL,
    sequence integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    branch_id bigint,
    created_by_id bigint,
    deleted_by_id bigint,
    department_id bigint,
    done_by_id bigint,
    follows_id bigint,
    owner_id bigint NOT NULL,
    party_id bigint,
    outcome_id bigint,
    checked_in_at timestamp with time zone,
    is_exception boolean NOT NULL,
    occurrence date,
    remind_at timestamp with time zone,
    remind_mail boolean NOT NULL,
    remind_minutes integer,
    series_id bigint,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT activities_activity_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT activities_activity_remind_minutes_check CHECK ((remind_minutes >= 0)),
    CONSTRAINT activities_activity_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT activities_activity_version_check CHECK ((version >= 0)),
    CONSTRAINT activities_closed_when CHECK ((((done_at IS NULL) AND ((state)::text = 'planned'::text)) OR ((NOT ((state)::text = 'planned'::text)) AND (done_at IS NOT NULL)))),
    CONSTRAINT activities_named CHECK ((NOT ((subject)::text = ''::text))),
    CONSTRAINT activities_time_whole CHECK ((((at IS NULL) AND (ends_at IS NULL) AND ((kind)::text = 'task'::text)) OR ((at IS NOT NULL) AND (ends_at >= at))))
);
ALTER TABLE public.activities_activity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_decision (
    id bigint NOT NULL,
    text character varying(200) NOT NULL,
    due date,
    owner_id bigint,
    task_id bigint,
    minutes_id bigint NOT NULL
);
ALTER TABLE public.activities_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_feed (
    id bigint NOT NULL,
    hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    user_id bigint NOT NULL
);
ALTER TABLE public.activities_feed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_feed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_invitee (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(120) NOT NULL,
    answer character varying(9) NOT NULL,
    answered_at timestamp with time zone,
    activity_id bigint NOT NULL,
    party_id bigint,
    user_id bigint,
    at timestamp with time zone,
    CONSTRAINT activities_invited_is_one CHECK ((((party_id IS NULL) AND (user_id IS NOT NULL)) OR ((party_id IS NOT NULL) AND (user_id IS NULL)) OR ((party_id IS NULL) AND (user_id IS NULL) AND (NOT ((email)::text = ''::text)))))
);
ALTER TABLE public.activities_invitee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_invitee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_link (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    record bigint NOT NULL,
    activity_id bigint NOT NULL
);
ALTER TABLE public.activities_link ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_minutes (
    id bigint NOT NULL,
    body text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    activity_id bigint NOT NULL,
    written_by_id bigint,
    CONSTRAINT activities_minutes_version_check CHECK ((version >= 0))
);
ALTER TABLE public.activities_minutes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_minutes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_movedlink (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    record bigint NOT NULL,
    "into" bigint NOT NULL,
    had boolean NOT NULL,
    cause character varying(60) NOT NULL,
    activity_id bigint NOT NULL
);
ALTER TABLE public.activities_movedlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_movedlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_outcome (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    name_fa character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    state character varying(9) NOT NULL,
    follow_kind character varying(8) NOT NULL,
    follow_days smallint NOT NULL,
    follow_at time without time zone,
    follow_minutes integer NOT NULL,
    follow_most smallint NOT NULL,
    is_active boolean NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT activities_outcome_follow_days_check CHECK ((follow_days >= 0)),
    CONSTRAINT activities_outcome_follow_minutes_check CHECK ((follow_minutes >= 0)),
    CONSTRAINT activities_outcome_follow_most_check CHECK ((follow_most >= 0)),
    CONSTRAINT activities_outcome_position_check CHECK (("position" >= 0)),
    CONSTRAINT activities_outcome_state CHECK ((state IN ('done', 'missed')))
);
ALTER TABLE public.activities_outcome ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_outcome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_outcomeevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    name_fa character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    state character varying(9) NOT NULL,
    follow_kind character varying(8) NOT NULL,
    follow_days smallint NOT NULL,
    follow_at time without time zone,
    follow_minutes integer NOT NULL,
    follow_most smallint NOT NULL,
    is_active boolean NOT NULL,
    "position" smallint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT activities_outcomeevent_follow_days_check CHECK ((follow_days >= 0)),
    CONSTRAINT activities_outcomeevent_follow_minutes_check CHECK ((follow_minutes >= 0)),
    CONSTRAINT activities_outcomeevent_follow_most_check CHECK ((follow_most >= 0)),
    CONSTRAINT activities_outcomeevent_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.activities_outcomeevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_outcomeevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_outside (
    id bigint NOT NULL,
    uid character varying(255) NOT NULL,
    recurrence character varying(40) NOT NULL,
    organizer character varying(254) NOT NULL,
    organizer_name character varying(200) NOT NULL,
    attendee character varying(254) NOT NULL,
    sequence integer NOT NULL,
    stamp timestamp with time zone NOT NULL,
    arrival bigint NOT NULL,
    is_cancelled boolean NOT NULL,
    told character varying(9) NOT NULL,
    activity_id bigint NOT NULL,
    message_id bigint,
    user_id bigint NOT NULL,
    series_id bigint,
    CONSTRAINT activities_outside_sequence_check CHECK ((sequence >= 0))
);
ALTER TABLE public.activities_outside ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_outside_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_outsideseries (
    id bigint NOT NULL,
    uid character varying(255) NOT NULL,
    organizer character varying(254) NOT NULL,
    organizer_name character varying(200) NOT NULL,
    attendee character varying(254) NOT NULL,
    parts jsonb NOT NULL,
    made_until date NOT NULL,
    answer character varying(9) NOT NULL,
    told character varying(9) NOT NULL,
    message_id bigint,
    user_id bigint NOT NULL
);
ALTER TABLE public.activities_outsideseries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_outsideseries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_reminded (
    id bigint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    activity_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.activities_reminded ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_reminded_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_series (
    id bigint NOT NULL,
    rule jsonb NOT NULL,
    start date NOT NULL,
    clock time without time zone NOT NULL,
    minutes integer NOT NULL,
    zone character varying(60) NOT NULL,
    plan jsonb NOT NULL,
    made_until date NOT NULL,
    ended_on date,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    uid uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT activities_series_minutes_check CHECK ((minutes >= 0))
);
ALTER TABLE public.activities_series ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_step (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    details jsonb NOT NULL,
    activity_id bigint NOT NULL,
    actor_id bigint
);
ALTER TABLE public.activities_step ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_synced (
    id bigint NOT NULL,
    token character varying(60) NOT NULL,
    entries jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.activities_synced ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_synced_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activities_told (
    id bigint NOT NULL,
    uid uuid NOT NULL,
    occurrence date,
    email character varying(254) NOT NULL,
    sequence integer NOT NULL,
    digest character varying(64) NOT NULL,
    is_cancelled boolean NOT NULL,
    told_at timestamp with time zone NOT NULL,
    answered_stamp timestamp with time zone,
    message_id bigint,
    answered_message bigint DEFAULT 0 NOT NULL,
    answered_sequence integer DEFAULT 0 NOT NULL,
    CONSTRAINT activities_told_answered_sequence_check CHECK ((answered_sequence >= 0)),
    CONSTRAINT activities_told_sequence_check CHECK ((sequence >= 0))
);
ALTER TABLE public.activities_told ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.activities_told_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_answer (
    id bigint NOT NULL,
    state character varying(9) NOT NULL,
    medium character varying(8) NOT NULL,
    recipient character varying(4000) NOT NULL,
    body text NOT NULL,
    remark text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    decided_at timestamp with time zone,
    author_id bigint NOT NULL,
    message_id bigint,
    reviewer_id bigint,
    request_id bigint NOT NULL,
    about_id bigint,
    addressed integer NOT NULL,
    bcc jsonb NOT NULL,
    cc jsonb NOT NULL,
    needed smallint NOT NULL,
    purpose character varying(7) NOT NULL,
    subject character varying(300) NOT NULL,
    rule_id bigint,
    CONSTRAINT cartable_answer_addressed_check CHECK ((addressed >= 0)),
    CONSTRAINT cartable_answer_needed_check CHECK ((needed >= 0)),
    CONSTRAINT cartable_answer_version_check CHECK ((version >= 0))
);
CREATE TABLE public.cartable_answer_files (
    id bigint NOT NULL,
    answer_id bigint NOT NULL,
    file_id character varying(32) NOT NULL
);
ALTER TABLE public.cartable_answer_files ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_answer_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.cartable_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_approvalrule (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    min_words integer,
    confidential boolean NOT NULL,
    in_order boolean NOT NULL,
    needed smallint NOT NULL,
    category_id bigint,
    department_id bigint,
    kind_id bigint,
    version integer NOT NULL,
    CONSTRAINT cartable_approvalrule_min_words_check CHECK ((min_words >= 0)),
    CONSTRAINT cartable_approvalrule_needed_check CHECK ((needed >= 0)),
    CONSTRAINT cartable_approvalrule_position_check CHECK (("position" >= 0)),
    CONSTRAINT cartable_approvalrule_version_check CHECK ((version >= 0)),
    CONSTRAINT cartable_rule_needs_somebody CHECK ((needed >= 1))
);
ALTER TABLE public.cartable_approvalrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_approvalrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_article (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    body text NOT NULL,
    language character varying(2) NOT NULL,
    state character varying(9) NOT NULL,
    audience character varying(8) NOT NULL,
    words_title text NOT NULL,
    words_body text NOT NULL,
    vector tsvector GENERATED ALWAYS AS ((setweight(to_tsvector('simple'::regconfig, COALESCE(words_title, ''::text)), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, COALESCE(words_body, ''::text)), 'B'::"char"))) STORED,
    version integer NOT NULL,
    helped integer NOT NULL,
    not_helped integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    deleted_at timestamp with time zone,
    changed_by_id bigint,
    created_by_id bigint,
    topic_id bigint,
    CONSTRAINT cartable_article_filled CHECK (((NOT ((title)::text = ''::text)) AND (NOT (body = ''::text)))),
    CONSTRAINT cartable_article_helped_check CHECK ((helped >= 0)),
    CONSTRAINT cartable_article_not_helped_check CHECK ((not_helped >= 0)),
    CONSTRAINT cartable_article_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_articleversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(200) NOT NULL,
    body text NOT NULL,
    state character varying(9) NOT NULL,
    audience character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL,
    by_id bigint,
    CONSTRAINT cartable_articleversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.cartable_articleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_articleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_cannedanswer (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    shortcut character varying(30) NOT NULL,
    body text NOT NULL,
    search text NOT NULL,
    uses integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    changed_by_id bigint,
    department_id bigint,
    owner_id bigint,
    CONSTRAINT cartable_canned_filled CHECK (((NOT ((title)::text = ''::text)) AND (NOT (body = ''::text)))),
    CONSTRAINT cartable_canned_of_one_scope CHECK (((owner_id IS NULL) OR (department_id IS NULL))),
    CONSTRAINT cartable_cannedanswer_uses_check CHECK ((uses >= 0)),
    CONSTRAINT cartable_cannedanswer_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_cannedanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_cannedanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_cannedanswerevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    shortcut character varying(30) NOT NULL,
    body text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    changed_by_id bigint,
    department_id bigint,
    owner_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT cartable_cannedanswerevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_cannedanswerevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_cannedanswerevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_canneduse (
    id bigint NOT NULL,
    count integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    canned_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT cartable_canneduse_count_check CHECK ((count >= 0))
);
ALTER TABLE public.cartable_canneduse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_canneduse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_confidant (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    request_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.cartable_confidant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_confidant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_confidentialview (
    id bigint NOT NULL,
    what character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    request_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.cartable_confidentialview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_confidentialview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_endorsement (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    state character varying(7) NOT NULL,
    version integer,
    at timestamp with time zone,
    answer_id bigint NOT NULL,
    copy_id bigint,
    instead_of_id bigint,
    user_id bigint NOT NULL,
    CONSTRAINT cartable_endorsement_at CHECK ((((at IS NULL) AND ((state)::text = 'waiting'::text)) OR ((at IS NOT NULL) AND ((state)::text = 'given'::text)))),
    CONSTRAINT cartable_endorsement_position_check CHECK (("position" >= 0)),
    CONSTRAINT cartable_endorsement_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_endorsement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_endorsement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_kind (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name_fa character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    words jsonb NOT NULL,
    is_active boolean NOT NULL,
    "position" smallint NOT NULL,
    department_id bigint,
    CONSTRAINT cartable_kind_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.cartable_kind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_kind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_mention (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    done_at timestamp with time zone,
    note_id bigint NOT NULL,
    request_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.cartable_mention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_mention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_note (
    id bigint NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    author_id bigint NOT NULL,
    request_id bigint NOT NULL
);
CREATE TABLE public.cartable_note_files (
    id bigint NOT NULL,
    note_id bigint NOT NULL,
    file_id character varying(32) NOT NULL
);
ALTER TABLE public.cartable_note_files ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_note_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.cartable_note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE UNLOGGED TABLE public.cartable_presence (
    id bigint NOT NULL,
    state character varying(7) NOT NULL,
    at timestamp with time zone NOT NULL,
    request_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.cartable_presence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_presence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_readmark (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    request_id bigint NOT NULL
);
ALTER TABLE public.cartable_readmark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_readmark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_receipt (
    request_id bigint NOT NULL,
    address character varying(320) NOT NULL,
    reason character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    message_id bigint
);
CREATE TABLE public.cartable_referral (
    id bigint NOT NULL,
    instruction text NOT NULL,
    due_at timestamp with time zone,
    state character varying(8) NOT NULL,
    read_at timestamp with time zone,
    ended_at timestamp with time zone,
    remark text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    parent_id bigint,
    taken_by_id bigint,
    to_department_id bigint,
    to_post_id bigint,
    to_user_id bigint,
    request_id bigint NOT NULL,
    keep boolean NOT NULL,
    role character varying(8) NOT NULL,
    tell_when_done boolean NOT NULL,
    to_branch_id bigint,
    action_id bigint,
    return_at timestamp with time zone,
    return_to character varying(8) NOT NULL,
    return_when character varying(9) NOT NULL,
    instead_of_id bigint,
    news_at timestamp with time zone,
    CONSTRAINT cartable_referral_one_target CHECK ((((to_branch_id IS NULL) AND (to_department_id IS NULL) AND (to_post_id IS NULL) AND (to_user_id IS NOT NULL)) OR ((to_branch_id IS NULL) AND (to_department_id IS NULL) AND (to_post_id IS NOT NULL) AND (to_user_id IS NULL)) OR ((to_branch_id IS NULL) AND (to_department_id IS NOT NULL) AND (to_post_id IS NULL) AND (to_user_id IS NULL)) OR ((to_branch_id IS NOT NULL) AND (to_department_id IS NULL) AND (to_post_id IS NULL) AND (to_user_id IS NULL))))
);
ALTER TABLE public.cartable_referral ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_referral_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_referralaction (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name_fa character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    is_active boolean NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT cartable_referralaction_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.cartable_referralaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_referralaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_regrouping (
    id bigint NOT NULL,
    kind character varying(5) NOT NULL,
    at timestamp with time zone NOT NULL,
    undo_until timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    details jsonb NOT NULL,
    by_id bigint,
    target_id bigint NOT NULL,
    undone_by_id bigint
);
ALTER TABLE public.cartable_regrouping ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_regrouping_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_regrouping_sources (
    id bigint NOT NULL,
    regrouping_id bigint NOT NULL,
    request_id bigint NOT NULL
);
ALTER TABLE public.cartable_regrouping_sources ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_regrouping_sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_regroupmove (
    id bigint NOT NULL,
    what character varying(7) NOT NULL,
    ids bigint[] NOT NULL,
    regrouping_id bigint NOT NULL,
    source_id bigint NOT NULL
);
ALTER TABLE public.cartable_regroupmove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_regroupmove_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_regrouprow (
    id bigint NOT NULL,
    model character varying(40) NOT NULL,
    "row" bigint NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    regrouping_id bigint NOT NULL
);
ALTER TABLE public.cartable_regrouprow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_regrouprow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_request (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    subject character varying(300) NOT NULL,
    search text NOT NULL,
    priority character varying(8) NOT NULL,
    status character varying(8) NOT NULL,
    medium character varying(8) NOT NULL,
    matched_by jsonb NOT NULL,
    needs_review boolean NOT NULL,
    trouble character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    first_answer_due timestamp with time zone,
    resolution_due timestamp with time zone,
    next_due timestamp with time zone,
    paused_at timestamp with time zone,
    first_answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    last_activity_at timestamp with time zone NOT NULL,
    last_inbound_at timestamp with time zone,
    message_count integer NOT NULL,
    version integer NOT NULL,
    assignee_id bigint,
    branch_id bigint NOT NULL,
    channel_id bigint,
    created_by_id bigint,
    department_id bigint NOT NULL,
    kind_id bigint,
    merged_into_id bigint,
    officer_id bigint,
    party_id bigint,
    perhaps_of_id bigint,
    post_id bigint,
    confidential boolean NOT NULL,
    tag_ids integer[] DEFAULT '{}'::integer[] NOT NULL,
    parent_id bigint,
    tied boolean NOT NULL,
    CONSTRAINT cartable_req_clock CHECK ((((next_due IS NOT NULL) AND (paused_at IS NULL) AND (status IN ('new', 'open', 'referred', 'review'))) OR ((next_due IS NULL) AND (paused_at IS NOT NULL) AND (status IN ('answered', 'closed'))))),
    CONSTRAINT cartable_req_closed_at CHECK (((((status)::text = 'closed'::text) AND (closed_at IS NOT NULL)) OR ((NOT ((status)::text = 'closed'::text)) AND (closed_at IS NULL)))),
    CONSTRAINT cartable_request_message_count_check CHECK ((message_count >= 0)),
    CONSTRAINT cartable_request_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_request ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_requestmessage (
    id bigint NOT NULL,
    matched_by character varying(20) NOT NULL,
    message_id bigint NOT NULL,
    request_id bigint NOT NULL,
    at timestamp with time zone,
    opens boolean NOT NULL,
    party_id bigint
);
ALTER TABLE public.cartable_requestmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_requestmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_returnrule (
    id bigint NOT NULL,
    minutes integer NOT NULL,
    "when" character varying(9) NOT NULL,
    "to" character varying(8) NOT NULL,
    department_id bigint,
    kind_id bigint,
    CONSTRAINT cartable_returnrule_minutes_check CHECK ((minutes >= 0))
);
ALTER TABLE public.cartable_returnrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_returnrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_routed (
    request_id bigint NOT NULL,
    reason character varying(8) NOT NULL,
    details jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    rule_id bigint
);
CREATE TABLE public.cartable_routingrule (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    "position" integer NOT NULL,
    is_active boolean NOT NULL,
    conditions jsonb NOT NULL,
    outcome jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT cartable_routingrule_position_check CHECK (("position" >= 0)),
    CONSTRAINT cartable_routingrule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_routingrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_routingrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_routingruleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    "position" integer NOT NULL,
    is_active boolean NOT NULL,
    conditions jsonb NOT NULL,
    outcome jsonb NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT cartable_routingruleevent_position_check CHECK (("position" >= 0)),
    CONSTRAINT cartable_routingruleevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_routingruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_routingruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_ruleapprover (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    post_id bigint,
    rule_id bigint NOT NULL,
    user_id bigint,
    CONSTRAINT cartable_approver_one CHECK ((((post_id IS NULL) AND (user_id IS NOT NULL)) OR ((post_id IS NOT NULL) AND (user_id IS NULL)))),
    CONSTRAINT cartable_ruleapprover_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.cartable_ruleapprover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_ruleapprover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_seat (
    user_id bigint NOT NULL,
    capacity integer,
    skills bigint[] NOT NULL,
    CONSTRAINT cartable_seat_capacity_check CHECK ((capacity >= 0))
);
CREATE TABLE public.cartable_seatevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    capacity integer,
    skills bigint[] NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT cartable_seatevent_capacity_check CHECK ((capacity >= 0))
);
ALTER TABLE public.cartable_seatevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_seatevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_signature (
    id bigint NOT NULL,
    text_fa text NOT NULL,
    text_en text NOT NULL,
    personal boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    department_id bigint,
    owner_id bigint,
    CONSTRAINT cartable_signature_of_one_scope CHECK (((owner_id IS NULL) OR (department_id IS NULL))),
    CONSTRAINT cartable_signature_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_signature ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_signature_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_signatureevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    text_fa text NOT NULL,
    text_en text NOT NULL,
    personal boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    department_id bigint,
    owner_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT cartable_signatureevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.cartable_signatureevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_signatureevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_skill (
    id bigint NOT NULL,
    name character varying(80) NOT NULL
);
ALTER TABLE public.cartable_skill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_skill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_skillevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.cartable_skillevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_skillevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_slapolicy (
    id bigint NOT NULL,
    priority character varying(8) NOT NULL,
    first_answer_minutes integer NOT NULL,
    resolution_minutes integer NOT NULL,
    kind_id bigint,
    CONSTRAINT cartable_slapolicy_first_answer_minutes_check CHECK ((first_answer_minutes >= 0)),
    CONSTRAINT cartable_slapolicy_resolution_minutes_check CHECK ((resolution_minutes >= 0))
);
ALTER TABLE public.cartable_slapolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_slapolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_snooze (
    id bigint NOT NULL,
    until timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    request_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.cartable_snooze ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_snooze_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_step (
    id bigint NOT NULL,
    kind character varying(24) NOT NULL,
    at timestamp with time zone NOT NULL,
    details jsonb NOT NULL,
    actor_id bigint,
    answer_id bigint,
    message_id bigint,
    note_id bigint,
    referral_id bigint,
    request_id bigint NOT NULL,
    instead_of_id bigint
);
ALTER TABLE public.cartable_step ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_survey (
    id bigint NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(16) NOT NULL,
    address character varying(320) NOT NULL,
    score smallint,
    words text NOT NULL,
    sent_at timestamp with time zone,
    answered_at timestamp with time zone,
    message_id bigint,
    request_id bigint NOT NULL,
    CONSTRAINT cartable_survey_answered CHECK ((((score IS NOT NULL) AND ((state)::text = 'answered'::text)) OR ((NOT ((state)::text = 'answered'::text)) AND (score IS NULL)))),
    CONSTRAINT cartable_survey_score CHECK (((score IS NULL) OR ((score >= 1) AND (score <= 5)))),
    CONSTRAINT cartable_survey_score_check CHECK ((score >= 0))
);
ALTER TABLE public.cartable_survey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_survey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_tie (
    id bigint NOT NULL,
    kind character varying(9) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    source_id bigint NOT NULL,
    target_id bigint NOT NULL,
    CONSTRAINT cartable_tie_of_two CHECK ((NOT (source_id = target_id)))
);
ALTER TABLE public.cartable_tie ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_tie_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_topic (
    id bigint NOT NULL,
    name_fa character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT cartable_topic_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.cartable_topic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cartable_topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cartable_turn (
    user_id bigint NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.channels_attachment (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    content_id character varying(255) NOT NULL,
    is_inline boolean NOT NULL,
    file_id character varying(32) NOT NULL,
    message_id bigint NOT NULL,
    CONSTRAINT channels_attachment_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.channels_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_channel (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(120) NOT NULL,
    address character varying(320) NOT NULL,
    token character varying(40) NOT NULL,
    settings jsonb NOT NULL,
    secrets text NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    branch_id bigint NOT NULL,
    department_id bigint
);
ALTER TABLE public.channels_channel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_channel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_hiddenwords (
    id bigint NOT NULL,
    words text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    message_id bigint NOT NULL
);
ALTER TABLE public.channels_hiddenwords ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_hiddenwords_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_mailbox (
    id bigint NOT NULL,
    folder character varying(200) NOT NULL,
    uid_validity bigint NOT NULL,
    first_uid bigint NOT NULL,
    missing integer NOT NULL,
    error text NOT NULL,
    checked_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    channel_id bigint NOT NULL,
    CONSTRAINT channels_mailbox_first_uid_check CHECK ((first_uid >= 0)),
    CONSTRAINT channels_mailbox_missing_check CHECK ((missing >= 0)),
    CONSTRAINT channels_mailbox_uid_validity_check CHECK ((uid_validity >= 0))
);
ALTER TABLE public.channels_mailbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_mailbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_message (
    id bigint NOT NULL,
    direction character varying(3) NOT NULL,
    medium character varying(8) NOT NULL,
    state character varying(12) NOT NULL,
    external_id character varying(200) NOT NULL,
    message_id character varying(512) NOT NULL,
    in_reply_to character varying(512) NOT NULL,
    "references" jsonb NOT NULL,
    sender character varying(320) NOT NULL,
    sender_name character varying(200) NOT NULL,
    recipients jsonb NOT NULL,
    subject character varying(500) NOT NULL,
    text text NOT NULL,
    quoted text NOT NULL,
    html text NOT NULL,
    automatic character varying(20) NOT NULL,
    details jsonb NOT NULL,
    error text NOT NULL,
    attempt smallint NOT NULL,
    claimed_by character varying(120) NOT NULL,
    claimed_at timestamp with time zone,
    due_at timestamp with time zone,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    channel_id bigint NOT NULL,
    created_by_id bigint,
    raw_id character varying(64),
    delivery jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT channels_message_attempt_check CHECK ((attempt >= 0))
);
ALTER TABLE public.channels_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_sighting (
    id bigint NOT NULL,
    place character varying(200) NOT NULL,
    uid character varying(200) NOT NULL,
    outcome character varying(10) NOT NULL,
    reason character varying(255) NOT NULL,
    details jsonb NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    channel_id bigint,
    message_id bigint
);
ALTER TABLE public.channels_sighting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_sighting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_blob (
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    data bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT core_blob_size_check CHECK ((size >= 0))
);
CREATE TABLE public.core_cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE TABLE public.core_customfield (
    id bigint NOT NULL,
    host character varying(60) NOT NULL,
    kind character varying(12) NOT NULL,
    label character varying(80) NOT NULL,
    norm character varying(80) NOT NULL,
    label_en character varying(80) NOT NULL,
    help character varying(200) NOT NULL,
    choices jsonb NOT NULL,
    "order" smallint NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    was_asked_in jsonb NOT NULL,
    CONSTRAINT core_customfield_order_check CHECK (("order" >= 0)),
    CONSTRAINT core_customfield_version_check CHECK ((version >= 0))
);
ALTER TABLE public.core_customfield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_customfield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_deadletter (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(160) NOT NULL,
    queue character varying(20) NOT NULL,
    arguments jsonb NOT NULL,
    error text NOT NULL,
    attempts smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    resolution character varying(12) NOT NULL,
    resolved_by_id bigint,
    delivery_id bigint,
    CONSTRAINT core_deadletter_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.core_deadletter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_deadletter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_file (
    id character varying(32) NOT NULL,
    name character varying(255) NOT NULL,
    content_type character varying(120) NOT NULL,
    size bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    blob_id character varying(64) NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT core_file_size_check CHECK ((size >= 0))
);
CREATE TABLE public.core_heartbeat (
    process character varying(120) NOT NULL,
    role character varying(40) NOT NULL,
    machine character varying(120) NOT NULL,
    pid integer NOT NULL,
    worker bigint,
    started_at timestamp with time zone NOT NULL,
    beat_at timestamp with time zone NOT NULL,
    CONSTRAINT core_heartbeat_pid_check CHECK ((pid >= 0))
);
CREATE TABLE public.core_holiday (
    day date NOT NULL,
    name character varying(160) NOT NULL,
    source character varying(12) NOT NULL
);
CREATE TABLE public.core_idempotencykey (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    body jsonb,
    headers jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT core_idempotencykey_status_check CHECK ((status >= 0))
);
ALTER TABLE public.core_idempotencykey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_idempotencykey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_import (
    id bigint NOT NULL,
    host character varying(60) NOT NULL,
    file_name character varying(255) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    error character varying(500) NOT NULL,
    format character varying(8) NOT NULL,
    layout character varying(20) NOT NULL,
    shape jsonb NOT NULL,
    columns jsonb NOT NULL,
    total bigint NOT NULL,
    plan jsonb NOT NULL,
    fixes jsonb NOT NULL,
    counts jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    expires_at timestamp with time zone,
    check_job_id bigint,
    job_id bigint,
    owner_id bigint NOT NULL,
    read_job_id bigint,
    undo_job_id bigint,
    CONSTRAINT core_import_size_check CHECK ((size >= 0)),
    CONSTRAINT core_import_total_check CHECK ((total >= 0)),
    CONSTRAINT core_import_version_check CHECK ((version >= 0))
);
ALTER TABLE public.core_import ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_importblock (
    id bigint NOT NULL,
    number integer NOT NULL,
    first bigint NOT NULL,
    count integer NOT NULL,
    rows bytea NOT NULL,
    flaws jsonb NOT NULL,
    outcome bytea,
    undone bytea,
    refs bigint[] NOT NULL,
    problems integer[] NOT NULL,
    refused integer NOT NULL,
    of_id bigint NOT NULL,
    CONSTRAINT core_importblock_count_check CHECK ((count >= 0)),
    CONSTRAINT core_importblock_first_check CHECK ((first >= 0)),
    CONSTRAINT core_importblock_number_check CHECK ((number >= 0)),
    CONSTRAINT core_importblock_refused_check CHECK ((refused >= 0))
);
ALTER TABLE ONLY public.core_importblock ALTER COLUMN rows SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.core_importblock ALTER COLUMN outcome SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.core_importblock ALTER COLUMN undone SET STORAGE EXTERNAL;
ALTER TABLE public.core_importblock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_importblock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_importchunk (
    id bigint NOT NULL,
    number integer NOT NULL,
    data bytea NOT NULL,
    of_id bigint NOT NULL,
    CONSTRAINT core_importchunk_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.core_importchunk ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE public.core_importchunk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_importchunk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_importkeys (
    id bigint NOT NULL,
    number integer NOT NULL,
    tokens bigint[] NOT NULL,
    marks integer[] NOT NULL,
    repeats jsonb NOT NULL,
    of_id bigint NOT NULL,
    CONSTRAINT core_importkeys_number_check CHECK ((number >= 0))
);
ALTER TABLE public.core_importkeys ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_importkeys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_importmapping (
    id bigint NOT NULL,
    host character varying(60) NOT NULL,
    name character varying(80) NOT NULL,
    headers jsonb NOT NULL,
    plan jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    owner_id bigint NOT NULL
);
ALTER TABLE public.core_importmapping ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_importmapping_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_longjob (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    params jsonb NOT NULL,
    cursor jsonb NOT NULL,
    result jsonb NOT NULL,
    total bigint,
    done bigint NOT NULL,
    failed bigint NOT NULL,
    attempt integer NOT NULL,
    error text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    beat_at timestamp with time zone,
    ended_at timestamp with time zone,
    owner_id bigint NOT NULL,
    undo_of_id bigint,
    downloads smallint NOT NULL,
    expires_at timestamp with time zone,
    pace double precision NOT NULL,
    tries smallint NOT NULL,
    CONSTRAINT core_longjob_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT core_longjob_done_check CHECK ((done >= 0)),
    CONSTRAINT core_longjob_downloads_check CHECK ((downloads >= 0)),
    CONSTRAINT core_longjob_failed_check CHECK ((failed >= 0)),
    CONSTRAINT core_longjob_total_check CHECK ((total >= 0)),
    CONSTRAINT core_longjob_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.core_longjob ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_longjob_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_longjobitem (
    id bigint NOT NULL,
    ref bigint NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    error character varying(300) NOT NULL,
    undone_at timestamp with time zone,
    job_id bigint NOT NULL
);
ALTER TABLE public.core_longjobitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_longjobitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_longjobpart (
    id bigint NOT NULL,
    number integer NOT NULL,
    data bytea NOT NULL,
    job_id bigint NOT NULL,
    CONSTRAINT core_longjobpart_number_check CHECK ((number >= 0))
);
ALTER TABLE public.core_longjobpart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_longjobpart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_outboxdelivery (
    id bigint NOT NULL,
    reaction character varying(160) NOT NULL,
    queue character varying(20) NOT NULL,
    state character varying(8) NOT NULL,
    attempt smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    done_at timestamp with time zone,
    error text NOT NULL,
    event_id bigint NOT NULL,
    CONSTRAINT core_outboxdelivery_attempt_check CHECK ((attempt >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.01', autovacuum_vacuum_threshold='500', autovacuum_vacuum_cost_delay='0');
ALTER TABLE public.core_outboxdelivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_outboxdelivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_outboxevent (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.01', autovacuum_vacuum_threshold='500', autovacuum_vacuum_cost_delay='0');
ALTER TABLE public.core_outboxevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_outboxevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_periodicrun (
    task character varying(160) NOT NULL,
    last_due_at timestamp with time zone NOT NULL
);
CREATE TABLE public.core_savedview (
    id bigint NOT NULL,
    list character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    shared character varying(10) NOT NULL,
    place_id bigint,
    state jsonb NOT NULL,
    "order" smallint NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    owner_id bigint NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT core_savedview_order_check CHECK (("order" >= 0)),
    CONSTRAINT core_savedview_version_check CHECK ((version >= 0))
);
ALTER TABLE public.core_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_savedviewevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    list character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    shared character varying(10) NOT NULL,
    place_id bigint,
    state jsonb NOT NULL,
    "order" smallint NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    owner_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT core_savedviewevent_order_check CHECK (("order" >= 0)),
    CONSTRAINT core_savedviewevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.core_savedviewevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_savedviewevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.core_setting (
    name character varying(80) NOT NULL,
    value jsonb NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_accesslog (
    id bigint NOT NULL,
    act character varying(10) NOT NULL,
    count integer NOT NULL,
    detail jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    party_id bigint,
    user_id bigint,
    CONSTRAINT parties_accesslog_count_check CHECK ((count >= 0))
);
ALTER TABLE public.parties_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_address (
    id bigint NOT NULL,
    use character varying(8) NOT NULL,
    country character varying(2) NOT NULL,
    province character varying(80) NOT NULL,
    city character varying(80) NOT NULL,
    street text NOT NULL,
    postal_code character varying(20) NOT NULL,
    is_primary boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    party_id bigint NOT NULL
);
ALTER TABLE public.parties_address ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_addressevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    use character varying(8) NOT NULL,
    country character varying(2) NOT NULL,
    province character varying(80) NOT NULL,
    city character varying(80) NOT NULL,
    street text NOT NULL,
    postal_code character varying(20) NOT NULL,
    is_primary boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.parties_addressevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_addressevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_category (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    norm character varying(80) NOT NULL,
    description character varying(300) NOT NULL,
    applies_to character varying(12) NOT NULL,
    required character varying(40)[] NOT NULL,
    hue smallint NOT NULL,
    "order" smallint NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT parties_category_hue_check CHECK ((hue >= 0)),
    CONSTRAINT parties_category_order_check CHECK (("order" >= 0)),
    CONSTRAINT parties_category_version_check CHECK ((version >= 0))
);
ALTER TABLE public.parties_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_categoryevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    norm character varying(80) NOT NULL,
    description character varying(300) NOT NULL,
    applies_to character varying(12) NOT NULL,
    required character varying(40)[] NOT NULL,
    hue smallint NOT NULL,
    "order" smallint NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT parties_categoryevent_hue_check CHECK ((hue >= 0)),
    CONSTRAINT parties_categoryevent_order_check CHECK (("order" >= 0)),
    CONSTRAINT parties_categoryevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.parties_categoryevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_categoryevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_categoryfield (
    id bigint NOT NULL,
    category_id bigint NOT NULL,
    field_id bigint NOT NULL
);
ALTER TABLE public.parties_categoryfield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_categoryfield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_consent (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    purpose character varying(12) NOT NULL,
    is_given boolean NOT NULL,
    source character varying(120) NOT NULL,
    text_version character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    contact_point_id bigint,
    party_id bigint NOT NULL
);
ALTER TABLE public.parties_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_contactpoint (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    typed character varying(320) NOT NULL,
    value character varying(320) NOT NULL,
    identifies boolean NOT NULL,
    is_primary boolean NOT NULL,
    is_verified boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    party_id bigint NOT NULL,
    identified boolean NOT NULL,
    use character varying(6) NOT NULL,
    verified_at timestamp with time zone,
    bounce_reason character varying(200) DEFAULT ''::character varying NOT NULL,
    bounced_at timestamp with time zone
)
WITH (autovacuum_analyze_scale_factor='0.33');
ALTER TABLE public.parties_contactpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_contactpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_contactpointevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    typed character varying(320) NOT NULL,
    value character varying(320) NOT NULL,
    identifies boolean NOT NULL,
    is_primary boolean NOT NULL,
    is_verified boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    party_id bigint NOT NULL,
    identified boolean NOT NULL,
    use character varying(6) NOT NULL,
    verified_at timestamp with time zone,
    bounce_reason character varying(200) DEFAULT ''::character varying NOT NULL,
    bounced_at timestamp with time zone
)
WITH (autovacuum_analyze_scale_factor='0.33');
ALTER TABLE public.parties_contactpointevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_contactpointevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE UNLOGGED TABLE public.parties_duplicatekey (
    key bigint NOT NULL,
    party_id bigint NOT NULL
);
CREATE TABLE public.parties_duplicatemark (
    id bigint NOT NULL,
    xid bigint NOT NULL,
    party_id bigint NOT NULL,
    looked_at timestamp with time zone,
    scanned_at timestamp with time zone
);
ALTER TABLE public.parties_duplicatemark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_duplicatemark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_duplicatepair (
    id bigint NOT NULL,
    score smallint NOT NULL,
    reasons character varying(20)[] NOT NULL,
    contradicts boolean NOT NULL,
    state character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    decided_score smallint,
    decided_reasons character varying(20)[] NOT NULL,
    found_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    decided_by_id bigint,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    is_left_to_people boolean NOT NULL,
    CONSTRAINT parties_duplicatepair_decided_score_check CHECK ((decided_score >= 0)),
    CONSTRAINT parties_duplicatepair_score_check CHECK ((score >= 0)),
    CONSTRAINT parties_pair_points CHECK ((score <= 100)),
    CONSTRAINT parties_pair_smaller_first CHECK ((first_id < second_id))
);
ALTER TABLE public.parties_duplicatepair ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_duplicatepair_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_identifier (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    value character varying(40) NOT NULL,
    cipher text NOT NULL,
    digest character varying(64) NOT NULL,
    shown character varying(40) NOT NULL,
    flaw character varying(40) NOT NULL,
    is_insisted boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    party_id bigint NOT NULL
);
ALTER TABLE public.parties_identifier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_identifier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_identifierevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    value character varying(40) NOT NULL,
    shown character varying(40) NOT NULL,
    flaw character varying(40) NOT NULL,
    is_insisted boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.parties_identifierevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_identifierevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_merge (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    undo_until timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    choices jsonb NOT NULL,
    counts jsonb NOT NULL,
    by_id bigint,
    survivor_id bigint NOT NULL,
    undone_by_id bigint
);
ALTER TABLE public.parties_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_mergemove (
    id bigint NOT NULL,
    reference character varying(80) NOT NULL,
    party_id bigint NOT NULL,
    act character varying(6) NOT NULL,
    ids bigint[] NOT NULL,
    merge_id bigint NOT NULL
);
ALTER TABLE public.parties_mergemove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_mergemove_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_mergerow (
    id bigint NOT NULL,
    model character varying(80) NOT NULL,
    "row" bigint NOT NULL,
    before jsonb,
    after jsonb,
    merge_id bigint NOT NULL
);
ALTER TABLE public.parties_mergerow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_mergerow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_mergesource (
    id bigint NOT NULL,
    place smallint NOT NULL,
    merge_id bigint NOT NULL,
    party_id bigint NOT NULL,
    CONSTRAINT parties_mergesource_place_check CHECK ((place >= 0))
);
ALTER TABLE public.parties_mergesource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_mergesource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_party (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(200) NOT NULL,
    search text NOT NULL,
    sort_key character varying(240) NOT NULL COLLATE pg_catalog."C",
    honorific character varying(40) NOT NULL,
    job_title character varying(120) NOT NULL,
    city character varying(80) NOT NULL,
    is_provisional boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    branch_id bigint,
    organisation_id bigint,
    owner_id bigint,
    change_xid bigint NOT NULL,
    completeness smallint NOT NULL,
    consents character varying(30)[] NOT NULL,
    custom jsonb NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by_id bigint,
    erased_at timestamp with time zone,
    first_name character varying(100) NOT NULL,
    last_contact_at timestamp with time zone,
    last_name character varying(120) NOT NULL,
    life_cycle character varying(12) NOT NULL,
    life_cycle_since timestamp with time zone,
    missing character varying(40)[] NOT NULL,
    preferred_channel character varying(12) NOT NULL,
    preferred_from time without time zone,
    preferred_until time without time zone,
    province character varying(80) NOT NULL,
    roles character varying(12)[] NOT NULL,
    tag_ids integer[] NOT NULL,
    category_id bigint,
    merged_into_id bigint,
    CONSTRAINT parties_completeness_percent CHECK ((completeness <= 100)),
    CONSTRAINT parties_merged_is_hidden CHECK (((merged_into_id IS NULL) OR (deleted_at IS NOT NULL))),
    CONSTRAINT parties_only_people_belong CHECK ((((kind)::text = 'person'::text) OR (organisation_id IS NULL))),
    CONSTRAINT parties_party_completeness_check CHECK ((completeness >= 0)),
    CONSTRAINT parties_party_named CHECK ((NOT ((name)::text = ''::text))),
    CONSTRAINT parties_party_version_check CHECK ((version >= 0))
)
WITH (fillfactor='85', autovacuum_analyze_scale_factor='0.33');
ALTER TABLE public.parties_party ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_party_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partychange (
    xid bigint NOT NULL,
    party_id bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.1', autovacuum_analyze_scale_factor='0.33');
CREATE TABLE public.parties_partyevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(200) NOT NULL,
    honorific character varying(40) NOT NULL,
    job_title character varying(120) NOT NULL,
    city character varying(80) NOT NULL,
    is_provisional boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    branch_id bigint,
    organisation_id bigint,
    owner_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    consents character varying(30)[] NOT NULL,
    custom jsonb NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by_id bigint,
    erased_at timestamp with time zone,
    first_name character varying(100) NOT NULL,
    last_name character varying(120) NOT NULL,
    life_cycle character varying(12) NOT NULL,
    life_cycle_since timestamp with time zone,
    preferred_channel character varying(12) NOT NULL,
    preferred_from time without time zone,
    preferred_until time without time zone,
    province character varying(80) NOT NULL,
    roles character varying(12)[] NOT NULL,
    tag_ids integer[] NOT NULL,
    category_id bigint,
    merged_into_id bigint,
    CONSTRAINT parties_partyevent_version_check CHECK ((version >= 0))
)
WITH (autovacuum_analyze_scale_factor='0.33');
ALTER TABLE public.parties_partyevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_partyevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partyfacts (
    party_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_contact_at timestamp with time zone,
    deleted_at timestamp with time zone,
    category_id bigint,
    branch_id bigint,
    owner_id bigint,
    birth_date date,
    role_bits integer NOT NULL,
    consent_bits integer NOT NULL,
    completeness smallint NOT NULL,
    is_provisional boolean NOT NULL,
    kind character varying(12) NOT NULL,
    life_cycle character varying(12) NOT NULL,
    gender character varying(8) NOT NULL,
    city character varying(80) NOT NULL,
    province character varying(80) NOT NULL,
    preferred_channel character varying(12) NOT NULL,
    tag_ids integer[] NOT NULL,
    custom jsonb NOT NULL
)
WITH (fillfactor='95', parallel_workers='2', autovacuum_vacuum_scale_factor='0.05', autovacuum_analyze_scale_factor='0.33');
CREATE TABLE public.parties_partyfile (
    id bigint NOT NULL,
    label character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    added_by_id bigint,
    file_id character varying(32) NOT NULL,
    party_id bigint NOT NULL
);
ALTER TABLE public.parties_partyfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_partyfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partyfileevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    label character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    added_by_id bigint,
    file_id character varying(32) NOT NULL,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.parties_partyfileevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_partyfileevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partynote (
    id bigint NOT NULL,
    body text NOT NULL,
    mentioned bigint[] NOT NULL,
    is_pinned boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    author_id bigint,
    party_id bigint NOT NULL,
    CONSTRAINT parties_partynote_version_check CHECK ((version >= 0))
);
ALTER TABLE public.parties_partynote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_partynote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partynoteevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    body text NOT NULL,
    mentioned bigint[] NOT NULL,
    is_pinned boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    author_id bigint,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT parties_partynoteevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.parties_partynoteevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_partynoteevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partyrole (
    id bigint NOT NULL,
    role character varying(12) NOT NULL,
    since date NOT NULL,
    until date,
    party_id bigint NOT NULL,
    CONSTRAINT parties_role_ends_after CHECK (((until IS NULL) OR (until >= since)))
);
ALTER TABLE public.parties_partyrole ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_partyrole_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partyroleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    role character varying(12) NOT NULL,
    since date NOT NULL,
    until date,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.parties_partyroleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_partyroleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_partywords (
    party_id bigint NOT NULL,
    words tsvector NOT NULL
)
WITH (parallel_workers='0', autovacuum_analyze_scale_factor='0.33');
CREATE TABLE public.parties_profile (
    party_id bigint NOT NULL,
    birth_date date,
    gender character varying(8) NOT NULL,
    marital_status character varying(8) NOT NULL,
    children smallint,
    education character varying(10) NOT NULL,
    occupation character varying(120) NOT NULL,
    income_band character varying(8) NOT NULL,
    language character varying(8) NOT NULL,
    industry character varying(120) NOT NULL,
    employees integer,
    founded_on date,
    website character varying(200) NOT NULL,
    interests character varying(60)[] NOT NULL,
    lifestyle character varying(200) NOT NULL,
    "values" character varying(200) NOT NULL,
    personality character varying(200) NOT NULL,
    motivations text NOT NULL,
    pains text NOT NULL,
    CONSTRAINT parties_profile_children_check CHECK ((children >= 0)),
    CONSTRAINT parties_profile_employees_check CHECK ((employees >= 0))
);
CREATE TABLE public.parties_profileevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    birth_date date,
    gender character varying(8) NOT NULL,
    marital_status character varying(8) NOT NULL,
    children smallint,
    education character varying(10) NOT NULL,
    occupation character varying(120) NOT NULL,
    income_band character varying(8) NOT NULL,
    language character varying(8) NOT NULL,
    industry character varying(120) NOT NULL,
    employees integer,
    founded_on date,
    website character varying(200) NOT NULL,
    interests character varying(60)[] NOT NULL,
    lifestyle character varying(200) NOT NULL,
    "values" character varying(200) NOT NULL,
    personality character varying(200) NOT NULL,
    motivations text NOT NULL,
    pains text NOT NULL,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT parties_profileevent_children_check CHECK ((children >= 0)),
    CONSTRAINT parties_profileevent_employees_check CHECK ((employees >= 0))
);
ALTER TABLE public.parties_profileevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_profileevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_qualityday (
    id bigint NOT NULL,
    day date NOT NULL,
    branch_id bigint,
    owner_id bigint,
    total bigint NOT NULL,
    completeness bigint NOT NULL,
    incomplete bigint NOT NULL,
    bounced bigint NOT NULL,
    invalid bigint NOT NULL,
    unverified bigint NOT NULL,
    quiet bigint NOT NULL,
    duplicates bigint NOT NULL
);
ALTER TABLE public.parties_qualityday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_qualityday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_qualityfigure (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    branch_id bigint,
    owner_id bigint,
    category_id bigint,
    number bigint NOT NULL
);
ALTER TABLE public.parties_qualityfigure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_qualityfigure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_relation (
    id bigint NOT NULL,
    since date,
    until date,
    note character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    source_id bigint NOT NULL,
    target_id bigint NOT NULL,
    type_id bigint NOT NULL,
    CONSTRAINT parties_relation_ends_after CHECK (((since IS NULL) OR (until IS NULL) OR (until >= since))),
    CONSTRAINT parties_relation_of_two CHECK ((NOT (source_id = target_id)))
);
ALTER TABLE public.parties_relation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_relation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_relationevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    since date,
    until date,
    note character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    source_id bigint NOT NULL,
    target_id bigint NOT NULL,
    type_id bigint NOT NULL
);
ALTER TABLE public.parties_relationevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_relationevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_relationtype (
    id bigint NOT NULL,
    code character varying(30) NOT NULL,
    name_fa character varying(60) NOT NULL,
    name_en character varying(60) NOT NULL,
    inverse_fa character varying(60) NOT NULL,
    inverse_en character varying(60) NOT NULL,
    from_kinds character varying(60) NOT NULL,
    to_kinds character varying(60) NOT NULL,
    is_symmetric boolean NOT NULL,
    is_tree boolean NOT NULL,
    is_builtin boolean NOT NULL,
    is_active boolean NOT NULL,
    "order" smallint NOT NULL,
    CONSTRAINT parties_relationtype_order_check CHECK (("order" >= 0))
);
ALTER TABLE public.parties_relationtype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_relationtype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_relationtypeevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(30) NOT NULL,
    name_fa character varying(60) NOT NULL,
    name_en character varying(60) NOT NULL,
    inverse_fa character varying(60) NOT NULL,
    inverse_en character varying(60) NOT NULL,
    from_kinds character varying(60) NOT NULL,
    to_kinds character varying(60) NOT NULL,
    is_symmetric boolean NOT NULL,
    is_tree boolean NOT NULL,
    is_builtin boolean NOT NULL,
    is_active boolean NOT NULL,
    "order" smallint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT parties_relationtypeevent_order_check CHECK (("order" >= 0))
);
ALTER TABLE public.parties_relationtypeevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_relationtypeevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_segment (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    description character varying(300) NOT NULL,
    kind character varying(6) NOT NULL,
    rule jsonb NOT NULL,
    size integer,
    counted_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    branch_id bigint,
    owner_id bigint,
    counted_xid bigint NOT NULL,
    CONSTRAINT parties_segment_size_check CHECK ((size >= 0)),
    CONSTRAINT parties_segment_version_check CHECK ((version >= 0))
);
ALTER TABLE public.parties_segment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_segment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_segmentevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    description character varying(300) NOT NULL,
    kind character varying(6) NOT NULL,
    rule jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    branch_id bigint,
    owner_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT parties_segmentevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.parties_segmentevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_segmentevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_segmentmember (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    party_id bigint NOT NULL,
    segment_id bigint NOT NULL
);
ALTER TABLE public.parties_segmentmember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_segmentmember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_segmentsize (
    id bigint NOT NULL,
    day date NOT NULL,
    size integer NOT NULL,
    segment_id bigint NOT NULL,
    CONSTRAINT parties_segmentsize_size_check CHECK ((size >= 0))
);
ALTER TABLE public.parties_segmentsize ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_segmentsize_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_tag (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    norm character varying(60) NOT NULL,
    hue smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT parties_tag_hue_check CHECK ((hue >= 0)),
    CONSTRAINT parties_tag_version_check CHECK ((version >= 0))
);
ALTER TABLE public.parties_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parties_word (
    id bigint NOT NULL,
    word character varying(60) NOT NULL COLLATE pg_catalog."C",
    uses integer NOT NULL,
    keys integer[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT parties_word_uses_check CHECK ((uses >= 0))
);
ALTER TABLE public.parties_word ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_word_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pghistory_context (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    metadata jsonb NOT NULL
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
)
WITH (autovacuum_vacuum_scale_factor='0.01', autovacuum_vacuum_threshold='500', autovacuum_vacuum_cost_delay='0');
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_assigned (
    deal_id bigint NOT NULL,
    reason character varying(8) NOT NULL,
    details jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    owner_id bigint,
    rule_id bigint
);
CREATE TABLE public.sales_assignmentrule (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    "position" integer NOT NULL,
    is_active boolean NOT NULL,
    pipelines bigint[] NOT NULL,
    branches bigint[] NOT NULL,
    provinces character varying(120)[] NOT NULL,
    cities character varying(120)[] NOT NULL,
    sources character varying(120)[] NOT NULL,
    people bigint[] NOT NULL,
    departments bigint[] NOT NULL,
    share character varying(5) NOT NULL,
    most integer,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT sales_assignmentrule_most_check CHECK ((most >= 0)),
    CONSTRAINT sales_assignmentrule_position_check CHECK (("position" >= 0)),
    CONSTRAINT sales_assignmentrule_version_check CHECK ((version >= 0)),
    CONSTRAINT sales_rule_most CHECK (((most IS NULL) OR (most >= 1)))
);
ALTER TABLE public.sales_assignmentrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_assignmentrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_assignmentruleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    "position" integer NOT NULL,
    is_active boolean NOT NULL,
    pipelines bigint[] NOT NULL,
    branches bigint[] NOT NULL,
    provinces character varying(120)[] NOT NULL,
    cities character varying(120)[] NOT NULL,
    sources character varying(120)[] NOT NULL,
    people bigint[] NOT NULL,
    departments bigint[] NOT NULL,
    share character varying(5) NOT NULL,
    most integer,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT sales_assignmentruleevent_most_check CHECK ((most >= 0)),
    CONSTRAINT sales_assignmentruleevent_position_check CHECK (("position" >= 0)),
    CONSTRAINT sales_assignmentruleevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_assignmentruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_assignmentruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_commissionentry (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    month integer NOT NULL,
    details jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    deal_id bigint NOT NULL,
    reverses_id bigint,
    partner_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    CONSTRAINT sales_commission_sign CHECK ((((amount > 0) AND (reverses_id IS NULL)) OR ((amount < 0) AND (reverses_id IS NOT NULL)))),
    CONSTRAINT sales_commissionentry_month_check CHECK ((month >= 0))
);
ALTER TABLE public.sales_commissionentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_commissionentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_commissionstatement (
    id bigint NOT NULL,
    month integer NOT NULL,
    state character varying(9) NOT NULL,
    total bigint NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    reference character varying(120) NOT NULL,
    confirmed_by_id bigint,
    paid_by_id bigint,
    partner_id bigint NOT NULL,
    CONSTRAINT sales_commissionstatement_month_check CHECK ((month >= 0))
);
ALTER TABLE public.sales_commissionstatement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_commissionstatement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_commissionstatementevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    month integer NOT NULL,
    state character varying(9) NOT NULL,
    total bigint NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    reference character varying(120) NOT NULL,
    confirmed_by_id bigint,
    paid_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    partner_id bigint NOT NULL,
    CONSTRAINT sales_commissionstatementevent_month_check CHECK ((month >= 0))
);
ALTER TABLE public.sales_commissionstatementevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_commissionstatementevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_deal (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    state character varying(6) NOT NULL,
    amount bigint,
    probability smallint,
    close_on date,
    is_hot boolean NOT NULL,
    source character varying(120) NOT NULL,
    note text NOT NULL,
    channel character varying(8) NOT NULL,
    rank bigint NOT NULL,
    stage_since timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    competitor character varying(120) NOT NULL,
    lost_note text NOT NULL,
    search text NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    branch_id bigint,
    created_by_id bigint,
    department_id bigint,
    joined_into_id bigint,
    owner_id bigint,
    party_id bigint NOT NULL,
    split_from_id bigint,
    lost_reason_id bigint,
    pipeline_id bigint NOT NULL,
    stage_id bigint NOT NULL,
    tag_ids integer[] DEFAULT '{}'::integer[] NOT NULL,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    partner_id bigint,
    CONSTRAINT sales_deal_amount_known CHECK (((amount IS NULL) OR (amount >= 0))),
    CONSTRAINT sales_deal_closed_when CHECK (((((state)::text = 'open'::text) OR (closed_at IS NOT NULL)) AND (1 = (
CASE
    WHEN ((state)::text = 'open'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN (closed_at IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT sales_deal_named CHECK ((NOT ((name)::text = ''::text))),
    CONSTRAINT sales_deal_percent CHECK (((probability IS NULL) OR (probability <= 100))),
    CONSTRAINT sales_deal_probability_check CHECK ((probability >= 0)),
    CONSTRAINT sales_deal_through_partner CHECK (((partner_id IS NULL) OR ((channel)::text = 'partner'::text))),
    CONSTRAINT sales_deal_version_check CHECK ((version >= 0)),
    CONSTRAINT sales_joined_says_where CHECK (((((state)::text = 'joined'::text) OR (joined_into_id IS NULL)) AND (1 = (
CASE
    WHEN ((state)::text = 'joined'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN (joined_into_id IS NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT sales_only_lost_has_reason CHECK (((lost_reason_id IS NULL) OR ((state)::text = 'lost'::text)))
);
ALTER TABLE public.sales_deal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_deal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    state character varying(6) NOT NULL,
    amount bigint,
    probability smallint,
    close_on date,
    is_hot boolean NOT NULL,
    source character varying(120) NOT NULL,
    note text NOT NULL,
    channel character varying(8) NOT NULL,
    stage_since timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    competitor character varying(120) NOT NULL,
    lost_note text NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    branch_id bigint,
    created_by_id bigint,
    department_id bigint,
    joined_into_id bigint,
    owner_id bigint,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    split_from_id bigint,
    lost_reason_id bigint,
    pipeline_id bigint NOT NULL,
    stage_id bigint NOT NULL,
    tag_ids integer[] DEFAULT '{}'::integer[] NOT NULL,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    partner_id bigint,
    CONSTRAINT sales_dealevent_probability_check CHECK ((probability >= 0)),
    CONSTRAINT sales_dealevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_dealevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealpartner (
    id bigint NOT NULL,
    percent smallint NOT NULL,
    deal_id bigint NOT NULL,
    partner_id bigint NOT NULL,
    via_id bigint,
    CONSTRAINT sales_deal_partner_percent CHECK (((percent >= 1) AND (percent <= 100))),
    CONSTRAINT sales_dealpartner_percent_check CHECK ((percent >= 0))
);
ALTER TABLE public.sales_dealpartner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealpartner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealpartnerevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    percent smallint NOT NULL,
    deal_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    partner_id bigint NOT NULL,
    via_id bigint,
    CONSTRAINT sales_dealpartnerevent_percent_check CHECK ((percent >= 0))
);
ALTER TABLE public.sales_dealpartnerevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealpartnerevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealpassage (
    id bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    deal_id bigint NOT NULL,
    pipeline_id bigint NOT NULL,
    furthest_id bigint NOT NULL
);
ALTER TABLE public.sales_dealpassage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealpassage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealperson (
    id bigint NOT NULL,
    role character varying(80) NOT NULL,
    influence character varying(8) NOT NULL,
    "position" smallint NOT NULL,
    deal_id bigint NOT NULL,
    party_id bigint NOT NULL,
    CONSTRAINT sales_dealperson_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.sales_dealperson ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealperson_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealpersonevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    role character varying(80) NOT NULL,
    influence character varying(8) NOT NULL,
    "position" smallint NOT NULL,
    deal_id bigint NOT NULL,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT sales_dealpersonevent_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.sales_dealpersonevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealpersonevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealregistration (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(200) NOT NULL,
    mobile character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    number text NOT NULL,
    city character varying(80) NOT NULL,
    product character varying(200) NOT NULL,
    amount bigint,
    note text NOT NULL,
    keys bigint[] NOT NULL,
    fingerprint character varying(32) NOT NULL,
    state character varying(9) NOT NULL,
    exclusive_until date,
    remark character varying(500) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    version integer NOT NULL,
    deal_id bigint,
    decided_by_id bigint,
    party_id bigint,
    rival_id bigint,
    rival_deal_id bigint,
    partner_id bigint NOT NULL,
    seat_id bigint,
    came_with_id bigint,
    lapsed_at timestamp with time zone,
    memory jsonb NOT NULL,
    CONSTRAINT sales_dealregistration_version_check CHECK ((version >= 0)),
    CONSTRAINT sales_registration_amount CHECK (((amount IS NULL) OR (amount >= 0))),
    CONSTRAINT sales_registration_protected CHECK (((NOT ((state)::text = 'accepted'::text)) OR (exclusive_until IS NOT NULL)))
);
ALTER TABLE public.sales_dealregistration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealregistration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealregistrationevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    product character varying(200) NOT NULL,
    amount bigint,
    fingerprint character varying(32) NOT NULL,
    state character varying(9) NOT NULL,
    exclusive_until date,
    remark character varying(500) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    version integer NOT NULL,
    deal_id bigint,
    decided_by_id bigint,
    party_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    rival_id bigint,
    rival_deal_id bigint,
    partner_id bigint NOT NULL,
    seat_id bigint,
    came_with_id bigint,
    lapsed_at timestamp with time zone,
    CONSTRAINT sales_dealregistrationevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_dealregistrationevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealregistrationevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealrequest (
    deal_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    request_id bigint NOT NULL
);
CREATE TABLE public.sales_dealshare (
    id bigint NOT NULL,
    percent smallint NOT NULL,
    deal_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT sales_dealshare_percent_check CHECK ((percent >= 0)),
    CONSTRAINT sales_share_percent CHECK (((percent >= 1) AND (percent <= 100)))
);
ALTER TABLE public.sales_dealshare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealshare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealshareevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    percent smallint NOT NULL,
    deal_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT sales_dealshareevent_percent_check CHECK ((percent >= 0))
);
ALTER TABLE public.sales_dealshareevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealshareevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_dealspan (
    id bigint NOT NULL,
    state character varying(6) NOT NULL,
    amount bigint,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    branch_id bigint,
    by_id bigint,
    deal_id bigint NOT NULL,
    department_id bigint,
    owner_id bigint,
    pipeline_id bigint NOT NULL,
    stage_id bigint NOT NULL,
    CONSTRAINT sales_span_forward CHECK (((until IS NULL) OR (until >= since)))
);
ALTER TABLE public.sales_dealspan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_dealspan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_leadform (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    token character varying(40) NOT NULL,
    intro text NOT NULL,
    thanks text NOT NULL,
    questions jsonb NOT NULL,
    consent character varying(500) NOT NULL,
    source character varying(120) NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    branch_id bigint NOT NULL,
    pipeline_id bigint NOT NULL,
    CONSTRAINT sales_leadform_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_leadform ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_leadform_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_leadformevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    intro text NOT NULL,
    thanks text NOT NULL,
    questions jsonb NOT NULL,
    consent character varying(500) NOT NULL,
    source character varying(120) NOT NULL,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    branch_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    pipeline_id bigint NOT NULL,
    CONSTRAINT sales_leadformevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_leadformevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_leadformevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_leadsubmission (
    id bigint NOT NULL,
    nonce character varying(64) NOT NULL,
    answers jsonb NOT NULL,
    state character varying(6) NOT NULL,
    problem character varying(300) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    deal_id bigint,
    form_id bigint NOT NULL,
    party_id bigint
);
ALTER TABLE public.sales_leadsubmission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_leadsubmission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_lostreason (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    "position" integer NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT sales_lostreason_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.sales_lostreason ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_lostreason_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_lostreasonevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    "position" integer NOT NULL,
    deleted_at timestamp with time zone,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT sales_lostreasonevent_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.sales_lostreasonevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_lostreasonevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_partner (
    id bigint NOT NULL,
    level character varying(8) NOT NULL,
    territory character varying(200) NOT NULL,
    protection smallint NOT NULL,
    contract_from date,
    contract_to date,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    branch_id bigint,
    department_id bigint,
    owner_id bigint,
    party_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    CONSTRAINT sales_partner_contract CHECK (((contract_from IS NULL) OR (contract_to IS NULL) OR (contract_to >= contract_from))),
    CONSTRAINT sales_partner_protection_check CHECK ((protection >= 0)),
    CONSTRAINT sales_partner_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_partner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_partner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_partnerevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    level character varying(8) NOT NULL,
    territory character varying(200) NOT NULL,
    protection smallint NOT NULL,
    contract_from date,
    contract_to date,
    is_active boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    branch_id bigint,
    department_id bigint,
    owner_id bigint,
    party_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    CONSTRAINT sales_partnerevent_protection_check CHECK ((protection >= 0)),
    CONSTRAINT sales_partnerevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_partnerevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_partnerevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_partnernote (
    id bigint NOT NULL,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    deal_id bigint NOT NULL,
    partner_id bigint NOT NULL,
    user_id bigint,
    seat_id bigint
);
ALTER TABLE public.sales_partnernote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_partnernote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_partnerrule (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    purpose character varying(10) NOT NULL,
    way character varying(7) NOT NULL,
    level character varying(8) NOT NULL,
    bands jsonb NOT NULL,
    since date,
    until date,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    partner_id bigint,
    pipeline_id bigint,
    channel_id bigint,
    CONSTRAINT sales_partnerrule_version_check CHECK ((version >= 0)),
    CONSTRAINT sales_rule_forward CHECK (((since IS NULL) OR (until IS NULL) OR (until >= since)))
);
ALTER TABLE public.sales_partnerrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_partnerrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_partnerruleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    purpose character varying(10) NOT NULL,
    way character varying(7) NOT NULL,
    level character varying(8) NOT NULL,
    bands jsonb NOT NULL,
    since date,
    until date,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    partner_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    pipeline_id bigint,
    channel_id bigint,
    CONSTRAINT sales_partnerruleevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_partnerruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_partnerruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_partnerseat (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(254) NOT NULL,
    language character varying(2) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    partner_id bigint NOT NULL
);
ALTER TABLE public.sales_partnerseat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_partnerseat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_partnerseatevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    language character varying(2) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    partner_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.sales_partnerseatevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_partnerseatevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_pipeline (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(4) NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    next_pipeline_id bigint,
    CONSTRAINT sales_only_leads_go_on CHECK (((next_pipeline_id IS NULL) OR ((kind)::text = 'lead'::text))),
    CONSTRAINT sales_pipeline_position_check CHECK (("position" >= 0)),
    CONSTRAINT sales_pipeline_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_pipeline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_pipeline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_pipelineevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(4) NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    next_pipeline_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT sales_pipelineevent_position_check CHECK (("position" >= 0)),
    CONSTRAINT sales_pipelineevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_pipelineevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_pipelineevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_saleschannel (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    margin smallint NOT NULL,
    accepts_itself boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    pipeline_id bigint,
    CONSTRAINT sales_channel_margin CHECK ((margin <= 10000)),
    CONSTRAINT sales_saleschannel_margin_check CHECK ((margin >= 0)),
    CONSTRAINT sales_saleschannel_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_saleschannel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_saleschannel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_saleschannelevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    margin smallint NOT NULL,
    accepts_itself boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    pipeline_id bigint,
    CONSTRAINT sales_saleschannelevent_margin_check CHECK ((margin >= 0)),
    CONSTRAINT sales_saleschannelevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.sales_saleschannelevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_saleschannelevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_seatkey (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    seat_id bigint NOT NULL
);
ALTER TABLE public.sales_seatkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_seatkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_seatsession (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    place character varying(64) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    seat_id bigint NOT NULL
);
ALTER TABLE public.sales_seatsession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_seatsession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_stage (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    "position" integer NOT NULL,
    probability smallint NOT NULL,
    rot_days smallint,
    required character varying(40)[] NOT NULL,
    checks jsonb NOT NULL,
    needs_approval boolean NOT NULL,
    tone character varying(10) NOT NULL,
    deleted_at timestamp with time zone,
    pipeline_id bigint NOT NULL,
    CONSTRAINT sales_stage_percent CHECK ((probability <= 100)),
    CONSTRAINT sales_stage_position_check CHECK (("position" >= 0)),
    CONSTRAINT sales_stage_probability_check CHECK ((probability >= 0)),
    CONSTRAINT sales_stage_rot_days_check CHECK ((rot_days >= 0))
);
ALTER TABLE public.sales_stage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_stage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_stageapproval (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    remark character varying(500) NOT NULL,
    asked_by_id bigint,
    deal_id bigint NOT NULL,
    decided_by_id bigint,
    stage_id bigint NOT NULL
);
ALTER TABLE public.sales_stageapproval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_stageapproval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_stageapprovalevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    remark character varying(500) NOT NULL,
    asked_by_id bigint,
    deal_id bigint NOT NULL,
    decided_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    stage_id bigint NOT NULL
);
ALTER TABLE public.sales_stageapprovalevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_stageapprovalevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sales_stageevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    "position" integer NOT NULL,
    probability smallint NOT NULL,
    rot_days smallint,
    required character varying(40)[] NOT NULL,
    checks jsonb NOT NULL,
    needs_approval boolean NOT NULL,
    tone character varying(10) NOT NULL,
    deleted_at timestamp with time zone,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    pipeline_id bigint NOT NULL,
    CONSTRAINT sales_stageevent_position_check CHECK (("position" >= 0)),
    CONSTRAINT sales_stageevent_probability_check CHECK ((probability >= 0)),
    CONSTRAINT sales_stageevent_rot_days_check CHECK ((rot_days >= 0))
);
ALTER TABLE public.sales_stageevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sales_stageevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO public.auth_permission VALUES (1, 'Can add blob', 3, 'add_blob');
INSERT INTO public.auth_permission VALUES (2, 'Can change blob', 3, 'change_blob');
INSERT INTO public.auth_permission VALUES (3, 'Can delete blob', 3, 'delete_blob');
INSERT INTO public.auth_permission VALUES (4, 'Can view blob', 3, 'view_blob');
INSERT INTO public.auth_permission VALUES (5, 'Can add heartbeat', 4, 'add_heartbeat');
INSERT INTO public.auth_permission VALUES (6, 'Can change heartbeat', 4, 'change_heartbeat');
INSERT INTO public.auth_permission VALUES (7, 'Can delete heartbeat', 4, 'delete_heartbeat');
INSERT INTO public.auth_permission VALUES (8, 'Can view heartbeat', 4, 'view_heartbeat');
INSERT INTO public.auth_permission VALUES (9, 'Can add holiday', 5, 'add_holiday');
INSERT INTO public.auth_permission VALUES (10, 'Can change holiday', 5, 'change_holiday');
INSERT INTO public.auth_permission VALUES (11, 'Can delete holiday', 5, 'delete_holiday');
INSERT INTO public.auth_permission VALUES (12, 'Can view holiday', 5, 'view_holiday');
INSERT INTO public.auth_permission VALUES (13, 'Can add outbox event', 6, 'add_outboxevent');
INSERT INTO public.auth_permission VALUES (14, 'Can change outbox event', 6, 'change_outboxevent');
INSERT INTO public.auth_permission VALUES (15, 'Can delete outbox event', 6, 'delete_outboxevent');
INSERT INTO public.auth_permission VALUES (16, 'Can view outbox event', 6, 'view_outboxevent');
INSERT INTO public.auth_permission VALUES (17, 'Can add periodic run', 7, 'add_periodicrun');
INSERT INTO public.auth_permission VALUES (18, 'Can change periodic run', 7, 'change_periodicrun');
INSERT INTO public.auth_permission VALUES (19, 'Can delete periodic run', 7, 'delete_periodicrun');
INSERT INTO public.auth_permission VALUES (20, 'Can view periodic run', 7, 'view_periodicrun');
INSERT INTO public.auth_permission VALUES (21, 'Can add setting', 8, 'add_setting');
INSERT INTO public.auth_permission VALUES (22, 'Can change setting', 8, 'change_setting');
INSERT INTO public.auth_permission VALUES (23, 'Can delete setting', 8, 'delete_setting');
INSERT INTO public.auth_permission VALUES (24, 'Can view setting', 8, 'view_setting');
INSERT INTO public.auth_permission VALUES (25, 'Can add file', 9, 'add_file');
INSERT INTO public.auth_permission VALUES (26, 'Can change file', 9, 'change_file');
INSERT INTO public.auth_permission VALUES (27, 'Can delete file', 9, 'delete_file');
INSERT INTO public.auth_permission VALUES (28, 'Can view file', 9, 'view_file');
INSERT INTO public.auth_permission VALUES (29, 'Can add outbox delivery', 10, 'add_outboxdelivery');
INSERT INTO public.auth_permission VALUES (30, 'Can change outbox delivery', 10, 'change_outboxdelivery');
INSERT INTO public.auth_permission VALUES (31, 'Can delete outbox delivery', 10, 'delete_outboxdelivery');
INSERT INTO public.auth_permission VALUES (32, 'Can view outbox delivery', 10, 'view_outboxdelivery');
INSERT INTO public.auth_permission VALUES (33, 'Can add idempotency key', 11, 'add_idempotencykey');
INSERT INTO public.auth_permission VALUES (34, 'Can change idempotency key', 11, 'change_idempotencykey');
INSERT INTO public.auth_permission VALUES (35, 'Can delete idempotency key', 11, 'delete_idempotencykey');
INSERT INTO public.auth_permission VALUES (36, 'Can view idempotency key', 11, 'view_idempotencykey');
INSERT INTO public.auth_permission VALUES (37, 'Can add dead letter', 12, 'add_deadletter');
INSERT INTO public.auth_permission VALUES (38, 'Can change dead letter', 12, 'change_deadletter');
INSERT INTO public.auth_permission VALUES (39, 'Can delete dead letter', 12, 'delete_deadletter');
INSERT INTO public.auth_permission VALUES (40, 'Can view dead letter', 12, 'view_deadletter');
INSERT INTO public.auth_permission VALUES (41, 'Can add custom field', 13, 'add_customfield');
INSERT INTO public.auth_permission VALUES (42, 'Can change custom field', 13, 'change_customfield');
INSERT INTO public.auth_permission VALUES (43, 'Can delete custom field', 13, 'delete_customfield');
INSERT INTO public.auth_permission VALUES (44, 'Can view custom field', 13, 'view_customfield');
INSERT INTO public.auth_permission VALUES (45, 'Can add long job', 14, 'add_longjob');
INSERT INTO public.auth_permission VALUES (46, 'Can change long job', 14, 'change_longjob');
INSERT INTO public.auth_permission VALUES (47, 'Can delete long job', 14, 'delete_longjob');
INSERT INTO public.auth_permission VALUES (48, 'Can view long job', 14, 'view_longjob');
INSERT INTO public.auth_permission VALUES (49, 'Can add long job item', 15, 'add_longjobitem');
INSERT INTO public.auth_permission VALUES (50, 'Can change long job item', 15, 'change_longjobitem');
INSERT INTO public.auth_permission VALUES (51, 'Can delete long job item', 15, 'delete_longjobitem');
INSERT INTO public.auth_permission VALUES (52, 'Can view long job item', 15, 'view_longjobitem');
INSERT INTO public.auth_permission VALUES (53, 'Can add saved view', 16, 'add_savedview');
INSERT INTO public.auth_permission VALUES (54, 'Can change saved view', 16, 'change_savedview');
INSERT INTO public.auth_permission VALUES (55, 'Can delete saved view', 16, 'delete_savedview');
INSERT INTO public.auth_permission VALUES (56, 'Can view saved view', 16, 'view_savedview');
INSERT INTO public.auth_permission VALUES (57, 'Can add long job part', 17, 'add_longjobpart');
INSERT INTO public.auth_permission VALUES (58, 'Can change long job part', 17, 'change_longjobpart');
INSERT INTO public.auth_permission VALUES (59, 'Can delete long job part', 17, 'delete_longjobpart');
INSERT INTO public.auth_permission VALUES (60, 'Can view long job part', 17, 'view_longjobpart');
INSERT INTO public.auth_permission VALUES (61, 'Can add saved view event', 18, 'add_savedviewevent');
INSERT INTO public.auth_permission VALUES (62, 'Can change saved view event', 18, 'change_savedviewevent');
INSERT INTO public.auth_permission VALUES (63, 'Can delete saved view event', 18, 'delete_savedviewevent');
INSERT INTO public.auth_permission VALUES (64, 'Can view saved view event', 18, 'view_savedviewevent');
INSERT INTO public.auth_permission VALUES (65, 'Can add import', 19, 'add_import');
INSERT INTO public.auth_permission VALUES (66, 'Can change import', 19, 'change_import');
INSERT INTO public.auth_permission VALUES (67, 'Can delete import', 19, 'delete_import');
INSERT INTO public.auth_permission VALUES (68, 'Can view import', 19, 'view_import');
INSERT INTO public.auth_permission VALUES (69, 'Can add import block', 20, 'add_importblock');
INSERT INTO public.auth_permission VALUES (70, 'Can change import block', 20, 'change_importblock');
INSERT INTO public.auth_permission VALUES (71, 'Can delete import block', 20, 'delete_importblock');
INSERT INTO public.auth_permission VALUES (72, 'Can view import block', 20, 'view_importblock');
INSERT INTO public.auth_permission VALUES (73, 'Can add import chunk', 21, 'add_importchunk');
INSERT INTO public.auth_permission VALUES (74, 'Can change import chunk', 21, 'change_importchunk');
INSERT INTO public.auth_permission VALUES (75, 'Can delete import chunk', 21, 'delete_importchunk');
INSERT INTO public.auth_permission VALUES (76, 'Can view import chunk', 21, 'view_importchunk');
INSERT INTO public.auth_permission VALUES (77, 'Can add import mapping', 22, 'add_importmapping');
INSERT INTO public.auth_permission VALUES (78, 'Can change import mapping', 22, 'change_importmapping');
INSERT INTO public.auth_permission VALUES (79, 'Can delete import mapping', 22, 'delete_importmapping');
INSERT INTO public.auth_permission VALUES (80, 'Can view import mapping', 22, 'view_importmapping');
INSERT INTO public.auth_permission VALUES (81, 'Can add import keys', 23, 'add_importkeys');
INSERT INTO public.auth_permission VALUES (82, 'Can change import keys', 23, 'change_importkeys');
INSERT INTO public.auth_permission VALUES (83, 'Can delete import keys', 23, 'delete_importkeys');
INSERT INTO public.auth_permission VALUES (84, 'Can view import keys', 23, 'view_importkeys');
INSERT INTO public.auth_permission VALUES (85, 'Can add role event', 24, 'add_roleevent');
INSERT INTO public.auth_permission VALUES (86, 'Can change role event', 24, 'change_roleevent');
INSERT INTO public.auth_permission VALUES (87, 'Can delete role event', 24, 'delete_roleevent');
INSERT INTO public.auth_permission VALUES (88, 'Can view role event', 24, 'view_roleevent');
INSERT INTO public.auth_permission VALUES (89, 'Can add role grant', 25, 'add_rolegrant');
INSERT INTO public.auth_permission VALUES (90, 'Can change role grant', 25, 'change_rolegrant');
INSERT INTO public.auth_permission VALUES (91, 'Can delete role grant', 25, 'delete_rolegrant');
INSERT INTO public.auth_permission VALUES (92, 'Can view role grant', 25, 'view_rolegrant');
INSERT INTO public.auth_permission VALUES (93, 'Can add role grant event', 26, 'add_rolegrantevent');
INSERT INTO public.auth_permission VALUES (94, 'Can change role grant event', 26, 'change_rolegrantevent');
INSERT INTO public.auth_permission VALUES (95, 'Can delete role grant event', 26, 'delete_rolegrantevent');
INSERT INTO public.auth_permission VALUES (96, 'Can view role grant event', 26, 'view_rolegrantevent');
INSERT INTO public.auth_permission VALUES (97, 'Can add role permission', 27, 'add_rolepermission');
INSERT INTO public.auth_permission VALUES (98, 'Can change role permission', 27, 'change_rolepermission');
INSERT INTO public.auth_permission VALUES (99, 'Can delete role permission', 27, 'delete_rolepermission');
INSERT INTO public.auth_permission VALUES (100, 'Can view role permission', 27, 'view_rolepermission');
INSERT INTO public.auth_permission VALUES (101, 'Can add role permission event', 28, 'add_rolepermissionevent');
INSERT INTO public.auth_permission VALUES (102, 'Can change role permission event', 28, 'change_rolepermissionevent');
INSERT INTO public.auth_permission VALUES (103, 'Can delete role permission event', 28, 'delete_rolepermissionevent');
INSERT INTO public.auth_permission VALUES (104, 'Can view role permission event', 28, 'view_rolepermissionevent');
INSERT INTO public.auth_permission VALUES (105, 'Can add user event', 29, 'add_userevent');
INSERT INTO public.auth_permission VALUES (106, 'Can change user event', 29, 'change_userevent');
INSERT INTO public.auth_permission VALUES (107, 'Can delete user event', 29, 'delete_userevent');
INSERT INTO public.auth_permission VALUES (108, 'Can view user event', 29, 'view_userevent');
INSERT INTO public.auth_permission VALUES (109, 'Can add user', 30, 'add_user');
INSERT INTO public.auth_permission VALUES (110, 'Can change user', 30, 'change_user');
INSERT INTO public.auth_permission VALUES (111, 'Can delete user', 30, 'delete_user');
INSERT INTO public.auth_permission VALUES (112, 'Can view user', 30, 'view_user');
INSERT INTO public.auth_permission VALUES (113, 'Can add api token', 31, 'add_apitoken');
INSERT INTO public.auth_permission VALUES (114, 'Can change api token', 31, 'change_apitoken');
INSERT INTO public.auth_permission VALUES (115, 'Can delete api token', 31, 'delete_apitoken');
INSERT INTO public.auth_permission VALUES (116, 'Can view api token', 31, 'view_apitoken');
INSERT INTO public.auth_permission VALUES (117, 'Can add api token event', 32, 'add_apitokenevent');
INSERT INTO public.auth_permission VALUES (118, 'Can change api token event', 32, 'change_apitokenevent');
INSERT INTO public.auth_permission VALUES (119, 'Can delete api token event', 32, 'delete_apitokenevent');
INSERT INTO public.auth_permission VALUES (120, 'Can view api token event', 32, 'view_apitokenevent');
INSERT INTO public.auth_permission VALUES (121, 'Can add branch', 33, 'add_branch');
INSERT INTO public.auth_permission VALUES (122, 'Can change branch', 33, 'change_branch');
INSERT INTO public.auth_permission VALUES (123, 'Can delete branch', 33, 'delete_branch');
INSERT INTO public.auth_permission VALUES (124, 'Can view branch', 33, 'view_branch');
INSERT INTO public.auth_permission VALUES (125, 'Can add branch event', 34, 'add_branchevent');
INSERT INTO public.auth_permission VALUES (126, 'Can change branch event', 34, 'change_branchevent');
INSERT INTO public.auth_permission VALUES (127, 'Can delete branch event', 34, 'delete_branchevent');
INSERT INTO public.auth_permission VALUES (128, 'Can view branch event', 34, 'view_branchevent');
INSERT INTO public.auth_permission VALUES (129, 'Can add department', 35, 'add_department');
INSERT INTO public.auth_permission VALUES (130, 'Can change department', 35, 'change_department');
INSERT INTO public.auth_permission VALUES (131, 'Can delete department', 35, 'delete_department');
INSERT INTO public.auth_permission VALUES (132, 'Can view department', 35, 'view_department');
INSERT INTO public.auth_permission VALUES (133, 'Can add department event', 36, 'add_departmentevent');
INSERT INTO public.auth_permission VALUES (134, 'Can change department event', 36, 'change_departmentevent');
INSERT INTO public.auth_permission VALUES (135, 'Can delete department event', 36, 'delete_departmentevent');
INSERT INTO public.auth_permission VALUES (136, 'Can view department event', 36, 'view_departmentevent');
INSERT INTO public.auth_permission VALUES (137, 'Can add post', 37, 'add_post');
INSERT INTO public.auth_permission VALUES (138, 'Can change post', 37, 'change_post');
INSERT INTO public.auth_permission VALUES (139, 'Can delete post', 37, 'delete_post');
INSERT INTO public.auth_permission VALUES (140, 'Can view post', 37, 'view_post');
INSERT INTO public.auth_permission VALUES (141, 'Can add post event', 38, 'add_postevent');
INSERT INTO public.auth_permission VALUES (142, 'Can change post event', 38, 'change_postevent');
INSERT INTO public.auth_permission VALUES (143, 'Can delete post event', 38, 'delete_postevent');
INSERT INTO public.auth_permission VALUES (144, 'Can view post event', 38, 'view_postevent');
INSERT INTO public.auth_permission VALUES (145, 'Can add role', 39, 'add_role');
INSERT INTO public.auth_permission VALUES (146, 'Can change role', 39, 'change_role');
INSERT INTO public.auth_permission VALUES (147, 'Can delete role', 39, 'delete_role');
INSERT INTO public.auth_permission VALUES (148, 'Can view role', 39, 'view_role');
INSERT INTO public.auth_permission VALUES (149, 'Can add notification', 40, 'add_notification');
INSERT INTO public.auth_permission VALUES (150, 'Can change notification', 40, 'change_notification');
INSERT INTO public.auth_permission VALUES (151, 'Can delete notification', 40, 'delete_notification');
INSERT INTO public.auth_permission VALUES (152, 'Can view notification', 40, 'view_notification');
INSERT INTO public.auth_permission VALUES (153, 'Can add substitution', 41, 'add_substitution');
INSERT INTO public.auth_permission VALUES (154, 'Can change substitution', 41, 'change_substitution');
INSERT INTO public.auth_permission VALUES (155, 'Can delete substitution', 41, 'delete_substitution');
INSERT INTO public.auth_permission VALUES (156, 'Can view substitution', 41, 'view_substitution');
INSERT INTO public.auth_permission VALUES (157, 'Can add substitution event', 42, 'add_substitutionevent');
INSERT INTO public.auth_permission VALUES (158, 'Can change substitution event', 42, 'change_substitutionevent');
INSERT INTO public.auth_permission VALUES (159, 'Can delete substitution event', 42, 'delete_substitutionevent');
INSERT INTO public.auth_permission VALUES (160, 'Can view substitution event', 42, 'view_substitutionevent');
INSERT INTO public.auth_permission VALUES (161, 'Can add contact point', 43, 'add_contactpoint');
INSERT INTO public.auth_permission VALUES (162, 'Can change contact point', 43, 'change_contactpoint');
INSERT INTO public.auth_permission VALUES (163, 'Can delete contact point', 43, 'delete_contactpoint');
INSERT INTO public.auth_permission VALUES (164, 'Can view contact point', 43, 'view_contactpoint');
INSERT INTO public.auth_permission VALUES (165, 'Can add party', 44, 'add_party');
INSERT INTO public.auth_permission VALUES (166, 'Can change party', 44, 'change_party');
INSERT INTO public.auth_permission VALUES (167, 'Can delete party', 44, 'delete_party');
INSERT INTO public.auth_permission VALUES (168, 'Can view party', 44, 'view_party');
INSERT INTO public.auth_permission VALUES (169, 'Can add contact point event', 45, 'add_contactpointevent');
INSERT INTO public.auth_permission VALUES (170, 'Can change contact point event', 45, 'change_contactpointevent');
INSERT INTO public.auth_permission VALUES (171, 'Can delete contact point event', 45, 'delete_contactpointevent');
INSERT INTO public.auth_permission VALUES (172, 'Can view contact point event', 45, 'view_contactpointevent');
INSERT INTO public.auth_permission VALUES (173, 'Can add party event', 46, 'add_partyevent');
INSERT INTO public.auth_permission VALUES (174, 'Can change party event', 46, 'change_partyevent');
INSERT INTO public.auth_permission VALUES (175, 'Can delete party event', 46, 'delete_partyevent');
INSERT INTO public.auth_permission VALUES (176, 'Can view party event', 46, 'view_partyevent');
INSERT INTO public.auth_permission VALUES (177, 'Can add access log', 47, 'add_accesslog');
INSERT INTO public.auth_permission VALUES (178, 'Can change access log', 47, 'change_accesslog');
INSERT INTO public.auth_permission VALUES (179, 'Can delete access log', 47, 'delete_accesslog');
INSERT INTO public.auth_permission VALUES (180, 'Can view access log', 47, 'view_accesslog');
INSERT INTO public.auth_permission VALUES (181, 'Can add address', 48, 'add_address');
INSERT INTO public.auth_permission VALUES (182, 'Can change address', 48, 'change_address');
INSERT INTO public.auth_permission VALUES (183, 'Can delete address', 48, 'delete_address');
INSERT INTO public.auth_permission VALUES (184, 'Can view address', 48, 'view_address');
INSERT INTO public.auth_permission VALUES (185, 'Can add address event', 49, 'add_addressevent');
INSERT INTO public.auth_permission VALUES (186, 'Can change address event', 49, 'change_addressevent');
INSERT INTO public.auth_permission VALUES (187, 'Can delete address event', 49, 'delete_addressevent');
INSERT INTO public.auth_permission VALUES (188, 'Can view address event', 49, 'view_addressevent');
INSERT INTO public.auth_permission VALUES (189, 'Can add category', 50, 'add_category');
INSERT INTO public.auth_permission VALUES (190, 'Can change category', 50, 'change_category');
INSERT INTO public.auth_permission VALUES (191, 'Can delete category', 50, 'delete_category');
INSERT INTO public.auth_permission VALUES (192, 'Can view category', 50, 'view_category');
INSERT INTO public.auth_permission VALUES (193, 'Can add category event', 51, 'add_categoryevent');
INSERT INTO public.auth_permission VALUES (194, 'Can change category event', 51, 'change_categoryevent');
INSERT INTO public.auth_permission VALUES (195, 'Can delete category event', 51, 'delete_categoryevent');
INSERT INTO public.auth_permission VALUES (196, 'Can view category event', 51, 'view_categoryevent');
INSERT INTO public.auth_permission VALUES (197, 'Can add category field', 52, 'add_categoryfield');
INSERT INTO public.auth_permission VALUES (198, 'Can change category field', 52, 'change_categoryfield');
INSERT INTO public.auth_permission VALUES (199, 'Can delete category field', 52, 'delete_categoryfield');
INSERT INTO public.auth_permission VALUES (200, 'Can view category field', 52, 'view_categoryfield');
INSERT INTO public.auth_permission VALUES (201, 'Can add consent', 53, 'add_consent');
INSERT INTO public.auth_permission VALUES (202, 'Can change consent', 53, 'change_consent');
INSERT INTO public.auth_permission VALUES (203, 'Can delete consent', 53, 'delete_consent');
INSERT INTO public.auth_permission VALUES (204, 'Can view consent', 53, 'view_consent');
INSERT INTO public.auth_permission VALUES (205, 'Can add identifier', 54, 'add_identifier');
INSERT INTO public.auth_permission VALUES (206, 'Can change identifier', 54, 'change_identifier');
INSERT INTO public.auth_permission VALUES (207, 'Can delete identifier', 54, 'delete_identifier');
INSERT INTO public.auth_permission VALUES (208, 'Can view identifier', 54, 'view_identifier');
INSERT INTO public.auth_permission VALUES (209, 'Can add identifier event', 55, 'add_identifierevent');
INSERT INTO public.auth_permission VALUES (210, 'Can change identifier event', 55, 'change_identifierevent');
INSERT INTO public.auth_permission VALUES (211, 'Can delete identifier event', 55, 'delete_identifierevent');
INSERT INTO public.auth_permission VALUES (212, 'Can view identifier event', 55, 'view_identifierevent');
INSERT INTO public.auth_permission VALUES (213, 'Can add party file', 56, 'add_partyfile');
INSERT INTO public.auth_permission VALUES (214, 'Can change party file', 56, 'change_partyfile');
INSERT INTO public.auth_permission VALUES (215, 'Can delete party file', 56, 'delete_partyfile');
INSERT INTO public.auth_permission VALUES (216, 'Can view party file', 56, 'view_partyfile');
INSERT INTO public.auth_permission VALUES (217, 'Can add party file event', 57, 'add_partyfileevent');
INSERT INTO public.auth_permission VALUES (218, 'Can change party file event', 57, 'change_partyfileevent');
INSERT INTO public.auth_permission VALUES (219, 'Can delete party file event', 57, 'delete_partyfileevent');
INSERT INTO public.auth_permission VALUES (220, 'Can view party file event', 57, 'view_partyfileevent');
INSERT INTO public.auth_permission VALUES (221, 'Can add party note', 58, 'add_partynote');
INSERT INTO public.auth_permission VALUES (222, 'Can change party note', 58, 'change_partynote');
INSERT INTO public.auth_permission VALUES (223, 'Can delete party note', 58, 'delete_partynote');
INSERT INTO public.auth_permission VALUES (224, 'Can view party note', 58, 'view_partynote');
INSERT INTO public.auth_permission VALUES (225, 'Can add party note event', 59, 'add_partynoteevent');
INSERT INTO public.auth_permission VALUES (226, 'Can change party note event', 59, 'change_partynoteevent');
INSERT INTO public.auth_permission VALUES (227, 'Can delete party note event', 59, 'delete_partynoteevent');
INSERT INTO public.auth_permission VALUES (228, 'Can view party note event', 59, 'view_partynoteevent');
INSERT INTO public.auth_permission VALUES (229, 'Can add party role', 60, 'add_partyrole');
INSERT INTO public.auth_permission VALUES (230, 'Can change party role', 60, 'change_partyrole');
INSERT INTO public.auth_permission VALUES (231, 'Can delete party role', 60, 'delete_partyrole');
INSERT INTO public.auth_permission VALUES (232, 'Can view party role', 60, 'view_partyrole');
INSERT INTO public.auth_permission VALUES (233, 'Can add party role event', 61, 'add_partyroleevent');
INSERT INTO public.auth_permission VALUES (234, 'Can change party role event', 61, 'change_partyroleevent');
INSERT INTO public.auth_permission VALUES (235, 'Can delete party role event', 61, 'delete_partyroleevent');
INSERT INTO public.auth_permission VALUES (236, 'Can view party role event', 61, 'view_partyroleevent');
INSERT INTO public.auth_permission VALUES (237, 'Can add profile', 62, 'add_profile');
INSERT INTO public.auth_permission VALUES (238, 'Can change profile', 62, 'change_profile');
INSERT INTO public.auth_permission VALUES (239, 'Can delete profile', 62, 'delete_profile');
INSERT INTO public.auth_permission VALUES (240, 'Can view profile', 62, 'view_profile');
INSERT INTO public.auth_permission VALUES (241, 'Can add profile event', 63, 'add_profileevent');
INSERT INTO public.auth_permission VALUES (242, 'Can change profile event', 63, 'change_profileevent');
INSERT INTO public.auth_permission VALUES (243, 'Can delete profile event', 63, 'delete_profileevent');
INSERT INTO public.auth_permission VALUES (244, 'Can view profile event', 63, 'view_profileevent');
INSERT INTO public.auth_permission VALUES (245, 'Can add relation', 64, 'add_relation');
INSERT INTO public.auth_permission VALUES (246, 'Can change relation', 64, 'change_relation');
INSERT INTO public.auth_permission VALUES (247, 'Can delete relation', 64, 'delete_relation');
INSERT INTO public.auth_permission VALUES (248, 'Can view relation', 64, 'view_relation');
INSERT INTO public.auth_permission VALUES (249, 'Can add relation event', 65, 'add_relationevent');
INSERT INTO public.auth_permission VALUES (250, 'Can change relation event', 65, 'change_relationevent');
INSERT INTO public.auth_permission VALUES (251, 'Can delete relation event', 65, 'delete_relationevent');
INSERT INTO public.auth_permission VALUES (252, 'Can view relation event', 65, 'view_relationevent');
INSERT INTO public.auth_permission VALUES (253, 'Can add relation type', 66, 'add_relationtype');
INSERT INTO public.auth_permission VALUES (254, 'Can change relation type', 66, 'change_relationtype');
INSERT INTO public.auth_permission VALUES (255, 'Can delete relation type', 66, 'delete_relationtype');
INSERT INTO public.auth_permission VALUES (256, 'Can view relation type', 66, 'view_relationtype');
INSERT INTO public.auth_permission VALUES (257, 'Can add relation type event', 67, 'add_relationtypeevent');
INSERT INTO public.auth_permission VALUES (258, 'Can change relation type event', 67, 'change_relationtypeevent');
INSERT INTO public.auth_permission VALUES (259, 'Can delete relation type event', 67, 'delete_relationtypeevent');
INSERT INTO public.auth_permission VALUES (260, 'Can view relation type event', 67, 'view_relationtypeevent');
INSERT INTO public.auth_permission VALUES (261, 'Can add segment', 68, 'add_segment');
INSERT INTO public.auth_permission VALUES (262, 'Can change segment', 68, 'change_segment');
INSERT INTO public.auth_permission VALUES (263, 'Can delete segment', 68, 'delete_segment');
INSERT INTO public.auth_permission VALUES (264, 'Can view segment', 68, 'view_segment');
INSERT INTO public.auth_permission VALUES (265, 'Can add segment event', 69, 'add_segmentevent');
INSERT INTO public.auth_permission VALUES (266, 'Can change segment event', 69, 'change_segmentevent');
INSERT INTO public.auth_permission VALUES (267, 'Can delete segment event', 69, 'delete_segmentevent');
INSERT INTO public.auth_permission VALUES (268, 'Can view segment event', 69, 'view_segmentevent');
INSERT INTO public.auth_permission VALUES (269, 'Can add segment member', 70, 'add_segmentmember');
INSERT INTO public.auth_permission VALUES (270, 'Can change segment member', 70, 'change_segmentmember');
INSERT INTO public.auth_permission VALUES (271, 'Can delete segment member', 70, 'delete_segmentmember');
INSERT INTO public.auth_permission VALUES (272, 'Can view segment member', 70, 'view_segmentmember');
INSERT INTO public.auth_permission VALUES (273, 'Can add segment size', 71, 'add_segmentsize');
INSERT INTO public.auth_permission VALUES (274, 'Can change segment size', 71, 'change_segmentsize');
INSERT INTO public.auth_permission VALUES (275, 'Can delete segment size', 71, 'delete_segmentsize');
INSERT INTO public.auth_permission VALUES (276, 'Can view segment size', 71, 'view_segmentsize');
INSERT INTO public.auth_permission VALUES (277, 'Can add tag', 72, 'add_tag');
INSERT INTO public.auth_permission VALUES (278, 'Can change tag', 72, 'change_tag');
INSERT INTO public.auth_permission VALUES (279, 'Can delete tag', 72, 'delete_tag');
INSERT INTO public.auth_permission VALUES (280, 'Can view tag', 72, 'view_tag');
INSERT INTO public.auth_permission VALUES (281, 'Can add party facts', 73, 'add_partyfacts');
INSERT INTO public.auth_permission VALUES (282, 'Can change party facts', 73, 'change_partyfacts');
INSERT INTO public.auth_permission VALUES (283, 'Can delete party facts', 73, 'delete_partyfacts');
INSERT INTO public.auth_permission VALUES (284, 'Can view party facts', 73, 'view_partyfacts');
INSERT INTO public.auth_permission VALUES (285, 'Can add word', 74, 'add_word');
INSERT INTO public.auth_permission VALUES (286, 'Can change word', 74, 'change_word');
INSERT INTO public.auth_permission VALUES (287, 'Can delete word', 74, 'delete_word');
INSERT INTO public.auth_permission VALUES (288, 'Can view word', 74, 'view_word');
INSERT INTO public.auth_permission VALUES (289, 'Can add merge', 75, 'add_merge');
INSERT INTO public.auth_permission VALUES (290, 'Can change merge', 75, 'change_merge');
INSERT INTO public.auth_permission VALUES (291, 'Can delete merge', 75, 'delete_merge');
INSERT INTO public.auth_permission VALUES (292, 'Can view merge', 75, 'view_merge');
INSERT INTO public.auth_permission VALUES (293, 'Can add merge move', 76, 'add_mergemove');
INSERT INTO public.auth_permission VALUES (294, 'Can change merge move', 76, 'change_mergemove');
INSERT INTO public.auth_permission VALUES (295, 'Can delete merge move', 76, 'delete_mergemove');
INSERT INTO public.auth_permission VALUES (296, 'Can view merge move', 76, 'view_mergemove');
INSERT INTO public.auth_permission VALUES (297, 'Can add merge row', 77, 'add_mergerow');
INSERT INTO public.auth_permission VALUES (298, 'Can change merge row', 77, 'change_mergerow');
INSERT INTO public.auth_permission VALUES (299, 'Can delete merge row', 77, 'delete_mergerow');
INSERT INTO public.auth_permission VALUES (300, 'Can view merge row', 77, 'view_mergerow');
INSERT INTO public.auth_permission VALUES (301, 'Can add merge source', 78, 'add_mergesource');
INSERT INTO public.auth_permission VALUES (613, 'Can add deal', 156, 'add_deal');
INSERT INTO public.auth_permission VALUES (302, 'Can change merge source', 78, 'change_mergesource');
INSERT INTO public.auth_permission VALUES (303, 'Can delete merge source', 78, 'delete_mergesource');
INSERT INTO public.auth_permission VALUES (304, 'Can view merge source', 78, 'view_mergesource');
INSERT INTO public.auth_permission VALUES (305, 'Can add duplicate mark', 79, 'add_duplicatemark');
INSERT INTO public.auth_permission VALUES (306, 'Can change duplicate mark', 79, 'change_duplicatemark');
INSERT INTO public.auth_permission VALUES (307, 'Can delete duplicate mark', 79, 'delete_duplicatemark');
INSERT INTO public.auth_permission VALUES (308, 'Can view duplicate mark', 79, 'view_duplicatemark');
INSERT INTO public.auth_permission VALUES (309, 'Can add duplicate key', 80, 'add_duplicatekey');
INSERT INTO public.auth_permission VALUES (310, 'Can change duplicate key', 80, 'change_duplicatekey');
INSERT INTO public.auth_permission VALUES (311, 'Can delete duplicate key', 80, 'delete_duplicatekey');
INSERT INTO public.auth_permission VALUES (312, 'Can view duplicate key', 80, 'view_duplicatekey');
INSERT INTO public.auth_permission VALUES (313, 'Can add duplicate pair', 81, 'add_duplicatepair');
INSERT INTO public.auth_permission VALUES (314, 'Can change duplicate pair', 81, 'change_duplicatepair');
INSERT INTO public.auth_permission VALUES (315, 'Can delete duplicate pair', 81, 'delete_duplicatepair');
INSERT INTO public.auth_permission VALUES (316, 'Can view duplicate pair', 81, 'view_duplicatepair');
INSERT INTO public.auth_permission VALUES (317, 'Can add quality day', 82, 'add_qualityday');
INSERT INTO public.auth_permission VALUES (318, 'Can change quality day', 82, 'change_qualityday');
INSERT INTO public.auth_permission VALUES (319, 'Can delete quality day', 82, 'delete_qualityday');
INSERT INTO public.auth_permission VALUES (320, 'Can view quality day', 82, 'view_qualityday');
INSERT INTO public.auth_permission VALUES (321, 'Can add quality figure', 83, 'add_qualityfigure');
INSERT INTO public.auth_permission VALUES (322, 'Can change quality figure', 83, 'change_qualityfigure');
INSERT INTO public.auth_permission VALUES (323, 'Can delete quality figure', 83, 'delete_qualityfigure');
INSERT INTO public.auth_permission VALUES (324, 'Can view quality figure', 83, 'view_qualityfigure');
INSERT INTO public.auth_permission VALUES (325, 'Can add party words', 84, 'add_partywords');
INSERT INTO public.auth_permission VALUES (326, 'Can change party words', 84, 'change_partywords');
INSERT INTO public.auth_permission VALUES (327, 'Can delete party words', 84, 'delete_partywords');
INSERT INTO public.auth_permission VALUES (328, 'Can view party words', 84, 'view_partywords');
INSERT INTO public.auth_permission VALUES (329, 'Can add party change', 85, 'add_partychange');
INSERT INTO public.auth_permission VALUES (330, 'Can change party change', 85, 'change_partychange');
INSERT INTO public.auth_permission VALUES (331, 'Can delete party change', 85, 'delete_partychange');
INSERT INTO public.auth_permission VALUES (332, 'Can view party change', 85, 'view_partychange');
INSERT INTO public.auth_permission VALUES (333, 'Can add channel', 86, 'add_channel');
INSERT INTO public.auth_permission VALUES (334, 'Can change channel', 86, 'change_channel');
INSERT INTO public.auth_permission VALUES (335, 'Can delete channel', 86, 'delete_channel');
INSERT INTO public.auth_permission VALUES (336, 'Can view channel', 86, 'view_channel');
INSERT INTO public.auth_permission VALUES (337, 'Can add message', 87, 'add_message');
INSERT INTO public.auth_permission VALUES (338, 'Can change message', 87, 'change_message');
INSERT INTO public.auth_permission VALUES (339, 'Can delete message', 87, 'delete_message');
INSERT INTO public.auth_permission VALUES (340, 'Can view message', 87, 'view_message');
INSERT INTO public.auth_permission VALUES (341, 'Can add attachment', 88, 'add_attachment');
INSERT INTO public.auth_permission VALUES (342, 'Can change attachment', 88, 'change_attachment');
INSERT INTO public.auth_permission VALUES (343, 'Can delete attachment', 88, 'delete_attachment');
INSERT INTO public.auth_permission VALUES (344, 'Can view attachment', 88, 'view_attachment');
INSERT INTO public.auth_permission VALUES (345, 'Can add sighting', 89, 'add_sighting');
INSERT INTO public.auth_permission VALUES (346, 'Can change sighting', 89, 'change_sighting');
INSERT INTO public.auth_permission VALUES (347, 'Can delete sighting', 89, 'delete_sighting');
INSERT INTO public.auth_permission VALUES (348, 'Can view sighting', 89, 'view_sighting');
INSERT INTO public.auth_permission VALUES (349, 'Can add mailbox', 90, 'add_mailbox');
INSERT INTO public.auth_permission VALUES (350, 'Can change mailbox', 90, 'change_mailbox');
INSERT INTO public.auth_permission VALUES (351, 'Can delete mailbox', 90, 'delete_mailbox');
INSERT INTO public.auth_permission VALUES (352, 'Can view mailbox', 90, 'view_mailbox');
INSERT INTO public.auth_permission VALUES (353, 'Can add hidden words', 91, 'add_hiddenwords');
INSERT INTO public.auth_permission VALUES (354, 'Can change hidden words', 91, 'change_hiddenwords');
INSERT INTO public.auth_permission VALUES (355, 'Can delete hidden words', 91, 'delete_hiddenwords');
INSERT INTO public.auth_permission VALUES (356, 'Can view hidden words', 91, 'view_hiddenwords');
INSERT INTO public.auth_permission VALUES (357, 'Can add outcome event', 92, 'add_outcomeevent');
INSERT INTO public.auth_permission VALUES (358, 'Can change outcome event', 92, 'change_outcomeevent');
INSERT INTO public.auth_permission VALUES (359, 'Can delete outcome event', 92, 'delete_outcomeevent');
INSERT INTO public.auth_permission VALUES (360, 'Can view outcome event', 92, 'view_outcomeevent');
INSERT INTO public.auth_permission VALUES (361, 'Can add step', 93, 'add_step');
INSERT INTO public.auth_permission VALUES (362, 'Can change step', 93, 'change_step');
INSERT INTO public.auth_permission VALUES (363, 'Can delete step', 93, 'delete_step');
INSERT INTO public.auth_permission VALUES (364, 'Can view step', 93, 'view_step');
INSERT INTO public.auth_permission VALUES (365, 'Can add activity', 94, 'add_activity');
INSERT INTO public.auth_permission VALUES (366, 'Can change activity', 94, 'change_activity');
INSERT INTO public.auth_permission VALUES (367, 'Can delete activity', 94, 'delete_activity');
INSERT INTO public.auth_permission VALUES (368, 'Can view activity', 94, 'view_activity');
INSERT INTO public.auth_permission VALUES (369, 'Can add invitee', 95, 'add_invitee');
INSERT INTO public.auth_permission VALUES (370, 'Can change invitee', 95, 'change_invitee');
INSERT INTO public.auth_permission VALUES (371, 'Can delete invitee', 95, 'delete_invitee');
INSERT INTO public.auth_permission VALUES (372, 'Can view invitee', 95, 'view_invitee');
INSERT INTO public.auth_permission VALUES (373, 'Can add link', 96, 'add_link');
INSERT INTO public.auth_permission VALUES (374, 'Can change link', 96, 'change_link');
INSERT INTO public.auth_permission VALUES (375, 'Can delete link', 96, 'delete_link');
INSERT INTO public.auth_permission VALUES (376, 'Can view link', 96, 'view_link');
INSERT INTO public.auth_permission VALUES (377, 'Can add outcome', 97, 'add_outcome');
INSERT INTO public.auth_permission VALUES (378, 'Can change outcome', 97, 'change_outcome');
INSERT INTO public.auth_permission VALUES (379, 'Can delete outcome', 97, 'delete_outcome');
INSERT INTO public.auth_permission VALUES (380, 'Can view outcome', 97, 'view_outcome');
INSERT INTO public.auth_permission VALUES (381, 'Can add feed', 98, 'add_feed');
INSERT INTO public.auth_permission VALUES (382, 'Can change feed', 98, 'change_feed');
INSERT INTO public.auth_permission VALUES (383, 'Can delete feed', 98, 'delete_feed');
INSERT INTO public.auth_permission VALUES (384, 'Can view feed', 98, 'view_feed');
INSERT INTO public.auth_permission VALUES (385, 'Can add minutes', 99, 'add_minutes');
INSERT INTO public.auth_permission VALUES (386, 'Can change minutes', 99, 'change_minutes');
INSERT INTO public.auth_permission VALUES (387, 'Can delete minutes', 99, 'delete_minutes');
INSERT INTO public.auth_permission VALUES (388, 'Can view minutes', 99, 'view_minutes');
INSERT INTO public.auth_permission VALUES (389, 'Can add decision', 100, 'add_decision');
INSERT INTO public.auth_permission VALUES (390, 'Can change decision', 100, 'change_decision');
INSERT INTO public.auth_permission VALUES (391, 'Can delete decision', 100, 'delete_decision');
INSERT INTO public.auth_permission VALUES (392, 'Can view decision', 100, 'view_decision');
INSERT INTO public.auth_permission VALUES (393, 'Can add reminded', 101, 'add_reminded');
INSERT INTO public.auth_permission VALUES (394, 'Can change reminded', 101, 'change_reminded');
INSERT INTO public.auth_permission VALUES (395, 'Can delete reminded', 101, 'delete_reminded');
INSERT INTO public.auth_permission VALUES (396, 'Can view reminded', 101, 'view_reminded');
INSERT INTO public.auth_permission VALUES (397, 'Can add series', 102, 'add_series');
INSERT INTO public.auth_permission VALUES (398, 'Can change series', 102, 'change_series');
INSERT INTO public.auth_permission VALUES (399, 'Can delete series', 102, 'delete_series');
INSERT INTO public.auth_permission VALUES (400, 'Can view series', 102, 'view_series');
INSERT INTO public.auth_permission VALUES (401, 'Can add told', 103, 'add_told');
INSERT INTO public.auth_permission VALUES (402, 'Can change told', 103, 'change_told');
INSERT INTO public.auth_permission VALUES (403, 'Can delete told', 103, 'delete_told');
INSERT INTO public.auth_permission VALUES (404, 'Can view told', 103, 'view_told');
INSERT INTO public.auth_permission VALUES (405, 'Can add outside', 104, 'add_outside');
INSERT INTO public.auth_permission VALUES (406, 'Can change outside', 104, 'change_outside');
INSERT INTO public.auth_permission VALUES (407, 'Can delete outside', 104, 'delete_outside');
INSERT INTO public.auth_permission VALUES (408, 'Can view outside', 104, 'view_outside');
INSERT INTO public.auth_permission VALUES (409, 'Can add synced', 105, 'add_synced');
INSERT INTO public.auth_permission VALUES (410, 'Can change synced', 105, 'change_synced');
INSERT INTO public.auth_permission VALUES (411, 'Can delete synced', 105, 'delete_synced');
INSERT INTO public.auth_permission VALUES (412, 'Can view synced', 105, 'view_synced');
INSERT INTO public.auth_permission VALUES (413, 'Can add moved link', 106, 'add_movedlink');
INSERT INTO public.auth_permission VALUES (414, 'Can change moved link', 106, 'change_movedlink');
INSERT INTO public.auth_permission VALUES (415, 'Can delete moved link', 106, 'delete_movedlink');
INSERT INTO public.auth_permission VALUES (416, 'Can view moved link', 106, 'view_movedlink');
INSERT INTO public.auth_permission VALUES (417, 'Can add outside series', 107, 'add_outsideseries');
INSERT INTO public.auth_permission VALUES (418, 'Can change outside series', 107, 'change_outsideseries');
INSERT INTO public.auth_permission VALUES (419, 'Can delete outside series', 107, 'delete_outsideseries');
INSERT INTO public.auth_permission VALUES (420, 'Can view outside series', 107, 'view_outsideseries');
INSERT INTO public.auth_permission VALUES (421, 'Can add kind', 108, 'add_kind');
INSERT INTO public.auth_permission VALUES (422, 'Can change kind', 108, 'change_kind');
INSERT INTO public.auth_permission VALUES (423, 'Can delete kind', 108, 'delete_kind');
INSERT INTO public.auth_permission VALUES (424, 'Can view kind', 108, 'view_kind');
INSERT INTO public.auth_permission VALUES (425, 'Can add request', 109, 'add_request');
INSERT INTO public.auth_permission VALUES (426, 'Can change request', 109, 'change_request');
INSERT INTO public.auth_permission VALUES (427, 'Can delete request', 109, 'delete_request');
INSERT INTO public.auth_permission VALUES (428, 'Can view request', 109, 'view_request');
INSERT INTO public.auth_permission VALUES (429, 'Can add referral', 110, 'add_referral');
INSERT INTO public.auth_permission VALUES (430, 'Can change referral', 110, 'change_referral');
INSERT INTO public.auth_permission VALUES (431, 'Can delete referral', 110, 'delete_referral');
INSERT INTO public.auth_permission VALUES (432, 'Can view referral', 110, 'view_referral');
INSERT INTO public.auth_permission VALUES (433, 'Can add read mark', 111, 'add_readmark');
INSERT INTO public.auth_permission VALUES (434, 'Can change read mark', 111, 'change_readmark');
INSERT INTO public.auth_permission VALUES (435, 'Can delete read mark', 111, 'delete_readmark');
INSERT INTO public.auth_permission VALUES (436, 'Can view read mark', 111, 'view_readmark');
INSERT INTO public.auth_permission VALUES (437, 'Can add note', 112, 'add_note');
INSERT INTO public.auth_permission VALUES (438, 'Can change note', 112, 'change_note');
INSERT INTO public.auth_permission VALUES (439, 'Can delete note', 112, 'delete_note');
INSERT INTO public.auth_permission VALUES (440, 'Can view note', 112, 'view_note');
INSERT INTO public.auth_permission VALUES (441, 'Can add answer', 113, 'add_answer');
INSERT INTO public.auth_permission VALUES (442, 'Can change answer', 113, 'change_answer');
INSERT INTO public.auth_permission VALUES (443, 'Can delete answer', 113, 'delete_answer');
INSERT INTO public.auth_permission VALUES (444, 'Can view answer', 113, 'view_answer');
INSERT INTO public.auth_permission VALUES (445, 'Can add request message', 114, 'add_requestmessage');
INSERT INTO public.auth_permission VALUES (446, 'Can change request message', 114, 'change_requestmessage');
INSERT INTO public.auth_permission VALUES (447, 'Can delete request message', 114, 'delete_requestmessage');
INSERT INTO public.auth_permission VALUES (448, 'Can view request message', 114, 'view_requestmessage');
INSERT INTO public.auth_permission VALUES (449, 'Can add sla policy', 115, 'add_slapolicy');
INSERT INTO public.auth_permission VALUES (450, 'Can change sla policy', 115, 'change_slapolicy');
INSERT INTO public.auth_permission VALUES (451, 'Can delete sla policy', 115, 'delete_slapolicy');
INSERT INTO public.auth_permission VALUES (452, 'Can view sla policy', 115, 'view_slapolicy');
INSERT INTO public.auth_permission VALUES (453, 'Can add step', 116, 'add_step');
INSERT INTO public.auth_permission VALUES (454, 'Can change step', 116, 'change_step');
INSERT INTO public.auth_permission VALUES (455, 'Can delete step', 116, 'delete_step');
INSERT INTO public.auth_permission VALUES (456, 'Can view step', 116, 'view_step');
INSERT INTO public.auth_permission VALUES (457, 'Can add referral action', 117, 'add_referralaction');
INSERT INTO public.auth_permission VALUES (458, 'Can change referral action', 117, 'change_referralaction');
INSERT INTO public.auth_permission VALUES (459, 'Can delete referral action', 117, 'delete_referralaction');
INSERT INTO public.auth_permission VALUES (460, 'Can view referral action', 117, 'view_referralaction');
INSERT INTO public.auth_permission VALUES (461, 'Can add receipt', 118, 'add_receipt');
INSERT INTO public.auth_permission VALUES (462, 'Can change receipt', 118, 'change_receipt');
INSERT INTO public.auth_permission VALUES (463, 'Can delete receipt', 118, 'delete_receipt');
INSERT INTO public.auth_permission VALUES (464, 'Can view receipt', 118, 'view_receipt');
INSERT INTO public.auth_permission VALUES (465, 'Can add survey', 119, 'add_survey');
INSERT INTO public.auth_permission VALUES (466, 'Can change survey', 119, 'change_survey');
INSERT INTO public.auth_permission VALUES (467, 'Can delete survey', 119, 'delete_survey');
INSERT INTO public.auth_permission VALUES (468, 'Can view survey', 119, 'view_survey');
INSERT INTO public.auth_permission VALUES (469, 'Can add confidant', 120, 'add_confidant');
INSERT INTO public.auth_permission VALUES (470, 'Can change confidant', 120, 'change_confidant');
INSERT INTO public.auth_permission VALUES (471, 'Can delete confidant', 120, 'delete_confidant');
INSERT INTO public.auth_permission VALUES (472, 'Can view confidant', 120, 'view_confidant');
INSERT INTO public.auth_permission VALUES (473, 'Can add confidential view', 121, 'add_confidentialview');
INSERT INTO public.auth_permission VALUES (474, 'Can change confidential view', 121, 'change_confidentialview');
INSERT INTO public.auth_permission VALUES (475, 'Can delete confidential view', 121, 'delete_confidentialview');
INSERT INTO public.auth_permission VALUES (476, 'Can view confidential view', 121, 'view_confidentialview');
INSERT INTO public.auth_permission VALUES (477, 'Can add return rule', 122, 'add_returnrule');
INSERT INTO public.auth_permission VALUES (478, 'Can change return rule', 122, 'change_returnrule');
INSERT INTO public.auth_permission VALUES (479, 'Can delete return rule', 122, 'delete_returnrule');
INSERT INTO public.auth_permission VALUES (480, 'Can view return rule', 122, 'view_returnrule');
INSERT INTO public.auth_permission VALUES (481, 'Can add presence', 123, 'add_presence');
INSERT INTO public.auth_permission VALUES (482, 'Can change presence', 123, 'change_presence');
INSERT INTO public.auth_permission VALUES (483, 'Can delete presence', 123, 'delete_presence');
INSERT INTO public.auth_permission VALUES (484, 'Can view presence', 123, 'view_presence');
INSERT INTO public.auth_permission VALUES (485, 'Can add snooze', 124, 'add_snooze');
INSERT INTO public.auth_permission VALUES (486, 'Can change snooze', 124, 'change_snooze');
INSERT INTO public.auth_permission VALUES (487, 'Can delete snooze', 124, 'delete_snooze');
INSERT INTO public.auth_permission VALUES (488, 'Can view snooze', 124, 'view_snooze');
INSERT INTO public.auth_permission VALUES (489, 'Can add routing rule event', 125, 'add_routingruleevent');
INSERT INTO public.auth_permission VALUES (490, 'Can change routing rule event', 125, 'change_routingruleevent');
INSERT INTO public.auth_permission VALUES (491, 'Can delete routing rule event', 125, 'delete_routingruleevent');
INSERT INTO public.auth_permission VALUES (492, 'Can view routing rule event', 125, 'view_routingruleevent');
INSERT INTO public.auth_permission VALUES (493, 'Can add seat', 126, 'add_seat');
INSERT INTO public.auth_permission VALUES (494, 'Can change seat', 126, 'change_seat');
INSERT INTO public.auth_permission VALUES (495, 'Can delete seat', 126, 'delete_seat');
INSERT INTO public.auth_permission VALUES (496, 'Can view seat', 126, 'view_seat');
INSERT INTO public.auth_permission VALUES (497, 'Can add seat event', 127, 'add_seatevent');
INSERT INTO public.auth_permission VALUES (498, 'Can change seat event', 127, 'change_seatevent');
INSERT INTO public.auth_permission VALUES (499, 'Can delete seat event', 127, 'delete_seatevent');
INSERT INTO public.auth_permission VALUES (500, 'Can view seat event', 127, 'view_seatevent');
INSERT INTO public.auth_permission VALUES (501, 'Can add skill', 128, 'add_skill');
INSERT INTO public.auth_permission VALUES (502, 'Can change skill', 128, 'change_skill');
INSERT INTO public.auth_permission VALUES (503, 'Can delete skill', 128, 'delete_skill');
INSERT INTO public.auth_permission VALUES (504, 'Can view skill', 128, 'view_skill');
INSERT INTO public.auth_permission VALUES (505, 'Can add skill event', 129, 'add_skillevent');
INSERT INTO public.auth_permission VALUES (506, 'Can change skill event', 129, 'change_skillevent');
INSERT INTO public.auth_permission VALUES (507, 'Can delete skill event', 129, 'delete_skillevent');
INSERT INTO public.auth_permission VALUES (508, 'Can view skill event', 129, 'view_skillevent');
INSERT INTO public.auth_permission VALUES (509, 'Can add turn', 130, 'add_turn');
INSERT INTO public.auth_permission VALUES (510, 'Can change turn', 130, 'change_turn');
INSERT INTO public.auth_permission VALUES (511, 'Can delete turn', 130, 'delete_turn');
INSERT INTO public.auth_permission VALUES (512, 'Can view turn', 130, 'view_turn');
INSERT INTO public.auth_permission VALUES (513, 'Can add routing rule', 131, 'add_routingrule');
INSERT INTO public.auth_permission VALUES (514, 'Can change routing rule', 131, 'change_routingrule');
INSERT INTO public.auth_permission VALUES (515, 'Can delete routing rule', 131, 'delete_routingrule');
INSERT INTO public.auth_permission VALUES (516, 'Can view routing rule', 131, 'view_routingrule');
INSERT INTO public.auth_permission VALUES (517, 'Can add routed', 132, 'add_routed');
INSERT INTO public.auth_permission VALUES (518, 'Can change routed', 132, 'change_routed');
INSERT INTO public.auth_permission VALUES (519, 'Can delete routed', 132, 'delete_routed');
INSERT INTO public.auth_permission VALUES (520, 'Can view routed', 132, 'view_routed');
INSERT INTO public.auth_permission VALUES (521, 'Can add approval rule', 133, 'add_approvalrule');
INSERT INTO public.auth_permission VALUES (522, 'Can change approval rule', 133, 'change_approvalrule');
INSERT INTO public.auth_permission VALUES (523, 'Can delete approval rule', 133, 'delete_approvalrule');
INSERT INTO public.auth_permission VALUES (524, 'Can view approval rule', 133, 'view_approvalrule');
INSERT INTO public.auth_permission VALUES (525, 'Can add endorsement', 134, 'add_endorsement');
INSERT INTO public.auth_permission VALUES (526, 'Can change endorsement', 134, 'change_endorsement');
INSERT INTO public.auth_permission VALUES (527, 'Can delete endorsement', 134, 'delete_endorsement');
INSERT INTO public.auth_permission VALUES (528, 'Can view endorsement', 134, 'view_endorsement');
INSERT INTO public.auth_permission VALUES (529, 'Can add rule approver', 135, 'add_ruleapprover');
INSERT INTO public.auth_permission VALUES (530, 'Can change rule approver', 135, 'change_ruleapprover');
INSERT INTO public.auth_permission VALUES (531, 'Can delete rule approver', 135, 'delete_ruleapprover');
INSERT INTO public.auth_permission VALUES (532, 'Can view rule approver', 135, 'view_ruleapprover');
INSERT INTO public.auth_permission VALUES (533, 'Can add mention', 136, 'add_mention');
INSERT INTO public.auth_permission VALUES (534, 'Can change mention', 136, 'change_mention');
INSERT INTO public.auth_permission VALUES (535, 'Can delete mention', 136, 'delete_mention');
INSERT INTO public.auth_permission VALUES (536, 'Can view mention', 136, 'view_mention');
INSERT INTO public.auth_permission VALUES (537, 'Can add regrouping', 137, 'add_regrouping');
INSERT INTO public.auth_permission VALUES (538, 'Can change regrouping', 137, 'change_regrouping');
INSERT INTO public.auth_permission VALUES (539, 'Can delete regrouping', 137, 'delete_regrouping');
INSERT INTO public.auth_permission VALUES (540, 'Can view regrouping', 137, 'view_regrouping');
INSERT INTO public.auth_permission VALUES (541, 'Can add regroup move', 138, 'add_regroupmove');
INSERT INTO public.auth_permission VALUES (542, 'Can change regroup move', 138, 'change_regroupmove');
INSERT INTO public.auth_permission VALUES (543, 'Can delete regroup move', 138, 'delete_regroupmove');
INSERT INTO public.auth_permission VALUES (544, 'Can view regroup move', 138, 'view_regroupmove');
INSERT INTO public.auth_permission VALUES (545, 'Can add regroup row', 139, 'add_regrouprow');
INSERT INTO public.auth_permission VALUES (546, 'Can change regroup row', 139, 'change_regrouprow');
INSERT INTO public.auth_permission VALUES (547, 'Can delete regroup row', 139, 'delete_regrouprow');
INSERT INTO public.auth_permission VALUES (548, 'Can view regroup row', 139, 'view_regrouprow');
INSERT INTO public.auth_permission VALUES (549, 'Can add tie', 140, 'add_tie');
INSERT INTO public.auth_permission VALUES (550, 'Can change tie', 140, 'change_tie');
INSERT INTO public.auth_permission VALUES (551, 'Can delete tie', 140, 'delete_tie');
INSERT INTO public.auth_permission VALUES (552, 'Can view tie', 140, 'view_tie');
INSERT INTO public.auth_permission VALUES (553, 'Can add topic', 141, 'add_topic');
INSERT INTO public.auth_permission VALUES (554, 'Can change topic', 141, 'change_topic');
INSERT INTO public.auth_permission VALUES (555, 'Can delete topic', 141, 'delete_topic');
INSERT INTO public.auth_permission VALUES (556, 'Can view topic', 141, 'view_topic');
INSERT INTO public.auth_permission VALUES (557, 'Can add article', 142, 'add_article');
INSERT INTO public.auth_permission VALUES (558, 'Can change article', 142, 'change_article');
INSERT INTO public.auth_permission VALUES (559, 'Can delete article', 142, 'delete_article');
INSERT INTO public.auth_permission VALUES (560, 'Can view article', 142, 'view_article');
INSERT INTO public.auth_permission VALUES (561, 'Can add canned answer', 143, 'add_cannedanswer');
INSERT INTO public.auth_permission VALUES (562, 'Can change canned answer', 143, 'change_cannedanswer');
INSERT INTO public.auth_permission VALUES (563, 'Can delete canned answer', 143, 'delete_cannedanswer');
INSERT INTO public.auth_permission VALUES (564, 'Can view canned answer', 143, 'view_cannedanswer');
INSERT INTO public.auth_permission VALUES (565, 'Can add canned answer event', 144, 'add_cannedanswerevent');
INSERT INTO public.auth_permission VALUES (566, 'Can change canned answer event', 144, 'change_cannedanswerevent');
INSERT INTO public.auth_permission VALUES (567, 'Can delete canned answer event', 144, 'delete_cannedanswerevent');
INSERT INTO public.auth_permission VALUES (568, 'Can view canned answer event', 144, 'view_cannedanswerevent');
INSERT INTO public.auth_permission VALUES (569, 'Can add canned use', 145, 'add_canneduse');
INSERT INTO public.auth_permission VALUES (570, 'Can change canned use', 145, 'change_canneduse');
INSERT INTO public.auth_permission VALUES (571, 'Can delete canned use', 145, 'delete_canneduse');
INSERT INTO public.auth_permission VALUES (572, 'Can view canned use', 145, 'view_canneduse');
INSERT INTO public.auth_permission VALUES (573, 'Can add signature', 146, 'add_signature');
INSERT INTO public.auth_permission VALUES (574, 'Can change signature', 146, 'change_signature');
INSERT INTO public.auth_permission VALUES (575, 'Can delete signature', 146, 'delete_signature');
INSERT INTO public.auth_permission VALUES (576, 'Can view signature', 146, 'view_signature');
INSERT INTO public.auth_permission VALUES (577, 'Can add signature event', 147, 'add_signatureevent');
INSERT INTO public.auth_permission VALUES (578, 'Can change signature event', 147, 'change_signatureevent');
INSERT INTO public.auth_permission VALUES (579, 'Can delete signature event', 147, 'delete_signatureevent');
INSERT INTO public.auth_permission VALUES (580, 'Can view signature event', 147, 'view_signatureevent');
INSERT INTO public.auth_permission VALUES (581, 'Can add article version', 148, 'add_articleversion');
INSERT INTO public.auth_permission VALUES (582, 'Can change article version', 148, 'change_articleversion');
INSERT INTO public.auth_permission VALUES (583, 'Can delete article version', 148, 'delete_articleversion');
INSERT INTO public.auth_permission VALUES (584, 'Can view article version', 148, 'view_articleversion');
INSERT INTO public.auth_permission VALUES (585, 'Can add lost reason event', 149, 'add_lostreasonevent');
INSERT INTO public.auth_permission VALUES (586, 'Can change lost reason event', 149, 'change_lostreasonevent');
INSERT INTO public.auth_permission VALUES (587, 'Can delete lost reason event', 149, 'delete_lostreasonevent');
INSERT INTO public.auth_permission VALUES (588, 'Can view lost reason event', 149, 'view_lostreasonevent');
INSERT INTO public.auth_permission VALUES (589, 'Can add pipeline', 150, 'add_pipeline');
INSERT INTO public.auth_permission VALUES (590, 'Can change pipeline', 150, 'change_pipeline');
INSERT INTO public.auth_permission VALUES (591, 'Can delete pipeline', 150, 'delete_pipeline');
INSERT INTO public.auth_permission VALUES (592, 'Can view pipeline', 150, 'view_pipeline');
INSERT INTO public.auth_permission VALUES (593, 'Can add pipeline event', 151, 'add_pipelineevent');
INSERT INTO public.auth_permission VALUES (594, 'Can change pipeline event', 151, 'change_pipelineevent');
INSERT INTO public.auth_permission VALUES (595, 'Can delete pipeline event', 151, 'delete_pipelineevent');
INSERT INTO public.auth_permission VALUES (596, 'Can view pipeline event', 151, 'view_pipelineevent');
INSERT INTO public.auth_permission VALUES (597, 'Can add stage', 152, 'add_stage');
INSERT INTO public.auth_permission VALUES (598, 'Can change stage', 152, 'change_stage');
INSERT INTO public.auth_permission VALUES (599, 'Can delete stage', 152, 'delete_stage');
INSERT INTO public.auth_permission VALUES (600, 'Can view stage', 152, 'view_stage');
INSERT INTO public.auth_permission VALUES (601, 'Can add stage approval', 153, 'add_stageapproval');
INSERT INTO public.auth_permission VALUES (602, 'Can change stage approval', 153, 'change_stageapproval');
INSERT INTO public.auth_permission VALUES (603, 'Can delete stage approval', 153, 'delete_stageapproval');
INSERT INTO public.auth_permission VALUES (604, 'Can view stage approval', 153, 'view_stageapproval');
INSERT INTO public.auth_permission VALUES (605, 'Can add stage approval event', 154, 'add_stageapprovalevent');
INSERT INTO public.auth_permission VALUES (606, 'Can change stage approval event', 154, 'change_stageapprovalevent');
INSERT INTO public.auth_permission VALUES (607, 'Can delete stage approval event', 154, 'delete_stageapprovalevent');
INSERT INTO public.auth_permission VALUES (608, 'Can view stage approval event', 154, 'view_stageapprovalevent');
INSERT INTO public.auth_permission VALUES (609, 'Can add stage event', 155, 'add_stageevent');
INSERT INTO public.auth_permission VALUES (610, 'Can change stage event', 155, 'change_stageevent');
INSERT INTO public.auth_permission VALUES (611, 'Can delete stage event', 155, 'delete_stageevent');
INSERT INTO public.auth_permission VALUES (612, 'Can view stage event', 155, 'view_stageevent');
INSERT INTO public.auth_permission VALUES (614, 'Can change deal', 156, 'change_deal');
INSERT INTO public.auth_permission VALUES (615, 'Can delete deal', 156, 'delete_deal');
INSERT INTO public.auth_permission VALUES (616, 'Can view deal', 156, 'view_deal');
INSERT INTO public.auth_permission VALUES (617, 'Can add deal passage', 157, 'add_dealpassage');
INSERT INTO public.auth_permission VALUES (618, 'Can change deal passage', 157, 'change_dealpassage');
INSERT INTO public.auth_permission VALUES (619, 'Can delete deal passage', 157, 'delete_dealpassage');
INSERT INTO public.auth_permission VALUES (620, 'Can view deal passage', 157, 'view_dealpassage');
INSERT INTO public.auth_permission VALUES (621, 'Can add deal person', 158, 'add_dealperson');
INSERT INTO public.auth_permission VALUES (622, 'Can change deal person', 158, 'change_dealperson');
INSERT INTO public.auth_permission VALUES (623, 'Can delete deal person', 158, 'delete_dealperson');
INSERT INTO public.auth_permission VALUES (624, 'Can view deal person', 158, 'view_dealperson');
INSERT INTO public.auth_permission VALUES (625, 'Can add deal person event', 159, 'add_dealpersonevent');
INSERT INTO public.auth_permission VALUES (626, 'Can change deal person event', 159, 'change_dealpersonevent');
INSERT INTO public.auth_permission VALUES (627, 'Can delete deal person event', 159, 'delete_dealpersonevent');
INSERT INTO public.auth_permission VALUES (628, 'Can view deal person event', 159, 'view_dealpersonevent');
INSERT INTO public.auth_permission VALUES (629, 'Can add deal share', 160, 'add_dealshare');
INSERT INTO public.auth_permission VALUES (630, 'Can change deal share', 160, 'change_dealshare');
INSERT INTO public.auth_permission VALUES (631, 'Can delete deal share', 160, 'delete_dealshare');
INSERT INTO public.auth_permission VALUES (632, 'Can view deal share', 160, 'view_dealshare');
INSERT INTO public.auth_permission VALUES (633, 'Can add deal share event', 161, 'add_dealshareevent');
INSERT INTO public.auth_permission VALUES (634, 'Can change deal share event', 161, 'change_dealshareevent');
INSERT INTO public.auth_permission VALUES (635, 'Can delete deal share event', 161, 'delete_dealshareevent');
INSERT INTO public.auth_permission VALUES (636, 'Can view deal share event', 161, 'view_dealshareevent');
INSERT INTO public.auth_permission VALUES (637, 'Can add deal span', 162, 'add_dealspan');
INSERT INTO public.auth_permission VALUES (638, 'Can change deal span', 162, 'change_dealspan');
INSERT INTO public.auth_permission VALUES (639, 'Can delete deal span', 162, 'delete_dealspan');
INSERT INTO public.auth_permission VALUES (640, 'Can view deal span', 162, 'view_dealspan');
INSERT INTO public.auth_permission VALUES (641, 'Can add lost reason', 163, 'add_lostreason');
INSERT INTO public.auth_permission VALUES (642, 'Can change lost reason', 163, 'change_lostreason');
INSERT INTO public.auth_permission VALUES (643, 'Can delete lost reason', 163, 'delete_lostreason');
INSERT INTO public.auth_permission VALUES (644, 'Can view lost reason', 163, 'view_lostreason');
INSERT INTO public.auth_permission VALUES (645, 'Can add deal event', 164, 'add_dealevent');
INSERT INTO public.auth_permission VALUES (646, 'Can change deal event', 164, 'change_dealevent');
INSERT INTO public.auth_permission VALUES (647, 'Can delete deal event', 164, 'delete_dealevent');
INSERT INTO public.auth_permission VALUES (648, 'Can view deal event', 164, 'view_dealevent');
INSERT INTO public.auth_permission VALUES (649, 'Can add assignment rule event', 165, 'add_assignmentruleevent');
INSERT INTO public.auth_permission VALUES (650, 'Can change assignment rule event', 165, 'change_assignmentruleevent');
INSERT INTO public.auth_permission VALUES (651, 'Can delete assignment rule event', 165, 'delete_assignmentruleevent');
INSERT INTO public.auth_permission VALUES (652, 'Can view assignment rule event', 165, 'view_assignmentruleevent');
INSERT INTO public.auth_permission VALUES (653, 'Can add deal request', 166, 'add_dealrequest');
INSERT INTO public.auth_permission VALUES (654, 'Can change deal request', 166, 'change_dealrequest');
INSERT INTO public.auth_permission VALUES (655, 'Can delete deal request', 166, 'delete_dealrequest');
INSERT INTO public.auth_permission VALUES (656, 'Can view deal request', 166, 'view_dealrequest');
INSERT INTO public.auth_permission VALUES (657, 'Can add lead form', 167, 'add_leadform');
INSERT INTO public.auth_permission VALUES (658, 'Can change lead form', 167, 'change_leadform');
INSERT INTO public.auth_permission VALUES (659, 'Can delete lead form', 167, 'delete_leadform');
INSERT INTO public.auth_permission VALUES (660, 'Can view lead form', 167, 'view_leadform');
INSERT INTO public.auth_permission VALUES (661, 'Can add lead form event', 168, 'add_leadformevent');
INSERT INTO public.auth_permission VALUES (662, 'Can change lead form event', 168, 'change_leadformevent');
INSERT INTO public.auth_permission VALUES (663, 'Can delete lead form event', 168, 'delete_leadformevent');
INSERT INTO public.auth_permission VALUES (664, 'Can view lead form event', 168, 'view_leadformevent');
INSERT INTO public.auth_permission VALUES (665, 'Can add lead submission', 169, 'add_leadsubmission');
INSERT INTO public.auth_permission VALUES (666, 'Can change lead submission', 169, 'change_leadsubmission');
INSERT INTO public.auth_permission VALUES (667, 'Can delete lead submission', 169, 'delete_leadsubmission');
INSERT INTO public.auth_permission VALUES (668, 'Can view lead submission', 169, 'view_leadsubmission');
INSERT INTO public.auth_permission VALUES (669, 'Can add assignment rule', 170, 'add_assignmentrule');
INSERT INTO public.auth_permission VALUES (670, 'Can change assignment rule', 170, 'change_assignmentrule');
INSERT INTO public.auth_permission VALUES (671, 'Can delete assignment rule', 170, 'delete_assignmentrule');
INSERT INTO public.auth_permission VALUES (672, 'Can view assignment rule', 170, 'view_assignmentrule');
INSERT INTO public.auth_permission VALUES (673, 'Can add assigned', 171, 'add_assigned');
INSERT INTO public.auth_permission VALUES (674, 'Can change assigned', 171, 'change_assigned');
INSERT INTO public.auth_permission VALUES (675, 'Can delete assigned', 171, 'delete_assigned');
INSERT INTO public.auth_permission VALUES (676, 'Can view assigned', 171, 'view_assigned');
INSERT INTO public.auth_permission VALUES (677, 'Can add commission entry', 172, 'add_commissionentry');
INSERT INTO public.auth_permission VALUES (678, 'Can change commission entry', 172, 'change_commissionentry');
INSERT INTO public.auth_permission VALUES (679, 'Can delete commission entry', 172, 'delete_commissionentry');
INSERT INTO public.auth_permission VALUES (680, 'Can view commission entry', 172, 'view_commissionentry');
INSERT INTO public.auth_permission VALUES (681, 'Can add commission statement', 173, 'add_commissionstatement');
INSERT INTO public.auth_permission VALUES (682, 'Can change commission statement', 173, 'change_commissionstatement');
INSERT INTO public.auth_permission VALUES (683, 'Can delete commission statement', 173, 'delete_commissionstatement');
INSERT INTO public.auth_permission VALUES (684, 'Can view commission statement', 173, 'view_commissionstatement');
INSERT INTO public.auth_permission VALUES (685, 'Can add commission statement event', 174, 'add_commissionstatementevent');
INSERT INTO public.auth_permission VALUES (686, 'Can change commission statement event', 174, 'change_commissionstatementevent');
INSERT INTO public.auth_permission VALUES (687, 'Can delete commission statement event', 174, 'delete_commissionstatementevent');
INSERT INTO public.auth_permission VALUES (688, 'Can view commission statement event', 174, 'view_commissionstatementevent');
INSERT INTO public.auth_permission VALUES (689, 'Can add deal partner', 175, 'add_dealpartner');
INSERT INTO public.auth_permission VALUES (690, 'Can change deal partner', 175, 'change_dealpartner');
INSERT INTO public.auth_permission VALUES (691, 'Can delete deal partner', 175, 'delete_dealpartner');
INSERT INTO public.auth_permission VALUES (692, 'Can view deal partner', 175, 'view_dealpartner');
INSERT INTO public.auth_permission VALUES (693, 'Can add deal partner event', 176, 'add_dealpartnerevent');
INSERT INTO public.auth_permission VALUES (694, 'Can change deal partner event', 176, 'change_dealpartnerevent');
INSERT INTO public.auth_permission VALUES (695, 'Can delete deal partner event', 176, 'delete_dealpartnerevent');
INSERT INTO public.auth_permission VALUES (696, 'Can view deal partner event', 176, 'view_dealpartnerevent');
INSERT INTO public.auth_permission VALUES (697, 'Can add deal registration', 177, 'add_dealregistration');
INSERT INTO public.auth_permission VALUES (698, 'Can change deal registration', 177, 'change_dealregistration');
INSERT INTO public.auth_permission VALUES (699, 'Can delete deal registration', 177, 'delete_dealregistration');
INSERT INTO public.auth_permission VALUES (700, 'Can view deal registration', 177, 'view_dealregistration');
INSERT INTO public.auth_permission VALUES (701, 'Can add deal registration event', 178, 'add_dealregistrationevent');
INSERT INTO public.auth_permission VALUES (702, 'Can change deal registration event', 178, 'change_dealregistrationevent');
INSERT INTO public.auth_permission VALUES (703, 'Can delete deal registration event', 178, 'delete_dealregistrationevent');
INSERT INTO public.auth_permission VALUES (704, 'Can view deal registration event', 178, 'view_dealregistrationevent');
INSERT INTO public.auth_permission VALUES (705, 'Can add partner', 179, 'add_partner');
INSERT INTO public.auth_permission VALUES (706, 'Can change partner', 179, 'change_partner');
INSERT INTO public.auth_permission VALUES (707, 'Can delete partner', 179, 'delete_partner');
INSERT INTO public.auth_permission VALUES (708, 'Can view partner', 179, 'view_partner');
INSERT INTO public.auth_permission VALUES (709, 'Can add partner event', 180, 'add_partnerevent');
INSERT INTO public.auth_permission VALUES (710, 'Can change partner event', 180, 'change_partnerevent');
INSERT INTO public.auth_permission VALUES (711, 'Can delete partner event', 180, 'delete_partnerevent');
INSERT INTO public.auth_permission VALUES (712, 'Can view partner event', 180, 'view_partnerevent');
INSERT INTO public.auth_permission VALUES (713, 'Can add partner note', 181, 'add_partnernote');
INSERT INTO public.auth_permission VALUES (714, 'Can change partner note', 181, 'change_partnernote');
INSERT INTO public.auth_permission VALUES (715, 'Can delete partner note', 181, 'delete_partnernote');
INSERT INTO public.auth_permission VALUES (716, 'Can view partner note', 181, 'view_partnernote');
INSERT INTO public.auth_permission VALUES (717, 'Can add partner rule', 182, 'add_partnerrule');
INSERT INTO public.auth_permission VALUES (718, 'Can change partner rule', 182, 'change_partnerrule');
INSERT INTO public.auth_permission VALUES (719, 'Can delete partner rule', 182, 'delete_partnerrule');
INSERT INTO public.auth_permission VALUES (720, 'Can view partner rule', 182, 'view_partnerrule');
INSERT INTO public.auth_permission VALUES (721, 'Can add partner rule event', 183, 'add_partnerruleevent');
INSERT INTO public.auth_permission VALUES (722, 'Can change partner rule event', 183, 'change_partnerruleevent');
INSERT INTO public.auth_permission VALUES (723, 'Can delete partner rule event', 183, 'delete_partnerruleevent');
INSERT INTO public.auth_permission VALUES (724, 'Can view partner rule event', 183, 'view_partnerruleevent');
INSERT INTO public.auth_permission VALUES (725, 'Can add partner seat', 184, 'add_partnerseat');
INSERT INTO public.auth_permission VALUES (726, 'Can change partner seat', 184, 'change_partnerseat');
INSERT INTO public.auth_permission VALUES (727, 'Can delete partner seat', 184, 'delete_partnerseat');
INSERT INTO public.auth_permission VALUES (728, 'Can view partner seat', 184, 'view_partnerseat');
INSERT INTO public.auth_permission VALUES (729, 'Can add partner seat event', 185, 'add_partnerseatevent');
INSERT INTO public.auth_permission VALUES (730, 'Can change partner seat event', 185, 'change_partnerseatevent');
INSERT INTO public.auth_permission VALUES (731, 'Can delete partner seat event', 185, 'delete_partnerseatevent');
INSERT INTO public.auth_permission VALUES (732, 'Can view partner seat event', 185, 'view_partnerseatevent');
INSERT INTO public.auth_permission VALUES (733, 'Can add sales channel', 186, 'add_saleschannel');
INSERT INTO public.auth_permission VALUES (734, 'Can change sales channel', 186, 'change_saleschannel');
INSERT INTO public.auth_permission VALUES (735, 'Can delete sales channel', 186, 'delete_saleschannel');
INSERT INTO public.auth_permission VALUES (736, 'Can view sales channel', 186, 'view_saleschannel');
INSERT INTO public.auth_permission VALUES (737, 'Can add sales channel event', 187, 'add_saleschannelevent');
INSERT INTO public.auth_permission VALUES (738, 'Can change sales channel event', 187, 'change_saleschannelevent');
INSERT INTO public.auth_permission VALUES (739, 'Can delete sales channel event', 187, 'delete_saleschannelevent');
INSERT INTO public.auth_permission VALUES (740, 'Can view sales channel event', 187, 'view_saleschannelevent');
INSERT INTO public.auth_permission VALUES (741, 'Can add seat key', 188, 'add_seatkey');
INSERT INTO public.auth_permission VALUES (742, 'Can change seat key', 188, 'change_seatkey');
INSERT INTO public.auth_permission VALUES (743, 'Can delete seat key', 188, 'delete_seatkey');
INSERT INTO public.auth_permission VALUES (744, 'Can view seat key', 188, 'view_seatkey');
INSERT INTO public.auth_permission VALUES (745, 'Can add seat session', 189, 'add_seatsession');
INSERT INTO public.auth_permission VALUES (746, 'Can change seat session', 189, 'change_seatsession');
INSERT INTO public.auth_permission VALUES (747, 'Can delete seat session', 189, 'delete_seatsession');
INSERT INTO public.auth_permission VALUES (748, 'Can view seat session', 189, 'view_seatsession');
INSERT INTO public.auth_permission VALUES (749, 'Can add permission', 190, 'add_permission');
INSERT INTO public.auth_permission VALUES (750, 'Can change permission', 190, 'change_permission');
INSERT INTO public.auth_permission VALUES (751, 'Can delete permission', 190, 'delete_permission');
INSERT INTO public.auth_permission VALUES (752, 'Can view permission', 190, 'view_permission');
INSERT INTO public.auth_permission VALUES (753, 'Can add group', 191, 'add_group');
INSERT INTO public.auth_permission VALUES (754, 'Can change group', 191, 'change_group');
INSERT INTO public.auth_permission VALUES (755, 'Can delete group', 191, 'delete_group');
INSERT INTO public.auth_permission VALUES (756, 'Can view group', 191, 'view_group');
INSERT INTO public.auth_permission VALUES (757, 'Can add content type', 192, 'add_contenttype');
INSERT INTO public.auth_permission VALUES (758, 'Can change content type', 192, 'change_contenttype');
INSERT INTO public.auth_permission VALUES (759, 'Can delete content type', 192, 'delete_contenttype');
INSERT INTO public.auth_permission VALUES (760, 'Can view content type', 192, 'view_contenttype');
INSERT INTO public.auth_permission VALUES (761, 'Can add session', 193, 'add_session');
INSERT INTO public.auth_permission VALUES (762, 'Can change session', 193, 'change_session');
INSERT INTO public.auth_permission VALUES (763, 'Can delete session', 193, 'delete_session');
INSERT INTO public.auth_permission VALUES (764, 'Can view session', 193, 'view_session');
INSERT INTO public.auth_permission VALUES (765, 'Can add email address', 194, 'add_emailaddress');
INSERT INTO public.auth_permission VALUES (766, 'Can change email address', 194, 'change_emailaddress');
INSERT INTO public.auth_permission VALUES (767, 'Can delete email address', 194, 'delete_emailaddress');
INSERT INTO public.auth_permission VALUES (768, 'Can view email address', 194, 'view_emailaddress');
INSERT INTO public.auth_permission VALUES (769, 'Can add email confirmation', 195, 'add_emailconfirmation');
INSERT INTO public.auth_permission VALUES (770, 'Can change email confirmation', 195, 'change_emailconfirmation');
INSERT INTO public.auth_permission VALUES (771, 'Can delete email confirmation', 195, 'delete_emailconfirmation');
INSERT INTO public.auth_permission VALUES (772, 'Can view email confirmation', 195, 'view_emailconfirmation');
INSERT INTO public.auth_permission VALUES (773, 'Can add authenticator', 196, 'add_authenticator');
INSERT INTO public.auth_permission VALUES (774, 'Can change authenticator', 196, 'change_authenticator');
INSERT INTO public.auth_permission VALUES (775, 'Can delete authenticator', 196, 'delete_authenticator');
INSERT INTO public.auth_permission VALUES (776, 'Can view authenticator', 196, 'view_authenticator');
INSERT INTO public.auth_permission VALUES (777, 'Can add user session', 197, 'add_usersession');
INSERT INTO public.auth_permission VALUES (778, 'Can change user session', 197, 'change_usersession');
INSERT INTO public.auth_permission VALUES (779, 'Can delete user session', 197, 'delete_usersession');
INSERT INTO public.auth_permission VALUES (780, 'Can view user session', 197, 'view_usersession');
INSERT INTO public.auth_permission VALUES (781, 'Can add procrastinate event', 198, 'add_procrastinateevent');
INSERT INTO public.auth_permission VALUES (782, 'Can change procrastinate event', 198, 'change_procrastinateevent');
INSERT INTO public.auth_permission VALUES (783, 'Can delete procrastinate event', 198, 'delete_procrastinateevent');
INSERT INTO public.auth_permission VALUES (784, 'Can view procrastinate event', 198, 'view_procrastinateevent');
INSERT INTO public.auth_permission VALUES (785, 'Can add procrastinate job', 199, 'add_procrastinatejob');
INSERT INTO public.auth_permission VALUES (786, 'Can change procrastinate job', 199, 'change_procrastinatejob');
INSERT INTO public.auth_permission VALUES (787, 'Can delete procrastinate job', 199, 'delete_procrastinatejob');
INSERT INTO public.auth_permission VALUES (788, 'Can view procrastinate job', 199, 'view_procrastinatejob');
INSERT INTO public.auth_permission VALUES (789, 'Can add procrastinate periodic defer', 200, 'add_procrastinateperiodicdefer');
INSERT INTO public.auth_permission VALUES (790, 'Can change procrastinate periodic defer', 200, 'change_procrastinateperiodicdefer');
INSERT INTO public.auth_permission VALUES (791, 'Can delete procrastinate periodic defer', 200, 'delete_procrastinateperiodicdefer');
INSERT INTO public.auth_permission VALUES (792, 'Can view procrastinate periodic defer', 200, 'view_procrastinateperiodicdefer');
INSERT INTO public.auth_permission VALUES (793, 'Can add procrastinate worker', 201, 'add_procrastinateworker');
INSERT INTO public.auth_permission VALUES (794, 'Can change procrastinate worker', 201, 'change_procrastinateworker');
INSERT INTO public.auth_permission VALUES (795, 'Can delete procrastinate worker', 201, 'delete_procrastinateworker');
INSERT INTO public.auth_permission VALUES (796, 'Can view procrastinate worker', 201, 'view_procrastinateworker');
INSERT INTO public.auth_permission VALUES (797, 'Can add context', 202, 'add_context');
INSERT INTO public.auth_permission VALUES (798, 'Can change context', 202, 'change_context');
INSERT INTO public.auth_permission VALUES (799, 'Can delete context', 202, 'delete_context');
INSERT INTO public.auth_permission VALUES (800, 'Can view context', 202, 'view_context');
INSERT INTO public.auth_permission VALUES (801, 'Can add events', 1, 'add_events');
INSERT INTO public.auth_permission VALUES (802, 'Can change events', 1, 'change_events');
INSERT INTO public.auth_permission VALUES (803, 'Can delete events', 1, 'delete_events');
INSERT INTO public.auth_permission VALUES (804, 'Can view events', 1, 'view_events');
INSERT INTO public.auth_permission VALUES (805, 'Can add middleware events', 2, 'add_middlewareevents');
INSERT INTO public.auth_permission VALUES (806, 'Can change middleware events', 2, 'change_middlewareevents');
INSERT INTO public.auth_permission VALUES (807, 'Can delete middleware events', 2, 'delete_middlewareevents');
INSERT INTO public.auth_permission VALUES (808, 'Can view middleware events', 2, 'view_middlewareevents');
INSERT INTO public.django_content_type VALUES (1, 'pghistory', 'events');
INSERT INTO public.django_content_type VALUES (2, 'pghistory', 'middlewareevents');
INSERT INTO public.django_content_type VALUES (3, 'core', 'blob');
INSERT INTO public.django_content_type VALUES (4, 'core', 'heartbeat');
INSERT INTO public.django_content_type VALUES (5, 'core', 'holiday');
INSERT INTO public.django_content_type VALUES (6, 'core', 'outboxevent');
INSERT INTO public.django_content_type VALUES (7, 'core', 'periodicrun');
INSERT INTO public.django_content_type VALUES (8, 'core', 'setting');
INSERT INTO public.django_content_type VALUES (9, 'core', 'file');
INSERT INTO public.django_content_type VALUES (10, 'core', 'outboxdelivery');
INSERT INTO public.django_content_type VALUES (11, 'core', 'idempotencykey');
INSERT INTO public.django_content_type VALUES (12, 'core', 'deadletter');
INSERT INTO public.django_content_type VALUES (13, 'core', 'customfield');
INSERT INTO public.django_content_type VALUES (14, 'core', 'longjob');
INSERT INTO public.django_content_type VALUES (15, 'core', 'longjobitem');
INSERT INTO public.django_content_type VALUES (16, 'core', 'savedview');
INSERT INTO public.django_content_type VALUES (17, 'core', 'longjobpart');
INSERT INTO public.django_content_type VALUES (18, 'core', 'savedviewevent');
INSERT INTO public.django_content_type VALUES (19, 'core', 'import');
INSERT INTO public.django_content_type VALUES (20, 'core', 'importblock');
INSERT INTO public.django_content_type VALUES (21, 'core', 'importchunk');
INSERT INTO public.django_content_type VALUES (22, 'core', 'importmapping');
INSERT INTO public.django_content_type VALUES (23, 'core', 'importkeys');
INSERT INTO public.django_content_type VALUES (24, 'accounts', 'roleevent');
INSERT INTO public.django_content_type VALUES (25, 'accounts', 'rolegrant');
INSERT INTO public.django_content_type VALUES (26, 'accounts', 'rolegrantevent');
INSERT INTO public.django_content_type VALUES (27, 'accounts', 'rolepermission');
INSERT INTO public.django_content_type VALUES (28, 'accounts', 'rolepermissionevent');
INSERT INTO public.django_content_type VALUES (29, 'accounts', 'userevent');
INSERT INTO public.django_content_type VALUES (30, 'accounts', 'user');
INSERT INTO public.django_content_type VALUES (31, 'accounts', 'apitoken');
INSERT INTO public.django_content_type VALUES (32, 'accounts', 'apitokenevent');
INSERT INTO public.django_content_type VALUES (33, 'accounts', 'branch');
INSERT INTO public.django_content_type VALUES (34, 'accounts', 'branchevent');
INSERT INTO public.django_content_type VALUES (35, 'accounts', 'department');
INSERT INTO public.django_content_type VALUES (36, 'accounts', 'departmentevent');
INSERT INTO public.django_content_type VALUES (37, 'accounts', 'post');
INSERT INTO public.django_content_type VALUES (38, 'accounts', 'postevent');
INSERT INTO public.django_content_type VALUES (39, 'accounts', 'role');
INSERT INTO public.django_content_type VALUES (40, 'accounts', 'notification');
INSERT INTO public.django_content_type VALUES (41, 'accounts', 'substitution');
INSERT INTO public.django_content_type VALUES (42, 'accounts', 'substitutionevent');
INSERT INTO public.django_content_type VALUES (43, 'parties', 'contactpoint');
INSERT INTO public.django_content_type VALUES (44, 'parties', 'party');
INSERT INTO public.django_content_type VALUES (45, 'parties', 'contactpointevent');
INSERT INTO public.django_content_type VALUES (46, 'parties', 'partyevent');
INSERT INTO public.django_content_type VALUES (47, 'parties', 'accesslog');
INSERT INTO public.django_content_type VALUES (48, 'parties', 'address');
INSERT INTO public.django_content_type VALUES (49, 'parties', 'addressevent');
INSERT INTO public.django_content_type VALUES (50, 'parties', 'category');
INSERT INTO public.django_content_type VALUES (51, 'parties', 'categoryevent');
INSERT INTO public.django_content_type VALUES (52, 'parties', 'categoryfield');
INSERT INTO public.django_content_type VALUES (53, 'parties', 'consent');
INSERT INTO public.django_content_type VALUES (54, 'parties', 'identifier');
INSERT INTO public.django_content_type VALUES (55, 'parties', 'identifierevent');
INSERT INTO public.django_content_type VALUES (56, 'parties', 'partyfile');
INSERT INTO public.django_content_type VALUES (57, 'parties', 'partyfileevent');
INSERT INTO public.django_content_type VALUES (58, 'parties', 'partynote');
INSERT INTO public.django_content_type VALUES (59, 'parties', 'partynoteevent');
INSERT INTO public.django_content_type VALUES (60, 'parties', 'partyrole');
INSERT INTO public.django_content_type VALUES (61, 'parties', 'partyroleevent');
INSERT INTO public.django_content_type VALUES (62, 'parties', 'profile');
INSERT INTO public.django_content_type VALUES (63, 'parties', 'profileevent');
INSERT INTO public.django_content_type VALUES (64, 'parties', 'relation');
INSERT INTO public.django_content_type VALUES (65, 'parties', 'relationevent');
INSERT INTO public.django_content_type VALUES (66, 'parties', 'relationtype');
INSERT INTO public.django_content_type VALUES (67, 'parties', 'relationtypeevent');
INSERT INTO public.django_content_type VALUES (68, 'parties', 'segment');
INSERT INTO public.django_content_type VALUES (69, 'parties', 'segmentevent');
INSERT INTO public.django_content_type VALUES (70, 'parties', 'segmentmember');
INSERT INTO public.django_content_type VALUES (71, 'parties', 'segmentsize');
INSERT INTO public.django_content_type VALUES (72, 'parties', 'tag');
INSERT INTO public.django_content_type VALUES (73, 'parties', 'partyfacts');
INSERT INTO public.django_content_type VALUES (74, 'parties', 'word');
INSERT INTO public.django_content_type VALUES (75, 'parties', 'merge');
INSERT INTO public.django_content_type VALUES (76, 'parties', 'mergemove');
INSERT INTO public.django_content_type VALUES (77, 'parties', 'mergerow');
INSERT INTO public.django_content_type VALUES (78, 'parties', 'mergesource');
INSERT INTO public.django_content_type VALUES (79, 'parties', 'duplicatemark');
INSERT INTO public.django_content_type VALUES (80, 'parties', 'duplicatekey');
INSERT INTO public.django_content_type VALUES (81, 'parties', 'duplicatepair');
INSERT INTO public.django_content_type VALUES (82, 'parties', 'qualityday');
INSERT INTO public.django_content_type VALUES (83, 'parties', 'qualityfigure');
INSERT INTO public.django_content_type VALUES (84, 'parties', 'partywords');
INSERT INTO public.django_content_type VALUES (85, 'parties', 'partychange');
INSERT INTO public.django_content_type VALUES (86, 'channels', 'channel');
INSERT INTO public.django_content_type VALUES (87, 'channels', 'message');
INSERT INTO public.django_content_type VALUES (88, 'channels', 'attachment');
INSERT INTO public.django_content_type VALUES (89, 'channels', 'sighting');
INSERT INTO public.django_content_type VALUES (90, 'channels', 'mailbox');
INSERT INTO public.django_content_type VALUES (91, 'channels', 'hiddenwords');
INSERT INTO public.django_content_type VALUES (92, 'activities', 'outcomeevent');
INSERT INTO public.django_content_type VALUES (93, 'activities', 'step');
INSERT INTO public.django_content_type VALUES (94, 'activities', 'activity');
INSERT INTO public.django_content_type VALUES (95, 'activities', 'invitee');
INSERT INTO public.django_content_type VALUES (96, 'activities', 'link');
INSERT INTO public.django_content_type VALUES (97, 'activities', 'outcome');
INSERT INTO public.django_content_type VALUES (98, 'activities', 'feed');
INSERT INTO public.django_content_type VALUES (99, 'activities', 'minutes');
INSERT INTO public.django_content_type VALUES (100, 'activities', 'decision');
INSERT INTO public.django_content_type VALUES (101, 'activities', 'reminded');
INSERT INTO public.django_content_type VALUES (102, 'activities', 'series');
INSERT INTO public.django_content_type VALUES (103, 'activities', 'told');
INSERT INTO public.django_content_type VALUES (104, 'activities', 'outside');
INSERT INTO public.django_content_type VALUES (105, 'activities', 'synced');
INSERT INTO public.django_content_type VALUES (106, 'activities', 'movedlink');
INSERT INTO public.django_content_type VALUES (107, 'activities', 'outsideseries');
INSERT INTO public.django_content_type VALUES (108, 'cartable', 'kind');
INSERT INTO public.django_content_type VALUES (109, 'cartable', 'request');
INSERT INTO public.django_content_type VALUES (110, 'cartable', 'referral');
INSERT INTO public.django_content_type VALUES (111, 'cartable', 'readmark');
INSERT INTO public.django_content_type VALUES (112, 'cartable', 'note');
INSERT INTO public.django_content_type VALUES (113, 'cartable', 'answer');
INSERT INTO public.django_content_type VALUES (114, 'cartable', 'requestmessage');
INSERT INTO public.django_content_type VALUES (115, 'cartable', 'slapolicy');
INSERT INTO public.django_content_type VALUES (116, 'cartable', 'step');
INSERT INTO public.django_content_type VALUES (117, 'cartable', 'referralaction');
INSERT INTO public.django_content_type VALUES (118, 'cartable', 'receipt');
INSERT INTO public.django_content_type VALUES (119, 'cartable', 'survey');
INSERT INTO public.django_content_type VALUES (120, 'cartable', 'confidant');
INSERT INTO public.django_content_type VALUES (121, 'cartable', 'confidentialview');
INSERT INTO public.django_content_type VALUES (122, 'cartable', 'returnrule');
INSERT INTO public.django_content_type VALUES (123, 'cartable', 'presence');
INSERT INTO public.django_content_type VALUES (124, 'cartable', 'snooze');
INSERT INTO public.django_content_type VALUES (125, 'cartable', 'routingruleevent');
INSERT INTO public.django_content_type VALUES (126, 'cartable', 'seat');
INSERT INTO public.django_content_type VALUES (127, 'cartable', 'seatevent');
INSERT INTO public.django_content_type VALUES (128, 'cartable', 'skill');
INSERT INTO public.django_content_type VALUES (129, 'cartable', 'skillevent');
INSERT INTO public.django_content_type VALUES (130, 'cartable', 'turn');
INSERT INTO public.django_content_type VALUES (131, 'cartable', 'routingrule');
INSERT INTO public.django_content_type VALUES (132, 'cartable', 'routed');
INSERT INTO public.django_content_type VALUES (133, 'cartable', 'approvalrule');
INSERT INTO public.django_content_type VALUES (134, 'cartable', 'endorsement');
INSERT INTO public.django_content_type VALUES (135, 'cartable', 'ruleapprover');
INSERT INTO public.django_content_type VALUES (136, 'cartable', 'mention');
INSERT INTO public.django_content_type VALUES (137, 'cartable', 'regrouping');
INSERT INTO public.django_content_type VALUES (138, 'cartable', 'regroupmove');
INSERT INTO public.django_content_type VALUES (139, 'cartable', 'regrouprow');
INSERT INTO public.django_content_type VALUES (140, 'cartable', 'tie');
INSERT INTO public.django_content_type VALUES (141, 'cartable', 'topic');
INSERT INTO public.django_content_type VALUES (142, 'cartable', 'article');
INSERT INTO public.django_content_type VALUES (143, 'cartable', 'cannedanswer');
INSERT INTO public.django_content_type VALUES (144, 'cartable', 'cannedanswerevent');
INSERT INTO public.django_content_type VALUES (145, 'cartable', 'canneduse');
INSERT INTO public.django_content_type VALUES (146, 'cartable', 'signature');
INSERT INTO public.django_content_type VALUES (147, 'cartable', 'signatureevent');
INSERT INTO public.django_content_type VALUES (148, 'cartable', 'articleversion');
INSERT INTO public.django_content_type VALUES (149, 'sales', 'lostreasonevent');
INSERT INTO public.django_content_type VALUES (150, 'sales', 'pipeline');
INSERT INTO public.django_content_type VALUES (151, 'sales', 'pipelineevent');
INSERT INTO public.django_content_type VALUES (152, 'sales', 'stage');
INSERT INTO public.django_content_type VALUES (153, 'sales', 'stageapproval');
INSERT INTO public.django_content_type VALUES (154, 'sales', 'stageapprovalevent');
INSERT INTO public.django_content_type VALUES (155, 'sales', 'stageevent');
INSERT INTO public.django_content_type VALUES (156, 'sales', 'deal');
INSERT INTO public.django_content_type VALUES (157, 'sales', 'dealpassage');
INSERT INTO public.django_content_type VALUES (158, 'sales', 'dealperson');
INSERT INTO public.django_content_type VALUES (159, 'sales', 'dealpersonevent');
INSERT INTO public.django_content_type VALUES (160, 'sales', 'dealshare');
INSERT INTO public.django_content_type VALUES (161, 'sales', 'dealshareevent');
INSERT INTO public.django_content_type VALUES (162, 'sales', 'dealspan');
INSERT INTO public.django_content_type VALUES (163, 'sales', 'lostreason');
INSERT INTO public.django_content_type VALUES (164, 'sales', 'dealevent');
INSERT INTO public.django_content_type VALUES (165, 'sales', 'assignmentruleevent');
INSERT INTO public.django_content_type VALUES (166, 'sales', 'dealrequest');
INSERT INTO public.django_content_type VALUES (167, 'sales', 'leadform');
INSERT INTO public.django_content_type VALUES (168, 'sales', 'leadformevent');
INSERT INTO public.django_content_type VALUES (169, 'sales', 'leadsubmission');
INSERT INTO public.django_content_type VALUES (170, 'sales', 'assignmentrule');
INSERT INTO public.django_content_type VALUES (171, 'sales', 'assigned');
INSERT INTO public.django_content_type VALUES (172, 'sales', 'commissionentry');
INSERT INTO public.django_content_type VALUES (173, 'sales', 'commissionstatement');
INSERT INTO public.django_content_type VALUES (174, 'sales', 'commissionstatementevent');
INSERT INTO public.django_content_type VALUES (175, 'sales', 'dealpartner');
INSERT INTO public.django_content_type VALUES (176, 'sales', 'dealpartnerevent');
INSERT INTO public.django_content_type VALUES (177, 'sales', 'dealregistration');
INSERT INTO public.django_content_type VALUES (178, 'sales', 'dealregistrationevent');
INSERT INTO public.django_content_type VALUES (179, 'sales', 'partner');
INSERT INTO public.django_content_type VALUES (180, 'sales', 'partnerevent');
INSERT INTO public.django_content_type VALUES (181, 'sales', 'partnernote');
INSERT INTO public.django_content_type VALUES (182, 'sales', 'partnerrule');
INSERT INTO public.django_content_type VALUES (183, 'sales', 'partnerruleevent');
INSERT INTO public.django_content_type VALUES (184, 'sales', 'partnerseat');
INSERT INTO public.django_content_type VALUES (185, 'sales', 'partnerseatevent');
INSERT INTO public.django_content_type VALUES (186, 'sales', 'saleschannel');
INSERT INTO public.django_content_type VALUES (187, 'sales', 'saleschannelevent');
INSERT INTO public.django_content_type VALUES (188, 'sales', 'seatkey');
INSERT INTO public.django_content_type VALUES (189, 'sales', 'seatsession');
INSERT INTO public.django_content_type VALUES (190, 'auth', 'permission');
INSERT INTO public.django_content_type VALUES (191, 'auth', 'group');
INSERT INTO public.django_content_type VALUES (192, 'contenttypes', 'contenttype');
INSERT INTO public.django_content_type VALUES (193, 'sessions', 'session');
INSERT INTO public.django_content_type VALUES (194, 'account', 'emailaddress');
INSERT INTO public.django_content_type VALUES (195, 'account', 'emailconfirmation');
INSERT INTO public.django_content_type VALUES (196, 'mfa', 'authenticator');
INSERT INTO public.django_content_type VALUES (197, 'usersessions', 'usersession');
INSERT INTO public.django_content_type VALUES (198, 'procrastinate', 'procrastinateevent');
INSERT INTO public.django_content_type VALUES (199, 'procrastinate', 'procrastinatejob');
INSERT INTO public.django_content_type VALUES (200, 'procrastinate', 'procrastinateperiodicdefer');
INSERT INTO public.django_content_type VALUES (201, 'procrastinate', 'procrastinateworker');
INSERT INTO public.django_content_type VALUES (202, 'pghistory', 'context');
INSERT INTO public.django_migrations VALUES (1, 'pghistory', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (2, 'pghistory', '0002_aggregateevent', now());
INSERT INTO public.django_migrations VALUES (3, 'pghistory', '0003_auto_20201023_1636', now());
INSERT INTO public.django_migrations VALUES (4, 'pghistory', '0004_auto_20220906_1625', now());
INSERT INTO public.django_migrations VALUES (5, 'pghistory', '0005_events_middlewareevents', now());
INSERT INTO public.django_migrations VALUES (6, 'pghistory', '0006_delete_aggregateevent', now());
INSERT INTO public.django_migrations VALUES (7, 'pghistory', '0007_auto_20250421_0444', now());
INSERT INTO public.django_migrations VALUES (8, 'accounts', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (9, 'account', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (10, 'account', '0002_email_max_length', now());
INSERT INTO public.django_migrations VALUES (11, 'account', '0003_alter_emailaddress_create_unique_verified_email', now());
INSERT INTO public.django_migrations VALUES (12, 'account', '0004_alter_emailaddress_drop_unique_email', now());
INSERT INTO public.django_migrations VALUES (13, 'account', '0005_emailaddress_idx_upper_email', now());
INSERT INTO public.django_migrations VALUES (14, 'account', '0006_emailaddress_lower', now());
INSERT INTO public.django_migrations VALUES (15, 'account', '0007_emailaddress_idx_email', now());
INSERT INTO public.django_migrations VALUES (16, 'account', '0008_emailaddress_unique_primary_email_fixup', now());
INSERT INTO public.django_migrations VALUES (17, 'account', '0009_emailaddress_unique_primary_email', now());
INSERT INTO public.django_migrations VALUES (18, 'accounts', '0002_notifications', now());
INSERT INTO public.django_migrations VALUES (19, 'accounts', '0003_substitutions', now());
INSERT INTO public.django_migrations VALUES (20, 'parties', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (21, 'procrastinate', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (22, 'procrastinate', '0002_drop_started_at_column', now());
INSERT INTO public.django_migrations VALUES (23, 'procrastinate', '0003_drop_started_at_column', now());
INSERT INTO public.django_migrations VALUES (24, 'procrastinate', '0004_drop_procrastinate_version_table', now());
INSERT INTO public.django_migrations VALUES (25, 'procrastinate', '0005_fix_procrastinate_fetch_job', now());
INSERT INTO public.django_migrations VALUES (26, 'procrastinate', '0006_fix_trigger_status_events_insert', now());
INSERT INTO public.django_migrations VALUES (27, 'procrastinate', '0007_add_queueing_lock_column', now());
INSERT INTO public.django_migrations VALUES (28, 'procrastinate', '0008_close_fetch_job_race_condition', now());
INSERT INTO public.django_migrations VALUES (29, 'procrastinate', '0009_add_defer_job_function', now());
INSERT INTO public.django_migrations VALUES (30, 'procrastinate', '0010_add_procrastinate_periodic_defers', now());
INSERT INTO public.django_migrations VALUES (31, 'procrastinate', '0011_add_foreign_key_index', now());
INSERT INTO public.django_migrations VALUES (32, 'procrastinate', '0012_add_locks_to_periodic_defer', now());
INSERT INTO public.django_migrations VALUES (33, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', now());
INSERT INTO public.django_migrations VALUES (34, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', now());
INSERT INTO public.django_migrations VALUES (35, 'procrastinate', '0015_add_trigger_on_job_deletion', now());
INSERT INTO public.django_migrations VALUES (36, 'procrastinate', '0016_delete_finished_jobs', now());
INSERT INTO public.django_migrations VALUES (37, 'procrastinate', '0017_add_checks_to_finish_job', now());
INSERT INTO public.django_migrations VALUES (38, 'procrastinate', '0018_add_checks_to_retry_job', now());
INSERT INTO public.django_migrations VALUES (39, 'procrastinate', '0019_fix_finish_job_compat_issue', now());
INSERT INTO public.django_migrations VALUES (40, 'procrastinate', '0020_add_index_on_procrastinate_jobs', now());
INSERT INTO public.django_migrations VALUES (41, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', now());
INSERT INTO public.django_migrations VALUES (42, 'procrastinate', '0022_null_locks_excluded', now());
INSERT INTO public.django_migrations VALUES (43, 'procrastinate', '0023_remove_old_finish_job_function', now());
INSERT INTO public.django_migrations VALUES (44, 'procrastinate', '0024_job_id_bigint', now());
INSERT INTO public.django_migrations VALUES (45, 'procrastinate', '0025_add_models', now());
INSERT INTO public.django_migrations VALUES (46, 'procrastinate', '0026_add_job_priority', now());
INSERT INTO public.django_migrations VALUES (47, 'procrastinate', '0027_add_periodic_job_priority', now());
INSERT INTO public.django_migrations VALUES (48, 'procrastinate', '0028_add_cancel_states', now());
INSERT INTO public.django_migrations VALUES (49, 'procrastinate', '0029_add_additional_params_to_retry_job', now());
INSERT INTO public.django_migrations VALUES (50, 'procrastinate', '0030_alter_procrastinateevent_options', now());
INSERT INTO public.django_migrations VALUES (51, 'procrastinate', '0031_add_indexes_for_fetch_job', now());
INSERT INTO public.django_migrations VALUES (52, 'procrastinate', '0032_pre_cancel_notification', now());
INSERT INTO public.django_migrations VALUES (53, 'procrastinate', '0033_post_cancel_notification', now());
INSERT INTO public.django_migrations VALUES (54, 'procrastinate', '0034_pre_add_heartbeat', now());
INSERT INTO public.django_migrations VALUES (55, 'procrastinate', '0035_post_add_heartbeat', now());
INSERT INTO public.django_migrations VALUES (56, 'procrastinate', '0036_add_worker_model', now());
INSERT INTO public.django_migrations VALUES (57, 'procrastinate', '0037_pre_batch_defer_jobs', now());
INSERT INTO public.django_migrations VALUES (58, 'procrastinate', '0038_post_batch_defer_jobs', now());
INSERT INTO public.django_migrations VALUES (59, 'procrastinate', '0039_pre_priority_lock_fetch_job', now());
INSERT INTO public.django_migrations VALUES (60, 'procrastinate', '0040_pre_retry_failed_job', now());
INSERT INTO public.django_migrations VALUES (61, 'procrastinate', '0041_post_retry_failed_job', now());
INSERT INTO public.django_migrations VALUES (62, 'core', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (63, 'core', '0002_database', now());
INSERT INTO public.django_migrations VALUES (64, 'core', '0003_customer_records', now());
INSERT INTO public.django_migrations VALUES (65, 'parties', '0002_customer_records', now());
INSERT INTO public.django_migrations VALUES (66, 'parties', '0003_party_facts', now());
INSERT INTO public.django_migrations VALUES (67, 'parties', '0004_customer_file', now());
INSERT INTO public.django_migrations VALUES (68, 'parties', '0005_search', now());
INSERT INTO public.django_migrations VALUES (69, 'parties', '0006_tag_version', now());
INSERT INTO public.django_migrations VALUES (70, 'parties', '0007_list_orders', now());
INSERT INTO public.django_migrations VALUES (71, 'parties', '0008_merges', now());
INSERT INTO public.django_migrations VALUES (72, 'parties', '0009_duplicates', now());
INSERT INTO public.django_migrations VALUES (73, 'parties', '0010_quality', now());
INSERT INTO public.django_migrations VALUES (74, 'parties', '0011_cheaper_writes', now());
INSERT INTO public.django_migrations VALUES (75, 'parties', '0012_beside', now());
INSERT INTO public.django_migrations VALUES (76, 'parties', '0013_lean_stamp', now());
INSERT INTO public.django_migrations VALUES (77, 'parties', '0014_own_words', now());
INSERT INTO public.django_migrations VALUES (78, 'parties', '0015_history_by_statement', now());
INSERT INTO public.django_migrations VALUES (79, 'parties', '0016_plans_for_many', now());
INSERT INTO public.django_migrations VALUES (80, 'parties', '0017_seldom_analysed', now());
INSERT INTO public.django_migrations VALUES (81, 'channels', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (82, 'channels', '0002_initial', now());
INSERT INTO public.django_migrations VALUES (83, 'channels', '0003_delivery', now());
INSERT INTO public.django_migrations VALUES (84, 'activities', '0001_first', now());
INSERT INTO public.django_migrations VALUES (85, 'activities', '0002_repeating_and_minutes', now());
INSERT INTO public.django_migrations VALUES (86, 'activities', '0003_invitations_by_mail', now());
INSERT INTO public.django_migrations VALUES (87, 'activities', '0004_calendar_of_a_team', now());
INSERT INTO public.django_migrations VALUES (88, 'activities', '0005_long_ones', now());
INSERT INTO public.django_migrations VALUES (89, 'activities', '0006_custom_values', now());
INSERT INTO public.django_migrations VALUES (90, 'activities', '0007_invitations_from_outside', now());
INSERT INTO public.django_migrations VALUES (91, 'activities', '0008_synced_calendars', now());
INSERT INTO public.django_migrations VALUES (92, 'activities', '0009_links_moved', now());
INSERT INTO public.django_migrations VALUES (93, 'activities', '0010_series_from_outside', now());
INSERT INTO public.django_migrations VALUES (94, 'activities', '0011_guests_by_their_answer', now());
INSERT INTO public.django_migrations VALUES (95, 'contenttypes', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (96, 'contenttypes', '0002_remove_content_type_name', now());
INSERT INTO public.django_migrations VALUES (97, 'auth', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (98, 'auth', '0002_alter_permission_name_max_length', now());
INSERT INTO public.django_migrations VALUES (99, 'auth', '0003_alter_user_email_max_length', now());
INSERT INTO public.django_migrations VALUES (100, 'auth', '0004_alter_user_username_opts', now());
INSERT INTO public.django_migrations VALUES (101, 'auth', '0005_alter_user_last_login_null', now());
INSERT INTO public.django_migrations VALUES (102, 'auth', '0006_require_contenttypes_0002', now());
INSERT INTO public.django_migrations VALUES (103, 'auth', '0007_alter_validators_add_error_messages', now());
INSERT INTO public.django_migrations VALUES (104, 'auth', '0008_alter_user_username_max_length', now());
INSERT INTO public.django_migrations VALUES (105, 'auth', '0009_alter_user_last_name_max_length', now());
INSERT INTO public.django_migrations VALUES (106, 'auth', '0010_alter_group_name_max_length', now());
INSERT INTO public.django_migrations VALUES (107, 'auth', '0011_update_proxy_permissions', now());
INSERT INTO public.django_migrations VALUES (108, 'auth', '0012_alter_user_first_name_max_length', now());
INSERT INTO public.django_migrations VALUES (109, 'cartable', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (110, 'cartable', '0002_customer_file', now());
INSERT INTO public.django_migrations VALUES (111, 'cartable', '0003_requests_of_a_party', now());
INSERT INTO public.django_migrations VALUES (112, 'cartable', '0004_orders_of_lists', now());
INSERT INTO public.django_migrations VALUES (113, 'cartable', '0005_referral_roles', now());
INSERT INTO public.django_migrations VALUES (114, 'cartable', '0006_referral_actions', now());
INSERT INTO public.django_migrations VALUES (115, 'cartable', '0007_outward', now());
INSERT INTO public.django_migrations VALUES (116, 'cartable', '0008_confidential', now());
INSERT INTO public.django_migrations VALUES (117, 'cartable', '0009_return_timers', now());
INSERT INTO public.django_migrations VALUES (118, 'cartable', '0010_desks', now());
INSERT INTO public.django_migrations VALUES (119, 'cartable', '0011_routing_rules', now());
INSERT INTO public.django_migrations VALUES (120, 'cartable', '0012_approvals', now());
INSERT INTO public.django_migrations VALUES (121, 'cartable', '0013_mentions', now());
INSERT INTO public.django_migrations VALUES (122, 'cartable', '0014_ties', now());
INSERT INTO public.django_migrations VALUES (123, 'cartable', '0015_instead_of', now());
INSERT INTO public.django_migrations VALUES (124, 'cartable', '0016_ready_texts', now());
INSERT INTO public.django_migrations VALUES (125, 'cartable', '0017_words', now());
INSERT INTO public.django_migrations VALUES (126, 'cartable', '0018_rule_versions_and_recipients', now());
INSERT INTO public.django_migrations VALUES (127, 'cartable', '0019_copies_by_news', now());
INSERT INTO public.django_migrations VALUES (128, 'cartable', '0020_rules_hold_what_they_name', now());
INSERT INTO public.django_migrations VALUES (129, 'cartable', '0021_departments_counted', now());
INSERT INTO public.django_migrations VALUES (130, 'cartable', '0022_active_by_number', now());
INSERT INTO public.django_migrations VALUES (131, 'channels', '0004_hidden_words', now());
INSERT INTO public.django_migrations VALUES (132, 'core', '0004_long_jobs', now());
INSERT INTO public.django_migrations VALUES (133, 'core', '0005_saved_views', now());
INSERT INTO public.django_migrations VALUES (134, 'core', '0006_custom_field_removal', now());
INSERT INTO public.django_migrations VALUES (135, 'core', '0007_imports', now());
INSERT INTO public.django_migrations VALUES (136, 'core', '0008_import_keys', now());
INSERT INTO public.django_migrations VALUES (137, 'core', '0009_packed_is_packed', now());
INSERT INTO public.django_migrations VALUES (138, 'mfa', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (139, 'mfa', '0002_authenticator_timestamps', now());
INSERT INTO public.django_migrations VALUES (140, 'mfa', '0003_authenticator_type_uniq', now());
INSERT INTO public.django_migrations VALUES (141, 'parties', '0018_lean_triggers', now());
INSERT INTO public.django_migrations VALUES (142, 'parties', '0019_known_addresses', now());
INSERT INTO public.django_migrations VALUES (143, 'parties', '0020_completeness_beside', now());
INSERT INTO public.django_migrations VALUES (144, 'sales', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (145, 'sales', '0002_tags', now());
INSERT INTO public.django_migrations VALUES (146, 'sales', '0003_capture_and_assignment', now());
INSERT INTO public.django_migrations VALUES (147, 'sales', '0004_who_sees_it', now());
INSERT INTO public.django_migrations VALUES (148, 'sales', '0005_custom_values', now());
INSERT INTO public.django_migrations VALUES (149, 'sales', '0006_sales_channels', now());
INSERT INTO public.django_migrations VALUES (150, 'sales', '0007_partners_undone', now());
INSERT INTO public.django_migrations VALUES (151, 'sales', '0008_one_active_partner', now());
INSERT INTO public.django_migrations VALUES (152, 'sales', '0009_partner_active_once', now());
INSERT INTO public.django_migrations VALUES (153, 'sessions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (154, 'usersessions', '0001_initial', now());
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_apitoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_apitokenevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_branch_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_branchevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_department_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_departmentevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_notification_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_post_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_postevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_role_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_roleevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_rolegrant_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_rolegrantevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_rolepermission_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_rolepermissionevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_substitution_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_substitutionevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_userevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_activity_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_decision_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_feed_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_invitee_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_link_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_minutes_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_movedlink_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_outcome_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_outcomeevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_outside_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_outsideseries_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_reminded_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_series_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_step_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_synced_id_seq', 1, false);
SELECT pg_catalog.setval('public.activities_told_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 808, true);
SELECT pg_catalog.setval('public.cartable_answer_files_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_answer_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_approvalrule_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_article_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_articleversion_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_cannedanswer_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_cannedanswerevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_canneduse_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_confidant_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_confidentialview_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_endorsement_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_kind_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_mention_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_note_files_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_note_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_presence_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_readmark_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_referral_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_referralaction_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_regrouping_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_regrouping_sources_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_regroupmove_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_regrouprow_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_request_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_requestmessage_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_returnrule_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_routingrule_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_routingruleevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_ruleapprover_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_seatevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_signature_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_signatureevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_skill_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_skillevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_slapolicy_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_snooze_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_step_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_survey_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_tie_id_seq', 1, false);
SELECT pg_catalog.setval('public.cartable_topic_id_seq', 1, false);
SELECT pg_catalog.setval('public.channels_attachment_id_seq', 1, false);
SELECT pg_catalog.setval('public.channels_channel_id_seq', 1, false);
SELECT pg_catalog.setval('public.channels_hiddenwords_id_seq', 1, false);
SELECT pg_catalog.setval('public.channels_mailbox_id_seq', 1, false);
SELECT pg_catalog.setval('public.channels_message_id_seq', 1, false);
SELECT pg_catalog.setval('public.channels_sighting_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_customfield_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_deadletter_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_idempotencykey_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_import_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_importblock_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_importchunk_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_importkeys_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_importmapping_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_longjob_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_longjobitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_longjobpart_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_outboxdelivery_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_outboxevent_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_savedview_id_seq', 1, false);
SELECT pg_catalog.setval('public.core_savedviewevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 202, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 154, true);
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_accesslog_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_address_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_addressevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_category_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_categoryevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_categoryfield_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_consent_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_contactpoint_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_contactpointevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_duplicatemark_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_duplicatepair_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_identifier_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_identifierevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_merge_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_mergemove_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_mergerow_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_mergesource_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_party_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_partyevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_partyfile_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_partyfileevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_partynote_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_partynoteevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_partyrole_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_partyroleevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_profileevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_qualityday_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_qualityfigure_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_relation_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_relationevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_relationtype_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_relationtypeevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_segment_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_segmentevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_segmentmember_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_segmentsize_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_tag_id_seq', 1, false);
SELECT pg_catalog.setval('public.parties_word_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_assignmentrule_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_assignmentruleevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_commissionentry_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_commissionstatement_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_commissionstatementevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_deal_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealpartner_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealpartnerevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealpassage_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealperson_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealpersonevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealregistration_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealregistrationevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealshare_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealshareevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_dealspan_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_leadform_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_leadformevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_leadsubmission_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_lostreason_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_lostreasonevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_partner_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_partnerevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_partnernote_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_partnerrule_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_partnerruleevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_partnerseat_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_partnerseatevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_pipeline_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_pipelineevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_saleschannel_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_saleschannelevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_seatkey_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_seatsession_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_stage_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_stageapproval_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_stageapprovalevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.sales_stageevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('public.usersessions_usersession_id_seq', 1, false);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_apitokenevent
    ADD CONSTRAINT accounts_apitokenevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_branch
    ADD CONSTRAINT accounts_branch_name UNIQUE NULLS NOT DISTINCT (parent_id, name);
ALTER TABLE ONLY public.accounts_branch
    ADD CONSTRAINT accounts_branch_path_key UNIQUE (path);
ALTER TABLE ONLY public.accounts_branch
    ADD CONSTRAINT accounts_branch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_branchevent
    ADD CONSTRAINT accounts_branchevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_department
    ADD CONSTRAINT accounts_department_name UNIQUE (branch_id, name);
ALTER TABLE ONLY public.accounts_department
    ADD CONSTRAINT accounts_department_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_departmentevent
    ADD CONSTRAINT accounts_departmentevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_notification
    ADD CONSTRAINT accounts_notification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_title UNIQUE (department_id, title);
ALTER TABLE ONLY public.accounts_postevent
    ADD CONSTRAINT accounts_postevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_rolegrant
    ADD CONSTRAINT accounts_role_grant_once UNIQUE (user_id, role_id);
ALTER TABLE ONLY public.accounts_role
    ADD CONSTRAINT accounts_role_name_key UNIQUE (name);
ALTER TABLE ONLY public.accounts_rolepermission
    ADD CONSTRAINT accounts_role_permission_once UNIQUE (role_id, permission);
ALTER TABLE ONLY public.accounts_role
    ADD CONSTRAINT accounts_role_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_roleevent
    ADD CONSTRAINT accounts_roleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_rolegrant
    ADD CONSTRAINT accounts_rolegrant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_rolegrantevent
    ADD CONSTRAINT accounts_rolegrantevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_rolepermission
    ADD CONSTRAINT accounts_rolepermission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_rolepermissionevent
    ADD CONSTRAINT accounts_rolepermissionevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_substitution
    ADD CONSTRAINT accounts_substitution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_substitutionevent
    ADD CONSTRAINT accounts_substitutionevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.accounts_userevent
    ADD CONSTRAINT accounts_userevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_uid_key UNIQUE (uid);
ALTER TABLE ONLY public.activities_decision
    ADD CONSTRAINT activities_decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_decision
    ADD CONSTRAINT activities_decision_task_id_key UNIQUE (task_id);
ALTER TABLE ONLY public.activities_feed
    ADD CONSTRAINT activities_feed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_feed
    ADD CONSTRAINT activities_feed_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.activities_invitee
    ADD CONSTRAINT activities_invitee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_movedlink
    ADD CONSTRAINT activities_link_moved_once UNIQUE (cause, activity_id, record);
ALTER TABLE ONLY public.activities_link
    ADD CONSTRAINT activities_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_link
    ADD CONSTRAINT activities_linked_once UNIQUE (activity_id, kind, record);
ALTER TABLE ONLY public.activities_minutes
    ADD CONSTRAINT activities_minutes_activity_id_key UNIQUE (activity_id);
ALTER TABLE ONLY public.activities_minutes
    ADD CONSTRAINT activities_minutes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_movedlink
    ADD CONSTRAINT activities_movedlink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_outcome
    ADD CONSTRAINT activities_outcome_named_once UNIQUE (kind, name_fa);
ALTER TABLE ONLY public.activities_outcome
    ADD CONSTRAINT activities_outcome_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_outcomeevent
    ADD CONSTRAINT activities_outcomeevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.activities_outside
    ADD CONSTRAINT activities_outside_activity_id_key UNIQUE (activity_id);
ALTER TABLE ONLY public.activities_outside
    ADD CONSTRAINT activities_outside_once UNIQUE (uid, recurrence, user_id);
ALTER TABLE ONLY public.activities_outside
    ADD CONSTRAINT activities_outside_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_outsideseries
    ADD CONSTRAINT activities_outside_series_once UNIQUE (uid, user_id);
ALTER TABLE ONLY public.activities_outsideseries
    ADD CONSTRAINT activities_outsideseries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_reminded
    ADD CONSTRAINT activities_reminded_once UNIQUE (activity_id, user_id, due_at);
ALTER TABLE ONLY public.activities_reminded
    ADD CONSTRAINT activities_reminded_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_series
    ADD CONSTRAINT activities_series_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_series
    ADD CONSTRAINT activities_series_uid_key UNIQUE (uid);
ALTER TABLE ONLY public.activities_step
    ADD CONSTRAINT activities_step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_synced
    ADD CONSTRAINT activities_synced_once UNIQUE (user_id, token);
ALTER TABLE ONLY public.activities_synced
    ADD CONSTRAINT activities_synced_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.activities_told
    ADD CONSTRAINT activities_told_once UNIQUE NULLS NOT DISTINCT (uid, occurrence, email);
ALTER TABLE ONLY public.activities_told
    ADD CONSTRAINT activities_told_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_answer_files
    ADD CONSTRAINT cartable_answer_files_answer_id_file_id_629fd828_uniq UNIQUE (answer_id, file_id);
ALTER TABLE ONLY public.cartable_answer_files
    ADD CONSTRAINT cartable_answer_files_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_message_id_key UNIQUE (message_id);
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_approvalrule
    ADD CONSTRAINT cartable_approvalrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_article
    ADD CONSTRAINT cartable_article_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_articleversion
    ADD CONSTRAINT cartable_article_version UNIQUE (article_id, number);
ALTER TABLE ONLY public.cartable_articleversion
    ADD CONSTRAINT cartable_articleversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_canneduse
    ADD CONSTRAINT cartable_canned_use_once UNIQUE (canned_id, user_id);
ALTER TABLE ONLY public.cartable_cannedanswer
    ADD CONSTRAINT cartable_cannedanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_cannedanswerevent
    ADD CONSTRAINT cartable_cannedanswerevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.cartable_canneduse
    ADD CONSTRAINT cartable_canneduse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_confidant
    ADD CONSTRAINT cartable_confidant_once UNIQUE (request_id, user_id);
ALTER TABLE ONLY public.cartable_confidant
    ADD CONSTRAINT cartable_confidant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_confidentialview
    ADD CONSTRAINT cartable_confidentialview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_endorsement
    ADD CONSTRAINT cartable_endorsement_once UNIQUE (answer_id, user_id);
ALTER TABLE ONLY public.cartable_endorsement
    ADD CONSTRAINT cartable_endorsement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_kind
    ADD CONSTRAINT cartable_kind_code_key UNIQUE (code);
ALTER TABLE ONLY public.cartable_kind
    ADD CONSTRAINT cartable_kind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_mention
    ADD CONSTRAINT cartable_mention_once UNIQUE (note_id, user_id);
ALTER TABLE ONLY public.cartable_mention
    ADD CONSTRAINT cartable_mention_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_note_files
    ADD CONSTRAINT cartable_note_files_note_id_file_id_868ded1b_uniq UNIQUE (note_id, file_id);
ALTER TABLE ONLY public.cartable_note_files
    ADD CONSTRAINT cartable_note_files_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_note
    ADD CONSTRAINT cartable_note_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_presence
    ADD CONSTRAINT cartable_presence_once UNIQUE (request_id, user_id);
ALTER TABLE ONLY public.cartable_presence
    ADD CONSTRAINT cartable_presence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_readmark
    ADD CONSTRAINT cartable_read_mark_once UNIQUE (request_id, user_id);
ALTER TABLE ONLY public.cartable_readmark
    ADD CONSTRAINT cartable_readmark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_receipt
    ADD CONSTRAINT cartable_receipt_pkey PRIMARY KEY (request_id);
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_referralaction
    ADD CONSTRAINT cartable_referralaction_code_key UNIQUE (code);
ALTER TABLE ONLY public.cartable_referralaction
    ADD CONSTRAINT cartable_referralaction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_regroupmove
    ADD CONSTRAINT cartable_regroup_move_once UNIQUE (regrouping_id, source_id, what);
ALTER TABLE ONLY public.cartable_regrouping
    ADD CONSTRAINT cartable_regrouping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_regrouping_sources
    ADD CONSTRAINT cartable_regrouping_sour_regrouping_id_request_id_840f119b_uniq UNIQUE (regrouping_id, request_id);
ALTER TABLE ONLY public.cartable_regrouping_sources
    ADD CONSTRAINT cartable_regrouping_sources_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_regroupmove
    ADD CONSTRAINT cartable_regroupmove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_regrouprow
    ADD CONSTRAINT cartable_regrouprow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_req_code UNIQUE (code);
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_requestmessage
    ADD CONSTRAINT cartable_requestmessage_message_id_key UNIQUE (message_id);
ALTER TABLE ONLY public.cartable_requestmessage
    ADD CONSTRAINT cartable_requestmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_returnrule
    ADD CONSTRAINT cartable_return_rule_once UNIQUE NULLS NOT DISTINCT (department_id, kind_id);
ALTER TABLE ONLY public.cartable_returnrule
    ADD CONSTRAINT cartable_returnrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_routed
    ADD CONSTRAINT cartable_routed_pkey PRIMARY KEY (request_id);
ALTER TABLE ONLY public.cartable_routingrule
    ADD CONSTRAINT cartable_routingrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_routingruleevent
    ADD CONSTRAINT cartable_routingruleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.cartable_ruleapprover
    ADD CONSTRAINT cartable_ruleapprover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_seat
    ADD CONSTRAINT cartable_seat_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.cartable_seatevent
    ADD CONSTRAINT cartable_seatevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.cartable_signature
    ADD CONSTRAINT cartable_signature_once UNIQUE NULLS NOT DISTINCT (owner_id, department_id);
ALTER TABLE ONLY public.cartable_signature
    ADD CONSTRAINT cartable_signature_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_signatureevent
    ADD CONSTRAINT cartable_signatureevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.cartable_skill
    ADD CONSTRAINT cartable_skill_name_key UNIQUE (name);
ALTER TABLE ONLY public.cartable_skill
    ADD CONSTRAINT cartable_skill_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_skillevent
    ADD CONSTRAINT cartable_skillevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.cartable_slapolicy
    ADD CONSTRAINT cartable_sla_policy_once UNIQUE NULLS NOT DISTINCT (kind_id, priority);
ALTER TABLE ONLY public.cartable_slapolicy
    ADD CONSTRAINT cartable_slapolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_snooze
    ADD CONSTRAINT cartable_snooze_once UNIQUE (request_id, user_id);
ALTER TABLE ONLY public.cartable_snooze
    ADD CONSTRAINT cartable_snooze_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_survey
    ADD CONSTRAINT cartable_survey_once UNIQUE (request_id, closed_at);
ALTER TABLE ONLY public.cartable_survey
    ADD CONSTRAINT cartable_survey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_tie
    ADD CONSTRAINT cartable_tie_once UNIQUE (source_id, target_id, kind);
ALTER TABLE ONLY public.cartable_tie
    ADD CONSTRAINT cartable_tie_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_topic
    ADD CONSTRAINT cartable_topic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cartable_turn
    ADD CONSTRAINT cartable_turn_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.channels_attachment
    ADD CONSTRAINT channels_attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_attachment
    ADD CONSTRAINT channels_attachment_position UNIQUE (message_id, "position");
ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_token_key UNIQUE (token);
ALTER TABLE ONLY public.channels_hiddenwords
    ADD CONSTRAINT channels_hiddenwords_message_id_key UNIQUE (message_id);
ALTER TABLE ONLY public.channels_hiddenwords
    ADD CONSTRAINT channels_hiddenwords_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_mailbox
    ADD CONSTRAINT channels_mailbox_once UNIQUE (channel_id, folder, uid_validity);
ALTER TABLE ONLY public.channels_mailbox
    ADD CONSTRAINT channels_mailbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_message
    ADD CONSTRAINT channels_message_once UNIQUE (channel_id, external_id);
ALTER TABLE ONLY public.channels_message
    ADD CONSTRAINT channels_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_sighting
    ADD CONSTRAINT channels_sighting_once UNIQUE (channel_id, place, uid);
ALTER TABLE ONLY public.channels_sighting
    ADD CONSTRAINT channels_sighting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_blob
    ADD CONSTRAINT core_blob_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY public.core_cache
    ADD CONSTRAINT core_cache_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.core_customfield
    ADD CONSTRAINT core_customfield_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_deadletter
    ADD CONSTRAINT core_deadletter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_outboxdelivery
    ADD CONSTRAINT core_delivery_once UNIQUE (event_id, reaction);
ALTER TABLE ONLY public.core_file
    ADD CONSTRAINT core_file_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_heartbeat
    ADD CONSTRAINT core_heartbeat_pkey PRIMARY KEY (process);
ALTER TABLE ONLY public.core_holiday
    ADD CONSTRAINT core_holiday_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.core_idempotencykey
    ADD CONSTRAINT core_idempotency_once UNIQUE (user_id, key);
ALTER TABLE ONLY public.core_idempotencykey
    ADD CONSTRAINT core_idempotencykey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_importblock
    ADD CONSTRAINT core_import_block_once UNIQUE (of_id, number);
ALTER TABLE ONLY public.core_importchunk
    ADD CONSTRAINT core_import_chunk_once UNIQUE (of_id, number);
ALTER TABLE ONLY public.core_importkeys
    ADD CONSTRAINT core_import_keys_once UNIQUE (of_id, number);
ALTER TABLE ONLY public.core_importmapping
    ADD CONSTRAINT core_import_mapping_named_once UNIQUE (owner_id, host, name);
ALTER TABLE ONLY public.core_import
    ADD CONSTRAINT core_import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_importblock
    ADD CONSTRAINT core_importblock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_importchunk
    ADD CONSTRAINT core_importchunk_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_importkeys
    ADD CONSTRAINT core_importkeys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_importmapping
    ADD CONSTRAINT core_importmapping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_longjobitem
    ADD CONSTRAINT core_long_job_item_once UNIQUE (job_id, ref);
ALTER TABLE ONLY public.core_longjobpart
    ADD CONSTRAINT core_long_job_part_once UNIQUE (job_id, number);
ALTER TABLE ONLY public.core_longjob
    ADD CONSTRAINT core_longjob_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_longjobitem
    ADD CONSTRAINT core_longjobitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_longjobpart
    ADD CONSTRAINT core_longjobpart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_outboxdelivery
    ADD CONSTRAINT core_outboxdelivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_outboxevent
    ADD CONSTRAINT core_outboxevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_periodicrun
    ADD CONSTRAINT core_periodicrun_pkey PRIMARY KEY (task);
ALTER TABLE ONLY public.core_savedview
    ADD CONSTRAINT core_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.core_savedviewevent
    ADD CONSTRAINT core_savedviewevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.core_setting
    ADD CONSTRAINT core_setting_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_accesslog
    ADD CONSTRAINT parties_accesslog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_address
    ADD CONSTRAINT parties_address_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_addressevent
    ADD CONSTRAINT parties_addressevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_categoryfield
    ADD CONSTRAINT parties_category_field_once UNIQUE (category_id, field_id);
ALTER TABLE ONLY public.parties_category
    ADD CONSTRAINT parties_category_norm_key UNIQUE (norm);
ALTER TABLE ONLY public.parties_category
    ADD CONSTRAINT parties_category_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_categoryevent
    ADD CONSTRAINT parties_categoryevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_categoryfield
    ADD CONSTRAINT parties_categoryfield_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_consent
    ADD CONSTRAINT parties_consent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_contactpoint
    ADD CONSTRAINT parties_contact_once UNIQUE (party_id, kind, value);
ALTER TABLE ONLY public.parties_contactpoint
    ADD CONSTRAINT parties_contactpoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_contactpointevent
    ADD CONSTRAINT parties_contactpointevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_duplicatekey
    ADD CONSTRAINT parties_duplicatekey_pkey PRIMARY KEY (key, party_id);
ALTER TABLE ONLY public.parties_duplicatemark
    ADD CONSTRAINT parties_duplicatemark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_duplicatepair
    ADD CONSTRAINT parties_duplicatepair_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_identifier
    ADD CONSTRAINT parties_identifier_once UNIQUE (party_id, kind, digest);
ALTER TABLE ONLY public.parties_identifier
    ADD CONSTRAINT parties_identifier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_identifierevent
    ADD CONSTRAINT parties_identifierevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_mergemove
    ADD CONSTRAINT parties_merge_move_once UNIQUE (merge_id, reference, party_id, act);
ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_mergesource
    ADD CONSTRAINT parties_merge_source_once UNIQUE (merge_id, party_id);
ALTER TABLE ONLY public.parties_mergemove
    ADD CONSTRAINT parties_mergemove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_mergerow
    ADD CONSTRAINT parties_mergerow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_mergesource
    ADD CONSTRAINT parties_mergesource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_duplicatepair
    ADD CONSTRAINT parties_pair_once UNIQUE (first_id, second_id);
ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_partychange
    ADD CONSTRAINT parties_partychange_pkey PRIMARY KEY (xid, party_id);
ALTER TABLE ONLY public.parties_partyevent
    ADD CONSTRAINT parties_partyevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_partyfacts
    ADD CONSTRAINT parties_partyfacts_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.parties_partyfile
    ADD CONSTRAINT parties_partyfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_partyfileevent
    ADD CONSTRAINT parties_partyfileevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_partynote
    ADD CONSTRAINT parties_partynote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_partynoteevent
    ADD CONSTRAINT parties_partynoteevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_partyrole
    ADD CONSTRAINT parties_partyrole_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_partyroleevent
    ADD CONSTRAINT parties_partyroleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_partywords
    ADD CONSTRAINT parties_partywords_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.parties_profile
    ADD CONSTRAINT parties_profile_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.parties_profileevent
    ADD CONSTRAINT parties_profileevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_qualityday
    ADD CONSTRAINT parties_quality_day_once UNIQUE NULLS NOT DISTINCT (day, branch_id, owner_id);
ALTER TABLE ONLY public.parties_qualityday
    ADD CONSTRAINT parties_qualityday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_qualityfigure
    ADD CONSTRAINT parties_qualityfigure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_relationevent
    ADD CONSTRAINT parties_relationevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_relationtype
    ADD CONSTRAINT parties_relationtype_code_key UNIQUE (code);
ALTER TABLE ONLY public.parties_relationtype
    ADD CONSTRAINT parties_relationtype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_relationtypeevent
    ADD CONSTRAINT parties_relationtypeevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_segmentmember
    ADD CONSTRAINT parties_segment_member_once UNIQUE (segment_id, party_id);
ALTER TABLE ONLY public.parties_segment
    ADD CONSTRAINT parties_segment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_segmentsize
    ADD CONSTRAINT parties_segment_size_once UNIQUE (segment_id, day);
ALTER TABLE ONLY public.parties_segmentevent
    ADD CONSTRAINT parties_segmentevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.parties_segmentmember
    ADD CONSTRAINT parties_segmentmember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_segmentsize
    ADD CONSTRAINT parties_segmentsize_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_tag
    ADD CONSTRAINT parties_tag_norm_key UNIQUE (norm);
ALTER TABLE ONLY public.parties_tag
    ADD CONSTRAINT parties_tag_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_word
    ADD CONSTRAINT parties_word_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pghistory_context
    ADD CONSTRAINT pghistory_context_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_assigned
    ADD CONSTRAINT sales_assigned_pkey PRIMARY KEY (deal_id);
ALTER TABLE ONLY public.sales_assignmentrule
    ADD CONSTRAINT sales_assignmentrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_assignmentruleevent
    ADD CONSTRAINT sales_assignmentruleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_commissionentry
    ADD CONSTRAINT sales_commissionentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_commissionentry
    ADD CONSTRAINT sales_commissionentry_reverses_id_key UNIQUE (reverses_id);
ALTER TABLE ONLY public.sales_commissionstatement
    ADD CONSTRAINT sales_commissionstatement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_commissionstatementevent
    ADD CONSTRAINT sales_commissionstatementevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_dealpartner
    ADD CONSTRAINT sales_deal_partner_once UNIQUE (deal_id, partner_id);
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_dealevent
    ADD CONSTRAINT sales_dealevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_dealpartner
    ADD CONSTRAINT sales_dealpartner_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_dealpartnerevent
    ADD CONSTRAINT sales_dealpartnerevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_dealpassage
    ADD CONSTRAINT sales_dealpassage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_dealperson
    ADD CONSTRAINT sales_dealperson_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_dealpersonevent
    ADD CONSTRAINT sales_dealpersonevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_dealregistrationevent
    ADD CONSTRAINT sales_dealregistrationevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_dealrequest
    ADD CONSTRAINT sales_dealrequest_pkey PRIMARY KEY (deal_id);
ALTER TABLE ONLY public.sales_dealshare
    ADD CONSTRAINT sales_dealshare_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_dealshareevent
    ADD CONSTRAINT sales_dealshareevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_leadform
    ADD CONSTRAINT sales_leadform_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_leadform
    ADD CONSTRAINT sales_leadform_token_key UNIQUE (token);
ALTER TABLE ONLY public.sales_leadformevent
    ADD CONSTRAINT sales_leadformevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_leadsubmission
    ADD CONSTRAINT sales_leadsubmission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_lostreason
    ADD CONSTRAINT sales_lostreason_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_lostreasonevent
    ADD CONSTRAINT sales_lostreasonevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_partner
    ADD CONSTRAINT sales_partner_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_partnerevent
    ADD CONSTRAINT sales_partnerevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_partnernote
    ADD CONSTRAINT sales_partnernote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_partnerrule
    ADD CONSTRAINT sales_partnerrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_partnerruleevent
    ADD CONSTRAINT sales_partnerruleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_partnerseat
    ADD CONSTRAINT sales_partnerseat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_partnerseatevent
    ADD CONSTRAINT sales_partnerseatevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_dealperson
    ADD CONSTRAINT sales_person_once UNIQUE (deal_id, party_id);
ALTER TABLE ONLY public.sales_pipeline
    ADD CONSTRAINT sales_pipeline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_pipelineevent
    ADD CONSTRAINT sales_pipelineevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_saleschannel
    ADD CONSTRAINT sales_saleschannel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_saleschannelevent
    ADD CONSTRAINT sales_saleschannelevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_seatkey
    ADD CONSTRAINT sales_seatkey_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.sales_seatkey
    ADD CONSTRAINT sales_seatkey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_seatsession
    ADD CONSTRAINT sales_seatsession_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.sales_seatsession
    ADD CONSTRAINT sales_seatsession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_dealshare
    ADD CONSTRAINT sales_share_once UNIQUE (deal_id, user_id);
ALTER TABLE ONLY public.sales_stage
    ADD CONSTRAINT sales_stage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_stageapproval
    ADD CONSTRAINT sales_stageapproval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sales_stageapprovalevent
    ADD CONSTRAINT sales_stageapprovalevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_stageevent
    ADD CONSTRAINT sales_stageevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.sales_commissionstatement
    ADD CONSTRAINT sales_statement_once UNIQUE (partner_id, month);
ALTER TABLE ONLY public.sales_leadsubmission
    ADD CONSTRAINT sales_submission_once UNIQUE (form_id, nonce);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_apitoken_hash_5754658e_like ON public.accounts_apitoken USING btree (hash varchar_pattern_ops);
CREATE INDEX accounts_apitoken_user_id_bbee13e0 ON public.accounts_apitoken USING btree (user_id);
CREATE INDEX accounts_apitokenevent_pgh_context_id_841e566d ON public.accounts_apitokenevent USING btree (pgh_context_id);
CREATE INDEX accounts_apitokenevent_pgh_obj_id_5380c876 ON public.accounts_apitokenevent USING btree (pgh_obj_id);
CREATE INDEX accounts_apitokenevent_user_id_73c97b00 ON public.accounts_apitokenevent USING btree (user_id);
CREATE INDEX accounts_branch_parent_id_84ec588e ON public.accounts_branch USING btree (parent_id);
CREATE INDEX accounts_branch_path_3521767b_like ON public.accounts_branch USING btree (path varchar_pattern_ops);
CREATE INDEX accounts_branchevent_parent_id_c64e60ee ON public.accounts_branchevent USING btree (parent_id);
CREATE INDEX accounts_branchevent_pgh_context_id_e9f93977 ON public.accounts_branchevent USING btree (pgh_context_id);
CREATE INDEX accounts_branchevent_pgh_obj_id_85b38bd5 ON public.accounts_branchevent USING btree (pgh_obj_id);
CREATE INDEX accounts_department_branch_id_1b235193 ON public.accounts_department USING btree (branch_id);
CREATE INDEX accounts_departmentevent_branch_id_b0fbd575 ON public.accounts_departmentevent USING btree (branch_id);
CREATE INDEX accounts_departmentevent_pgh_context_id_5c42a14d ON public.accounts_departmentevent USING btree (pgh_context_id);
CREATE INDEX accounts_departmentevent_pgh_obj_id_05b98de2 ON public.accounts_departmentevent USING btree (pgh_obj_id);
CREATE INDEX accounts_notification_new ON public.accounts_notification USING btree (user_id) WHERE (read_at IS NULL);
CREATE INDEX accounts_notification_order ON public.accounts_notification USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX accounts_notification_user_id_30e6cfc5 ON public.accounts_notification USING btree (user_id);
CREATE INDEX accounts_post_department_id_3b115e2a ON public.accounts_post USING btree (department_id);
CREATE INDEX accounts_post_holder_id_cbc031dd ON public.accounts_post USING btree (holder_id);
CREATE INDEX accounts_postevent_department_id_e6203544 ON public.accounts_postevent USING btree (department_id);
CREATE INDEX accounts_postevent_holder_id_77dbba0c ON public.accounts_postevent USING btree (holder_id);
CREATE INDEX accounts_postevent_pgh_context_id_40f0d83d ON public.accounts_postevent USING btree (pgh_context_id);
CREATE INDEX accounts_postevent_pgh_obj_id_69d9a502 ON public.accounts_postevent USING btree (pgh_obj_id);
CREATE UNIQUE INDEX accounts_role_code ON public.accounts_role USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE INDEX accounts_role_name_2b60d248_like ON public.accounts_role USING btree (name varchar_pattern_ops);
CREATE INDEX accounts_roleevent_pgh_context_id_6a4f89c7 ON public.accounts_roleevent USING btree (pgh_context_id);
CREATE INDEX accounts_roleevent_pgh_obj_id_e10004dd ON public.accounts_roleevent USING btree (pgh_obj_id);
CREATE INDEX accounts_rolegrant_role_id_3fc2ca40 ON public.accounts_rolegrant USING btree (role_id);
CREATE INDEX accounts_rolegrant_user_id_0601f056 ON public.accounts_rolegrant USING btree (user_id);
CREATE INDEX accounts_rolegrantevent_pgh_context_id_6e4bb782 ON public.accounts_rolegrantevent USING btree (pgh_context_id);
CREATE INDEX accounts_rolegrantevent_pgh_obj_id_ebc935c8 ON public.accounts_rolegrantevent USING btree (pgh_obj_id);
CREATE INDEX accounts_rolegrantevent_role_id_87a03c86 ON public.accounts_rolegrantevent USING btree (role_id);
CREATE INDEX accounts_rolegrantevent_user_id_2bf36393 ON public.accounts_rolegrantevent USING btree (user_id);
CREATE INDEX accounts_rolepermission_role_id_db688956 ON public.accounts_rolepermission USING btree (role_id);
CREATE INDEX accounts_rolepermissionevent_pgh_context_id_6f983b83 ON public.accounts_rolepermissionevent USING btree (pgh_context_id);
CREATE INDEX accounts_rolepermissionevent_pgh_obj_id_f0b68b33 ON public.accounts_rolepermissionevent USING btree (pgh_obj_id);
CREATE INDEX accounts_rolepermissionevent_role_id_f4b9faca ON public.accounts_rolepermissionevent USING btree (role_id);
CREATE INDEX accounts_subst_person ON public.accounts_substitution USING btree (person_id, last_day);
CREATE INDEX accounts_subst_substitute ON public.accounts_substitution USING btree (substitute_id, last_day) WHERE (ended_at IS NULL);
CREATE INDEX accounts_subst_unsettled ON public.accounts_substitution USING btree (last_day) WHERE (settled_at IS NULL);
CREATE INDEX accounts_substitutionevent_by_id_b78d863a ON public.accounts_substitutionevent USING btree (by_id);
CREATE INDEX accounts_substitutionevent_person_id_068f0cc4 ON public.accounts_substitutionevent USING btree (person_id);
CREATE INDEX accounts_substitutionevent_pgh_context_id_7c7bb028 ON public.accounts_substitutionevent USING btree (pgh_context_id);
CREATE INDEX accounts_substitutionevent_pgh_obj_id_aa01cc2c ON public.accounts_substitutionevent USING btree (pgh_obj_id);
CREATE INDEX accounts_substitutionevent_substitute_id_7b58e40c ON public.accounts_substitutionevent USING btree (substitute_id);
CREATE INDEX accounts_user_branch_id_38ec6caf ON public.accounts_user USING btree (branch_id);
CREATE INDEX accounts_user_department_id_8dc06840 ON public.accounts_user USING btree (department_id);
CREATE UNIQUE INDEX accounts_user_email ON public.accounts_user USING btree (lower((email)::text)) WHERE (NOT ((email)::text = ''::text));
CREATE INDEX accounts_user_manager_id_57cc9038 ON public.accounts_user USING btree (manager_id);
CREATE INDEX accounts_user_sort_key_e1a3d931 ON public.accounts_user USING btree (sort_key);
CREATE INDEX accounts_user_sort_key_e1a3d931_like ON public.accounts_user USING btree (sort_key varchar_pattern_ops);
CREATE INDEX accounts_user_username_6088629e_like ON public.accounts_user USING btree (username varchar_pattern_ops);
CREATE INDEX accounts_userevent_branch_id_3856282f ON public.accounts_userevent USING btree (branch_id);
CREATE INDEX accounts_userevent_department_id_b372f496 ON public.accounts_userevent USING btree (department_id);
CREATE INDEX accounts_userevent_manager_id_5846d555 ON public.accounts_userevent USING btree (manager_id);
CREATE INDEX accounts_userevent_pgh_context_id_9043cf9a ON public.accounts_userevent USING btree (pgh_context_id);
CREATE INDEX accounts_userevent_pgh_obj_id_aa99e6a3 ON public.accounts_userevent USING btree (pgh_obj_id);
CREATE INDEX activities_activity_created_by_id_b5334206 ON public.activities_activity USING btree (created_by_id);
CREATE INDEX activities_branch ON public.activities_activity USING btree (branch_id, at, id) WHERE (deleted_at IS NULL);
CREATE INDEX activities_by_time ON public.activities_activity USING btree (at DESC NULLS LAST, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX activities_custom ON public.activities_activity USING gin (custom);
CREATE INDEX activities_decision_minutes_id_f43f4906 ON public.activities_decision USING btree (minutes_id);
CREATE INDEX activities_department ON public.activities_activity USING btree (department_id, at, id) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX activities_feed_secret ON public.activities_feed USING btree (hash) WHERE (NOT ((hash)::text = ''::text));
CREATE INDEX activities_follows ON public.activities_activity USING btree (follows_id) WHERE (follows_id IS NOT NULL);
CREATE INDEX activities_inv_activity ON public.activities_invitee USING btree (activity_id);
CREATE INDEX activities_inv_party ON public.activities_invitee USING btree (party_id, activity_id) WHERE (party_id IS NOT NULL);
CREATE INDEX activities_inv_user ON public.activities_invitee USING btree (user_id, activity_id) WHERE (user_id IS NOT NULL);
CREATE INDEX activities_inv_when ON public.activities_invitee USING btree (user_id, at) INCLUDE (activity_id, answer) WHERE (user_id IS NOT NULL);
CREATE UNIQUE INDEX activities_invited_party_once ON public.activities_invitee USING btree (activity_id, party_id) WHERE (party_id IS NOT NULL);
CREATE UNIQUE INDEX activities_invited_user_once ON public.activities_invitee USING btree (activity_id, user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX activities_late ON public.activities_activity USING btree (ends_at, id) WHERE ((deleted_at IS NULL) AND ((state)::text = 'planned'::text));
CREATE INDEX activities_link_record ON public.activities_link USING btree (kind, record, activity_id);
CREATE INDEX activities_long ON public.activities_activity USING btree (owner_id, at) WHERE ((deleted_at IS NULL) AND ((ends_at - at) > '1 day'::interval));
CREATE INDEX activities_long_when ON public.activities_activity USING btree (at, id) WHERE ((deleted_at IS NULL) AND ((ends_at - at) > '1 day'::interval));
CREATE INDEX activities_moved_activity ON public.activities_movedlink USING btree (activity_id);
CREATE INDEX activities_of_series ON public.activities_activity USING btree (series_id, occurrence) WHERE (series_id IS NOT NULL);
CREATE INDEX activities_outcomeevent_pgh_context_id_85b101c9 ON public.activities_outcomeevent USING btree (pgh_context_id);
CREATE INDEX activities_outcomeevent_pgh_obj_id_366b3799 ON public.activities_outcomeevent USING btree (pgh_obj_id);
CREATE INDEX activities_outside_message ON public.activities_outside USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX activities_outside_of_series ON public.activities_outside USING btree (series_id) WHERE (series_id IS NOT NULL);
CREATE INDEX activities_outside_series_due ON public.activities_outsideseries USING btree (made_until);
CREATE INDEX activities_outside_series_mail ON public.activities_outsideseries USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX activities_outside_series_user ON public.activities_outsideseries USING btree (user_id);
CREATE INDEX activities_outside_user ON public.activities_outside USING btree (user_id);
CREATE INDEX activities_owner ON public.activities_activity USING btree (owner_id, at, id) INCLUDE (ends_at, all_day, state, department_id, branch_id, created_by_id) WHERE (deleted_at IS NULL);
CREATE INDEX activities_owner_late ON public.activities_activity USING btree (owner_id, ends_at, id) WHERE ((deleted_at IS NULL) AND ((state)::text = 'planned'::text));
CREATE INDEX activities_party ON public.activities_activity USING btree (party_id) WHERE (party_id IS NOT NULL);
CREATE INDEX activities_party_done ON public.activities_activity USING btree (party_id, done_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND (done_at IS NOT NULL));
CREATE INDEX activities_party_next ON public.activities_activity USING btree (party_id, at, id) WHERE ((deleted_at IS NULL) AND ((state)::text = 'planned'::text));
CREATE INDEX activities_remind ON public.activities_activity USING btree (remind_at, id) WHERE (remind_at IS NOT NULL);
CREATE INDEX activities_search ON public.activities_activity USING gin (search public.gin_trgm_ops);
CREATE INDEX activities_series_open ON public.activities_series USING btree (made_until) WHERE (ended_on IS NULL);
CREATE INDEX activities_step_order ON public.activities_step USING btree (activity_id, id);
CREATE INDEX activities_told_message ON public.activities_told USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX activities_trash ON public.activities_activity USING btree (deleted_at DESC, id DESC) WHERE (deleted_at IS NOT NULL);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX cartable_answer_author_id_4bd30450 ON public.cartable_answer USING btree (author_id);
CREATE INDEX cartable_answer_files_answer_id_ec0120fa ON public.cartable_answer_files USING btree (answer_id);
CREATE INDEX cartable_answer_files_file_id_c53ae659 ON public.cartable_answer_files USING btree (file_id);
CREATE INDEX cartable_answer_files_file_id_c53ae659_like ON public.cartable_answer_files USING btree (file_id varchar_pattern_ops);
CREATE UNIQUE INDEX cartable_answer_one_draft ON public.cartable_answer USING btree (request_id, author_id) WHERE (state IN ('draft', 'returned'));
CREATE INDEX cartable_answer_request_id_48924a3a ON public.cartable_answer USING btree (request_id);
CREATE INDEX cartable_answer_reviewer_id_3cf38c36 ON public.cartable_answer USING btree (reviewer_id);
CREATE INDEX cartable_approvalrule_category_id_092903b6 ON public.cartable_approvalrule USING btree (category_id);
CREATE INDEX cartable_approvalrule_department_id_9ad63276 ON public.cartable_approvalrule USING btree (department_id);
CREATE INDEX cartable_approvalrule_kind_id_7b54c5e5 ON public.cartable_approvalrule USING btree (kind_id);
CREATE INDEX cartable_article_changed_by_id_e3f0e7ad ON public.cartable_article USING btree (changed_by_id);
CREATE INDEX cartable_article_created_by_id_8f42be6f ON public.cartable_article USING btree (created_by_id);
CREATE INDEX cartable_article_latest ON public.cartable_article USING btree (changed_at DESC, id DESC);
CREATE INDEX cartable_article_topic_id_3011ec22 ON public.cartable_article USING btree (topic_id);
CREATE INDEX cartable_article_vector ON public.cartable_article USING gin (vector);
CREATE INDEX cartable_articleversion_by_id_e9bb1050 ON public.cartable_articleversion USING btree (by_id);
CREATE INDEX cartable_canned_search ON public.cartable_cannedanswer USING gin (search public.gin_trgm_ops);
CREATE UNIQUE INDEX cartable_canned_shortcut ON public.cartable_cannedanswer USING btree (lower((shortcut)::text), owner_id, department_id) NULLS NOT DISTINCT WHERE ((deleted_at IS NULL) AND (NOT ((shortcut)::text = ''::text)));
CREATE INDEX cartable_cannedanswer_changed_by_id_0356389a ON public.cartable_cannedanswer USING btree (changed_by_id);
CREATE INDEX cartable_cannedanswer_department_id_052519eb ON public.cartable_cannedanswer USING btree (department_id);
CREATE INDEX cartable_cannedanswer_owner_id_09f845ec ON public.cartable_cannedanswer USING btree (owner_id);
CREATE INDEX cartable_cannedanswerevent_changed_by_id_3fc1db59 ON public.cartable_cannedanswerevent USING btree (changed_by_id);
CREATE INDEX cartable_cannedanswerevent_department_id_1a12b655 ON public.cartable_cannedanswerevent USING btree (department_id);
CREATE INDEX cartable_cannedanswerevent_owner_id_497ad5b6 ON public.cartable_cannedanswerevent USING btree (owner_id);
CREATE INDEX cartable_cannedanswerevent_pgh_context_id_071e63ac ON public.cartable_cannedanswerevent USING btree (pgh_context_id);
CREATE INDEX cartable_cannedanswerevent_pgh_obj_id_2a26bbb7 ON public.cartable_cannedanswerevent USING btree (pgh_obj_id);
CREATE INDEX cartable_canneduse_user_id_9f178b1d ON public.cartable_canneduse USING btree (user_id);
CREATE INDEX cartable_confidant_user_id_df9b452a ON public.cartable_confidant USING btree (user_id);
CREATE INDEX cartable_endorsement_answer_id_3d5d0b41 ON public.cartable_endorsement USING btree (answer_id);
CREATE INDEX cartable_endorsement_instead_of_id_fafef068 ON public.cartable_endorsement USING btree (instead_of_id);
CREATE INDEX cartable_endorsement_user_id_3bfeaf7a ON public.cartable_endorsement USING btree (user_id);
CREATE INDEX cartable_kind_code_b16c666b_like ON public.cartable_kind USING btree (code varchar_pattern_ops);
CREATE INDEX cartable_kind_department_id_27788b3a ON public.cartable_kind USING btree (department_id);
CREATE INDEX cartable_mention_request ON public.cartable_mention USING btree (request_id);
CREATE INDEX cartable_mention_user ON public.cartable_mention USING btree (user_id, request_id);
CREATE INDEX cartable_mention_waiting ON public.cartable_mention USING btree (user_id, at DESC, id DESC) WHERE (done_at IS NULL);
CREATE INDEX cartable_message_party ON public.cartable_requestmessage USING btree (party_id, at DESC, id DESC) WHERE (party_id IS NOT NULL);
CREATE INDEX cartable_note_author_id_34dd35f3 ON public.cartable_note USING btree (author_id);
CREATE INDEX cartable_note_files_file_id_39883ed0 ON public.cartable_note_files USING btree (file_id);
CREATE INDEX cartable_note_files_file_id_39883ed0_like ON public.cartable_note_files USING btree (file_id varchar_pattern_ops);
CREATE INDEX cartable_note_files_note_id_7eba77da ON public.cartable_note_files USING btree (note_id);
CREATE INDEX cartable_note_request_id_2cf0f953 ON public.cartable_note USING btree (request_id);
CREATE INDEX cartable_receipt_address ON public.cartable_receipt USING btree (address, at) WHERE ((reason)::text = ''::text);
CREATE INDEX cartable_receipt_sent ON public.cartable_receipt USING btree (at) WHERE ((reason)::text = ''::text);
CREATE INDEX cartable_ref_branch ON public.cartable_referral USING btree (to_branch_id, request_id) WHERE (to_branch_id IS NOT NULL);
CREATE INDEX cartable_ref_dept ON public.cartable_referral USING btree (to_department_id, request_id);
CREATE INDEX cartable_ref_instead ON public.cartable_referral USING btree (instead_of_id, request_id) WHERE ((state IN ('waiting', 'read', 'answered')) AND (instead_of_id IS NOT NULL));
CREATE INDEX cartable_ref_kept ON public.cartable_referral USING btree (by_id, request_id) WHERE ((state IN ('waiting', 'read', 'answered')) AND keep);
CREATE INDEX cartable_ref_news_branch ON public.cartable_referral USING btree (to_branch_id, news_at, request_id) WHERE ((state IN ('waiting', 'read', 'answered')) AND (NOT ((role)::text = 'original'::text)));
CREATE INDEX cartable_ref_news_department ON public.cartable_referral USING btree (to_department_id, news_at, request_id) WHERE ((state IN ('waiting', 'read', 'answered')) AND (NOT ((role)::text = 'original'::text)));
CREATE INDEX cartable_ref_news_post ON public.cartable_referral USING btree (to_post_id, news_at, request_id) WHERE ((state IN ('waiting', 'read', 'answered')) AND (NOT ((role)::text = 'original'::text)));
CREATE INDEX cartable_ref_news_user ON public.cartable_referral USING btree (to_user_id, news_at, request_id) WHERE ((state IN ('waiting', 'read', 'answered')) AND (NOT ((role)::text = 'original'::text)));
CREATE INDEX cartable_ref_return ON public.cartable_referral USING btree (return_at) WHERE ((state IN ('waiting', 'read', 'answered')) AND (return_at IS NOT NULL));
CREATE INDEX cartable_ref_sent ON public.cartable_referral USING btree (by_id, request_id) WHERE ((state IN ('waiting', 'read', 'answered')) AND ((role)::text = 'original'::text));
CREATE INDEX cartable_ref_user ON public.cartable_referral USING btree (to_user_id, request_id);
CREATE INDEX cartable_referral_parent_id_ca138b21 ON public.cartable_referral USING btree (parent_id);
CREATE INDEX cartable_referral_request_id_38aaee0f ON public.cartable_referral USING btree (request_id);
CREATE INDEX cartable_referral_taken_by_id_b4210b9b ON public.cartable_referral USING btree (taken_by_id);
CREATE INDEX cartable_referral_to_post_id_00be4890 ON public.cartable_referral USING btree (to_post_id);
CREATE INDEX cartable_referralaction_code_870efb64_like ON public.cartable_referralaction USING btree (code varchar_pattern_ops);
CREATE INDEX cartable_regrouping_sources_regrouping_id_7a38f58c ON public.cartable_regrouping_sources USING btree (regrouping_id);
CREATE INDEX cartable_regrouping_sources_request_id_e3ad7f23 ON public.cartable_regrouping_sources USING btree (request_id);
CREATE INDEX cartable_regrouping_target_id_b597a9b2 ON public.cartable_regrouping USING btree (target_id);
CREATE INDEX cartable_regroupmove_regrouping_id_4ece6fbb ON public.cartable_regroupmove USING btree (regrouping_id);
CREATE INDEX cartable_regroupmove_source_id_5d694626 ON public.cartable_regroupmove USING btree (source_id);
CREATE INDEX cartable_regrouprow_regrouping_id_c15c163c ON public.cartable_regrouprow USING btree (regrouping_id);
CREATE INDEX cartable_req_act_news_all ON public.cartable_request USING btree (last_activity_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_act_news_brnch ON public.cartable_request USING btree (branch_id, last_activity_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_act_news_dept ON public.cartable_request USING btree (department_id, last_activity_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_act_news_own ON public.cartable_request USING btree (assignee_id, last_activity_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_act_old_all ON public.cartable_request USING btree (opened_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_act_old_brnch ON public.cartable_request USING btree (branch_id, opened_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_act_old_dept ON public.cartable_request USING btree (department_id, opened_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_act_old_own ON public.cartable_request USING btree (assignee_id, opened_at, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_active ON public.cartable_request USING btree (id) INCLUDE (next_due) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_ans ON public.cartable_request USING btree (last_activity_at, id) WHERE ((status)::text = 'answered'::text);
CREATE INDEX cartable_req_ans_branch ON public.cartable_request USING btree (branch_id, last_activity_at, id) WHERE ((status)::text = 'answered'::text);
CREATE INDEX cartable_req_ans_dept ON public.cartable_request USING btree (department_id, last_activity_at, id) WHERE ((status)::text = 'answered'::text);
CREATE INDEX cartable_req_ans_own ON public.cartable_request USING btree (assignee_id, last_activity_at, id) WHERE ((status)::text = 'answered'::text);
CREATE INDEX cartable_req_branch ON public.cartable_request USING btree (branch_id, next_due, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_closed ON public.cartable_request USING btree (closed_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_branch ON public.cartable_request USING btree (branch_id, closed_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_dept ON public.cartable_request USING btree (department_id, closed_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_news_all ON public.cartable_request USING btree (last_activity_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_news_brnch ON public.cartable_request USING btree (branch_id, last_activity_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_news_dept ON public.cartable_request USING btree (department_id, last_activity_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_news_own ON public.cartable_request USING btree (assignee_id, last_activity_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_old_all ON public.cartable_request USING btree (opened_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_old_brnch ON public.cartable_request USING btree (branch_id, opened_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_old_dept ON public.cartable_request USING btree (department_id, opened_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_old_own ON public.cartable_request USING btree (assignee_id, opened_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_cls_own ON public.cartable_request USING btree (assignee_id, closed_at, id) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_confidential ON public.cartable_request USING btree (department_id, status) WHERE confidential;
CREATE INDEX cartable_req_dept ON public.cartable_request USING btree (department_id, next_due, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_dept_count ON public.cartable_request USING btree (department_id) WHERE ((NOT confidential) AND (status IN ('new', 'open', 'referred')));
CREATE INDEX cartable_req_due ON public.cartable_request USING btree (next_due, id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_merged ON public.cartable_request USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX cartable_req_mine ON public.cartable_request USING btree (assignee_id, next_due, id) WHERE ((status IN ('new', 'open', 'referred', 'review')) AND (assignee_id IS NOT NULL));
CREATE INDEX cartable_req_parent ON public.cartable_request USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX cartable_req_party ON public.cartable_request USING btree (party_id, opened_at DESC);
CREATE INDEX cartable_req_party_closed ON public.cartable_request USING btree (party_id, closed_at DESC, id DESC) WHERE ((status)::text = 'closed'::text);
CREATE INDEX cartable_req_party_open ON public.cartable_request USING btree (party_id) WHERE (status IN ('new', 'open', 'referred', 'review'));
CREATE INDEX cartable_req_post ON public.cartable_request USING btree (post_id, next_due, id) WHERE ((status IN ('new', 'open', 'referred', 'review')) AND (assignee_id IS NULL) AND (post_id IS NOT NULL));
CREATE INDEX cartable_req_review ON public.cartable_request USING btree (next_due, id) INCLUDE (assignee_id, officer_id, department_id, branch_id, confidential) WHERE ((status)::text = 'review'::text);
CREATE INDEX cartable_req_tags ON public.cartable_request USING gin (tag_ids) WHERE (NOT (tag_ids = '{}'::integer[]));
CREATE INDEX cartable_req_unread ON public.cartable_request USING btree (next_due, id) WHERE ((status IN ('new', 'open', 'referred', 'review')) AND needs_review);
CREATE INDEX cartable_req_words ON public.cartable_request USING gin (public.cartable_lexemes(search));
CREATE INDEX cartable_requestmessage_request_id_74e4cf0d ON public.cartable_requestmessage USING btree (request_id);
CREATE INDEX cartable_returnrule_department_id_226f718f ON public.cartable_returnrule USING btree (department_id);
CREATE INDEX cartable_returnrule_kind_id_b85c731c ON public.cartable_returnrule USING btree (kind_id);
CREATE INDEX cartable_routed_rule ON public.cartable_routed USING btree (rule_id, at) WHERE (rule_id IS NOT NULL);
CREATE INDEX cartable_routingruleevent_pgh_context_id_54cfbc64 ON public.cartable_routingruleevent USING btree (pgh_context_id);
CREATE INDEX cartable_routingruleevent_pgh_obj_id_3f29ea52 ON public.cartable_routingruleevent USING btree (pgh_obj_id);
CREATE INDEX cartable_rule_order ON public.cartable_routingrule USING btree ("position", id) WHERE (deleted_at IS NULL);
CREATE INDEX cartable_ruleapprover_post_id_ab9c1c75 ON public.cartable_ruleapprover USING btree (post_id);
CREATE INDEX cartable_ruleapprover_rule_id_d450a288 ON public.cartable_ruleapprover USING btree (rule_id);
CREATE INDEX cartable_ruleapprover_user_id_1c068333 ON public.cartable_ruleapprover USING btree (user_id);
CREATE INDEX cartable_seatevent_pgh_context_id_c3c943e1 ON public.cartable_seatevent USING btree (pgh_context_id);
CREATE INDEX cartable_seatevent_pgh_obj_id_c5d7eaeb ON public.cartable_seatevent USING btree (pgh_obj_id);
CREATE INDEX cartable_seatevent_user_id_96e8a4a9 ON public.cartable_seatevent USING btree (user_id);
CREATE INDEX cartable_signature_changed_by_id_0e696fb5 ON public.cartable_signature USING btree (changed_by_id);
CREATE INDEX cartable_signature_department_id_77795dfd ON public.cartable_signature USING btree (department_id);
CREATE INDEX cartable_signature_owner_id_ed9f9f55 ON public.cartable_signature USING btree (owner_id);
CREATE INDEX cartable_signatureevent_changed_by_id_537d6a4e ON public.cartable_signatureevent USING btree (changed_by_id);
CREATE INDEX cartable_signatureevent_department_id_acb27c38 ON public.cartable_signatureevent USING btree (department_id);
CREATE INDEX cartable_signatureevent_owner_id_21db774a ON public.cartable_signatureevent USING btree (owner_id);
CREATE INDEX cartable_signatureevent_pgh_context_id_0f25f347 ON public.cartable_signatureevent USING btree (pgh_context_id);
CREATE INDEX cartable_signatureevent_pgh_obj_id_7a4a6395 ON public.cartable_signatureevent USING btree (pgh_obj_id);
CREATE INDEX cartable_skill_name_58fbb4c4_like ON public.cartable_skill USING btree (name varchar_pattern_ops);
CREATE INDEX cartable_skillevent_pgh_context_id_bc619461 ON public.cartable_skillevent USING btree (pgh_context_id);
CREATE INDEX cartable_skillevent_pgh_obj_id_657a0af0 ON public.cartable_skillevent USING btree (pgh_obj_id);
CREATE INDEX cartable_slapolicy_kind_id_1bc4887d ON public.cartable_slapolicy USING btree (kind_id);
CREATE INDEX cartable_snooze_until ON public.cartable_snooze USING btree (until);
CREATE INDEX cartable_snooze_user ON public.cartable_snooze USING btree (user_id, until);
CREATE INDEX cartable_step_request ON public.cartable_step USING btree (request_id, id);
CREATE INDEX cartable_survey_answers ON public.cartable_survey USING btree (answered_at DESC, id DESC) WHERE ((state)::text = 'answered'::text);
CREATE INDEX cartable_survey_due ON public.cartable_survey USING btree (due_at, id) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX cartable_survey_to ON public.cartable_survey USING btree (address, sent_at) WHERE (sent_at IS NOT NULL);
CREATE INDEX cartable_tie_target_id_0499c16d ON public.cartable_tie USING btree (target_id);
CREATE INDEX cartable_view_request ON public.cartable_confidentialview USING btree (request_id, id DESC);
CREATE INDEX channels_attachment_file_id_8f2ea581 ON public.channels_attachment USING btree (file_id);
CREATE INDEX channels_attachment_file_id_8f2ea581_like ON public.channels_attachment USING btree (file_id varchar_pattern_ops);
CREATE INDEX channels_attachment_message_id_b6c11d0e ON public.channels_attachment USING btree (message_id);
CREATE UNIQUE INDEX channels_channel_address ON public.channels_channel USING btree (kind, address) WHERE (NOT ((address)::text = ''::text));
CREATE INDEX channels_channel_branch_id_404d791b ON public.channels_channel USING btree (branch_id);
CREATE INDEX channels_channel_department_id_da40851d ON public.channels_channel USING btree (department_id);
CREATE INDEX channels_channel_token_ed0537f0_like ON public.channels_channel USING btree (token varchar_pattern_ops);
CREATE INDEX channels_hiddenwords_expires_at_7e9ff1cf ON public.channels_hiddenwords USING btree (expires_at);
CREATE INDEX channels_mailbox_channel_id_b56e6e4a ON public.channels_mailbox USING btree (channel_id);
CREATE INDEX channels_message_channel_id_8465f8de ON public.channels_message USING btree (channel_id);
CREATE INDEX channels_message_created_by_id_094f21e0 ON public.channels_message USING btree (created_by_id);
CREATE INDEX channels_message_msgid ON public.channels_message USING btree (message_id) WHERE (NOT ((message_id)::text = ''::text));
CREATE INDEX channels_message_out ON public.channels_message USING btree (due_at, id) WHERE (state IN ('queued', 'sending'));
CREATE INDEX channels_message_raw_id_f78aab6c ON public.channels_message USING btree (raw_id);
CREATE INDEX channels_message_raw_id_f78aab6c_like ON public.channels_message USING btree (raw_id varchar_pattern_ops);
CREATE INDEX channels_sighting_channel_id_ef38c40a ON public.channels_sighting USING btree (channel_id);
CREATE INDEX channels_sighting_message_id_8f4bbb12 ON public.channels_sighting USING btree (message_id);
CREATE INDEX channels_sighting_open ON public.channels_sighting USING btree (channel_id, seen_at) WHERE (outcome IN ('seen', 'skipped'));
CREATE INDEX core_blob_sha256_6715bd52_like ON public.core_blob USING btree (sha256 varchar_pattern_ops);
CREATE INDEX core_cache_expires ON public.core_cache USING btree (expires);
CREATE UNIQUE INDEX core_custom_field_named_once ON public.core_customfield USING btree (host, norm) WHERE (removed_at IS NULL);
CREATE INDEX core_dead_letter_open ON public.core_deadletter USING btree (created_at DESC) WHERE (resolved_at IS NULL);
CREATE INDEX core_deadletter_delivery_id_1bf2bb72 ON public.core_deadletter USING btree (delivery_id);
CREATE INDEX core_deadletter_resolved_by_id_7e82290a ON public.core_deadletter USING btree (resolved_by_id);
CREATE INDEX core_delivery_due ON public.core_outboxdelivery USING btree (queue, due_at, id) WHERE ((state)::text = 'pending'::text);
CREATE INDEX core_file_blob_id_ea9202f2 ON public.core_file USING btree (blob_id);
CREATE INDEX core_file_blob_id_ea9202f2_like ON public.core_file USING btree (blob_id varchar_pattern_ops);
CREATE INDEX core_file_id_6acd5c40_like ON public.core_file USING btree (id varchar_pattern_ops);
CREATE INDEX core_file_uploaded_by_id_4c9a235f ON public.core_file USING btree (uploaded_by_id);
CREATE INDEX core_heartbeat_process_bfe0ec60_like ON public.core_heartbeat USING btree (process varchar_pattern_ops);
CREATE INDEX core_idempotencykey_user_id_ca0b627c ON public.core_idempotencykey USING btree (user_id);
CREATE INDEX core_import_block_refs ON public.core_importblock USING gin (refs);
CREATE INDEX core_import_check_job_id_683df8e4 ON public.core_import USING btree (check_job_id);
CREATE INDEX core_import_expires ON public.core_import USING btree (expires_at);
CREATE INDEX core_import_job_id_6e2a8b46 ON public.core_import USING btree (job_id);
CREATE INDEX core_import_owner ON public.core_import USING btree (owner_id, created_at DESC);
CREATE INDEX core_import_owner_id_2d01f65d ON public.core_import USING btree (owner_id);
CREATE INDEX core_import_read_job_id_37625140 ON public.core_import USING btree (read_job_id);
CREATE INDEX core_import_undo_job_id_fb785f17 ON public.core_import USING btree (undo_job_id);
CREATE INDEX core_importmapping_owner_id_205ab8ab ON public.core_importmapping USING btree (owner_id);
CREATE INDEX core_long_job_open ON public.core_longjob USING btree (created_at) WHERE (state IN ('waiting', 'running'));
CREATE INDEX core_long_job_owner ON public.core_longjob USING btree (owner_id, created_at DESC);
CREATE INDEX core_longjob_owner_id_2ffbb6e5 ON public.core_longjob USING btree (owner_id);
CREATE INDEX core_longjob_undo_of_id_076f7396 ON public.core_longjob USING btree (undo_of_id);
CREATE INDEX core_periodicrun_task_8f6b6987_like ON public.core_periodicrun USING btree (task varchar_pattern_ops);
CREATE INDEX core_saved_view_list ON public.core_savedview USING btree (list, owner_id);
CREATE INDEX core_savedview_owner_id_33564278 ON public.core_savedview USING btree (owner_id);
CREATE INDEX core_savedviewevent_owner_id_d3b53d48 ON public.core_savedviewevent USING btree (owner_id);
CREATE INDEX core_savedviewevent_pgh_context_id_7254fddd ON public.core_savedviewevent USING btree (pgh_context_id);
CREATE INDEX core_savedviewevent_pgh_obj_id_bd1f36e4 ON public.core_savedviewevent USING btree (pgh_obj_id);
CREATE INDEX core_setting_name_71305bfa_like ON public.core_setting USING btree (name varchar_pattern_ops);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX parties_access_order ON public.parties_accesslog USING btree (at DESC, id DESC);
CREATE INDEX parties_access_party ON public.parties_accesslog USING btree (party_id, at DESC);
CREATE INDEX parties_access_user ON public.parties_accesslog USING btree (user_id, at DESC);
CREATE INDEX parties_accesslog_party_id_9c8fe3bc ON public.parties_accesslog USING btree (party_id);
CREATE INDEX parties_accesslog_user_id_24da4c3a ON public.parties_accesslog USING btree (user_id);
CREATE UNIQUE INDEX parties_address_one_main ON public.parties_address USING btree (party_id) WHERE is_primary;
CREATE INDEX parties_address_party_id_a263152e ON public.parties_address USING btree (party_id);
CREATE INDEX parties_addressevent_party_id_1cbe22fc ON public.parties_addressevent USING btree (party_id);
CREATE INDEX parties_addressevent_pgh_context_id_057ed930 ON public.parties_addressevent USING btree (pgh_context_id);
CREATE INDEX parties_addressevent_pgh_obj_id_3c5325b2 ON public.parties_addressevent USING btree (pgh_obj_id);
CREATE INDEX parties_category_norm_5b71faec_like ON public.parties_category USING btree (norm varchar_pattern_ops);
CREATE INDEX parties_categoryevent_pgh_context_id_a56e52ea ON public.parties_categoryevent USING btree (pgh_context_id);
CREATE INDEX parties_categoryevent_pgh_obj_id_a0ee7ea3 ON public.parties_categoryevent USING btree (pgh_obj_id);
CREATE INDEX parties_categoryfield_category_id_ed61392e ON public.parties_categoryfield USING btree (category_id);
CREATE INDEX parties_categoryfield_field_id_13a777ce ON public.parties_categoryfield USING btree (field_id);
CREATE INDEX parties_consent_by_id_2adcc007 ON public.parties_consent USING btree (by_id);
CREATE INDEX parties_consent_contact_point_id_4ce8eed0 ON public.parties_consent USING btree (contact_point_id);
CREATE INDEX parties_consent_latest ON public.parties_consent USING btree (party_id, channel, purpose, at DESC);
CREATE INDEX parties_consent_order ON public.parties_consent USING btree (party_id, at DESC, id DESC);
CREATE INDEX parties_consent_party_id_5671a697 ON public.parties_consent USING btree (party_id);
CREATE INDEX parties_contact_bounced ON public.parties_contactpoint USING btree (party_id) WHERE (bounced_at IS NOT NULL);
CREATE INDEX parties_contact_end ON public.parties_contactpoint USING btree (reverse((value)::text) text_pattern_ops) WHERE (kind IN ('mobile', 'phone', 'fax'));
CREATE UNIQUE INDEX parties_contact_identifies_one ON public.parties_contactpoint USING btree (kind, value) WHERE identifies;
CREATE INDEX parties_contact_known ON public.parties_contactpoint USING btree (value varchar_pattern_ops, kind varchar_pattern_ops) INCLUDE (party_id, identifies, is_primary);
CREATE INDEX parties_contact_part ON public.parties_contactpoint USING gin (value public.gin_trgm_ops);
CREATE INDEX parties_contactpointevent_party_id_d2ef5c26 ON public.parties_contactpointevent USING btree (party_id);
CREATE INDEX parties_contactpointevent_pgh_context_id_1aae2202 ON public.parties_contactpointevent USING btree (pgh_context_id);
CREATE INDEX parties_contactpointevent_pgh_obj_id_e0fa62a5 ON public.parties_contactpointevent USING btree (pgh_obj_id);
CREATE INDEX parties_duplicatepair_decided_by_id_67fc5586 ON public.parties_duplicatepair USING btree (decided_by_id);
CREATE INDEX parties_duplicatepair_first_id_49debf55 ON public.parties_duplicatepair USING btree (first_id);
CREATE INDEX parties_duplicatepair_second_id_dec99d63 ON public.parties_duplicatepair USING btree (second_id);
CREATE INDEX parties_facts_complete ON public.parties_partyfacts USING btree (completeness, party_id);
CREATE INDEX parties_file_order ON public.parties_partyfile USING btree (party_id, created_at DESC, id DESC);
CREATE INDEX parties_identifier_digest ON public.parties_identifier USING btree (digest, kind);
CREATE INDEX parties_identifier_party_id_98d29d6f ON public.parties_identifier USING btree (party_id);
CREATE INDEX parties_identifierevent_party_id_0b9b7649 ON public.parties_identifierevent USING btree (party_id);
CREATE INDEX parties_identifierevent_pgh_context_id_9bfb9df8 ON public.parties_identifierevent USING btree (pgh_context_id);
CREATE INDEX parties_identifierevent_pgh_obj_id_dde0abc8 ON public.parties_identifierevent USING btree (pgh_obj_id);
CREATE INDEX parties_key_party ON public.parties_duplicatekey USING btree (party_id);
CREATE INDEX parties_merge_by_id_dbcbd365 ON public.parties_merge USING btree (by_id);
CREATE INDEX parties_merge_open ON public.parties_merge USING btree (undo_until) WHERE (undone_at IS NULL);
CREATE INDEX parties_merge_order ON public.parties_merge USING btree (at DESC, id DESC);
CREATE INDEX parties_merge_survivor_id_05f4cfca ON public.parties_merge USING btree (survivor_id);
CREATE INDEX parties_merge_undone_by_id_7cee4532 ON public.parties_merge USING btree (undone_by_id);
CREATE INDEX parties_mergemove_merge_id_23fcb4df ON public.parties_mergemove USING btree (merge_id);
CREATE INDEX parties_mergerow_merge_id_47f69f12 ON public.parties_mergerow USING btree (merge_id);
CREATE INDEX parties_mergesource_merge_id_7ce6b2a6 ON public.parties_mergesource USING btree (merge_id);
CREATE INDEX parties_mergesource_party_id_fca6b5c4 ON public.parties_mergesource USING btree (party_id);
CREATE INDEX parties_note_order ON public.parties_partynote USING btree (party_id, created_at DESC, id DESC);
CREATE INDEX parties_note_pinned ON public.parties_partynote USING btree (party_id) WHERE ((deleted_at IS NULL) AND is_pinned);
CREATE INDEX parties_pair_decided ON public.parties_duplicatepair USING btree (decided_at DESC, id DESC) WHERE (NOT ((state)::text = 'open'::text));
CREATE INDEX parties_pair_open ON public.parties_duplicatepair USING btree (score DESC, id DESC) WHERE ((state)::text = 'open'::text);
CREATE INDEX parties_party_added ON public.parties_party USING btree (created_at, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_aliases ON public.parties_party USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX parties_party_branch ON public.parties_party USING btree (branch_id, sort_key, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_branch_added ON public.parties_party USING btree (branch_id, created_at, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_category ON public.parties_party USING btree (category_id, sort_key, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_city ON public.parties_party USING btree (city, sort_key, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_consents ON public.parties_party USING gin (consents);
CREATE INDEX parties_party_contact ON public.parties_party USING btree (last_contact_at DESC NULLS LAST, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_custom ON public.parties_party USING gin (custom jsonb_path_ops);
CREATE INDEX parties_party_life ON public.parties_party USING btree (life_cycle, sort_key, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_life_added ON public.parties_party USING btree (life_cycle, created_at, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_order ON public.parties_party USING btree (sort_key, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_organisation_id_7949977e ON public.parties_party USING btree (organisation_id);
CREATE INDEX parties_party_owner ON public.parties_party USING btree (owner_id, sort_key, id) WHERE (deleted_at IS NULL);
CREATE INDEX parties_party_roles ON public.parties_party USING gin (roles);
CREATE INDEX parties_party_tags ON public.parties_party USING gin (tag_ids);
CREATE INDEX parties_party_trash ON public.parties_party USING btree (deleted_at DESC, id DESC) WHERE (deleted_at IS NOT NULL);
CREATE INDEX parties_partyevent_pgh_context_id_42cce4c5 ON public.parties_partyevent USING btree (pgh_context_id);
CREATE INDEX parties_partyevent_pgh_obj_id_c94c975b ON public.parties_partyevent USING btree (pgh_obj_id);
CREATE INDEX parties_partyfile_added_by_id_9a1a69bf ON public.parties_partyfile USING btree (added_by_id);
CREATE INDEX parties_partyfile_file_id_f0bfb7cb ON public.parties_partyfile USING btree (file_id);
CREATE INDEX parties_partyfile_file_id_f0bfb7cb_like ON public.parties_partyfile USING btree (file_id varchar_pattern_ops);
CREATE INDEX parties_partyfile_party_id_87178a41 ON public.parties_partyfile USING btree (party_id);
CREATE INDEX parties_partyfileevent_added_by_id_ef52c169 ON public.parties_partyfileevent USING btree (added_by_id);
CREATE INDEX parties_partyfileevent_file_id_fc12d52b ON public.parties_partyfileevent USING btree (file_id);
CREATE INDEX parties_partyfileevent_file_id_fc12d52b_like ON public.parties_partyfileevent USING btree (file_id varchar_pattern_ops);
CREATE INDEX parties_partyfileevent_party_id_309d4c0e ON public.parties_partyfileevent USING btree (party_id);
CREATE INDEX parties_partyfileevent_pgh_context_id_196e3420 ON public.parties_partyfileevent USING btree (pgh_context_id);
CREATE INDEX parties_partyfileevent_pgh_obj_id_006a22ee ON public.parties_partyfileevent USING btree (pgh_obj_id);
CREATE INDEX parties_partynote_author_id_6daf0b5a ON public.parties_partynote USING btree (author_id);
CREATE INDEX parties_partynote_party_id_6a14b972 ON public.parties_partynote USING btree (party_id);
CREATE INDEX parties_partynoteevent_author_id_ef10f43b ON public.parties_partynoteevent USING btree (author_id);
CREATE INDEX parties_partynoteevent_party_id_0f185c92 ON public.parties_partynoteevent USING btree (party_id);
CREATE INDEX parties_partynoteevent_pgh_context_id_3be2aebe ON public.parties_partynoteevent USING btree (pgh_context_id);
CREATE INDEX parties_partynoteevent_pgh_obj_id_7d11bdff ON public.parties_partynoteevent USING btree (pgh_obj_id);
CREATE INDEX parties_partyrole_party_id_d0c94800 ON public.parties_partyrole USING btree (party_id);
CREATE INDEX parties_partyroleevent_party_id_573a615d ON public.parties_partyroleevent USING btree (party_id);
CREATE INDEX parties_partyroleevent_pgh_context_id_ed5f33a3 ON public.parties_partyroleevent USING btree (pgh_context_id);
CREATE INDEX parties_partyroleevent_pgh_obj_id_7668d0b2 ON public.parties_partyroleevent USING btree (pgh_obj_id);
CREATE INDEX parties_profile_birth ON public.parties_profile USING btree (birth_date);
CREATE INDEX parties_profileevent_party_id_a3f7e105 ON public.parties_profileevent USING btree (party_id);
CREATE INDEX parties_profileevent_pgh_context_id_c05619c2 ON public.parties_profileevent USING btree (pgh_context_id);
CREATE INDEX parties_profileevent_pgh_obj_id_147f6d8a ON public.parties_profileevent USING btree (pgh_obj_id);
CREATE INDEX parties_relation_back ON public.parties_relation USING btree (target_id, created_at DESC, id DESC);
CREATE INDEX parties_relation_created_by_id_e947364f ON public.parties_relation USING btree (created_by_id);
CREATE UNIQUE INDEX parties_relation_open_once ON public.parties_relation USING btree (type_id, source_id, target_id) WHERE (until IS NULL);
CREATE INDEX parties_relation_out ON public.parties_relation USING btree (source_id, created_at DESC, id DESC);
CREATE INDEX parties_relation_source_id_eaaf97c0 ON public.parties_relation USING btree (source_id);
CREATE INDEX parties_relation_target_id_0c3159da ON public.parties_relation USING btree (target_id);
CREATE INDEX parties_relation_type_id_c110dd05 ON public.parties_relation USING btree (type_id);
CREATE INDEX parties_relationevent_created_by_id_d782aca4 ON public.parties_relationevent USING btree (created_by_id);
CREATE INDEX parties_relationevent_pgh_context_id_64a3f35d ON public.parties_relationevent USING btree (pgh_context_id);
CREATE INDEX parties_relationevent_pgh_obj_id_538d80cf ON public.parties_relationevent USING btree (pgh_obj_id);
CREATE INDEX parties_relationevent_source_id_131fa537 ON public.parties_relationevent USING btree (source_id);
CREATE INDEX parties_relationevent_target_id_dbed1b8c ON public.parties_relationevent USING btree (target_id);
CREATE INDEX parties_relationevent_type_id_028a083a ON public.parties_relationevent USING btree (type_id);
CREATE INDEX parties_relationtype_code_0134c975_like ON public.parties_relationtype USING btree (code varchar_pattern_ops);
CREATE INDEX parties_relationtypeevent_pgh_context_id_4de76c86 ON public.parties_relationtypeevent USING btree (pgh_context_id);
CREATE INDEX parties_relationtypeevent_pgh_obj_id_e3a3c333 ON public.parties_relationtypeevent USING btree (pgh_obj_id);
CREATE UNIQUE INDEX parties_role_open_once ON public.parties_partyrole USING btree (party_id, role) WHERE (until IS NULL);
CREATE INDEX parties_segment_branch_id_45baae01 ON public.parties_segment USING btree (branch_id);
CREATE INDEX parties_segment_owner_id_5df0d84d ON public.parties_segment USING btree (owner_id);
CREATE INDEX parties_segmentevent_branch_id_630903bb ON public.parties_segmentevent USING btree (branch_id);
CREATE INDEX parties_segmentevent_owner_id_bf4615cc ON public.parties_segmentevent USING btree (owner_id);
CREATE INDEX parties_segmentevent_pgh_context_id_8341c4b3 ON public.parties_segmentevent USING btree (pgh_context_id);
CREATE INDEX parties_segmentevent_pgh_obj_id_806e767c ON public.parties_segmentevent USING btree (pgh_obj_id);
CREATE INDEX parties_segmentmember_party_id_8c612315 ON public.parties_segmentmember USING btree (party_id);
CREATE INDEX parties_segmentmember_segment_id_094998ba ON public.parties_segmentmember USING btree (segment_id);
CREATE INDEX parties_segmentsize_segment_id_01c2c621 ON public.parties_segmentsize USING btree (segment_id);
CREATE INDEX parties_tag_norm_bda58605_like ON public.parties_tag USING btree (norm varchar_pattern_ops);
CREATE INDEX parties_word_keys ON public.parties_word USING gin (keys);
CREATE INDEX parties_word_parts ON public.parties_word USING gin (word public.gin_trgm_ops);
CREATE INDEX parties_word_word ON public.parties_word USING btree (word);
CREATE INDEX parties_words_words ON public.parties_partywords USING gin (words);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE UNIQUE INDEX sales_approval_one_waits ON public.sales_stageapproval USING btree (deal_id) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX sales_assigned_turn ON public.sales_assigned USING btree (rule_id, owner_id, at DESC) WHERE (rule_id IS NOT NULL);
CREATE INDEX sales_assignmentruleevent_pgh_context_id_7dba5003 ON public.sales_assignmentruleevent USING btree (pgh_context_id);
CREATE INDEX sales_assignmentruleevent_pgh_obj_id_202d6e81 ON public.sales_assignmentruleevent USING btree (pgh_obj_id);
CREATE UNIQUE INDEX sales_channel_name ON public.sales_saleschannel USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX sales_commission_month ON public.sales_commissionentry USING btree (partner_id, month, id);
CREATE INDEX sales_commissionentry_deal_id_d1642455 ON public.sales_commissionentry USING btree (deal_id);
CREATE INDEX sales_commissionentry_rule_id_b7f8a5e8 ON public.sales_commissionentry USING btree (rule_id);
CREATE INDEX sales_commissionstatement_confirmed_by_id_4f4a1b47 ON public.sales_commissionstatement USING btree (confirmed_by_id);
CREATE INDEX sales_commissionstatement_paid_by_id_a69aeb14 ON public.sales_commissionstatement USING btree (paid_by_id);
CREATE INDEX sales_commissionstatement_partner_id_4d1c69f3 ON public.sales_commissionstatement USING btree (partner_id);
CREATE INDEX sales_commissionstatementevent_confirmed_by_id_1a3e46f8 ON public.sales_commissionstatementevent USING btree (confirmed_by_id);
CREATE INDEX sales_commissionstatementevent_paid_by_id_c14e88b6 ON public.sales_commissionstatementevent USING btree (paid_by_id);
CREATE INDEX sales_commissionstatementevent_partner_id_b001b236 ON public.sales_commissionstatementevent USING btree (partner_id);
CREATE INDEX sales_commissionstatementevent_pgh_context_id_63f55063 ON public.sales_commissionstatementevent USING btree (pgh_context_id);
CREATE INDEX sales_commissionstatementevent_pgh_obj_id_7f656bad ON public.sales_commissionstatementevent USING btree (pgh_obj_id);
CREATE INDEX sales_deal_amount ON public.sales_deal USING btree (amount DESC NULLS LAST, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX sales_deal_board ON public.sales_deal USING btree (stage_id, rank, id) WHERE ((deleted_at IS NULL) AND ((state)::text = 'open'::text));
CREATE INDEX sales_deal_branch ON public.sales_deal USING btree (branch_id, state, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX sales_deal_closed ON public.sales_deal USING btree (pipeline_id, closed_at) WHERE ((closed_at IS NOT NULL) AND (deleted_at IS NULL));
CREATE INDEX sales_deal_custom ON public.sales_deal USING gin (custom);
CREATE INDEX sales_deal_department ON public.sales_deal USING btree (department_id, state, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX sales_deal_due ON public.sales_deal USING btree (close_on, id) WHERE ((deleted_at IS NULL) AND ((state)::text = 'open'::text));
CREATE INDEX sales_deal_joined_into_id_c1b32efe ON public.sales_deal USING btree (joined_into_id);
CREATE INDEX sales_deal_of_partner ON public.sales_deal USING btree (partner_id, opened_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND (partner_id IS NOT NULL));
CREATE INDEX sales_deal_opened ON public.sales_deal USING btree (opened_at, id) WHERE (deleted_at IS NULL);
CREATE INDEX sales_deal_owner ON public.sales_deal USING btree (owner_id, state, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX sales_deal_party ON public.sales_deal USING btree (party_id, opened_at DESC, id DESC);
CREATE INDEX sales_deal_split_from_id_ecf5b16a ON public.sales_deal USING btree (split_from_id);
CREATE INDEX sales_deal_sums ON public.sales_deal USING btree (pipeline_id, stage_id) INCLUDE (amount, stage_since, owner_id, department_id, branch_id, id) WHERE ((deleted_at IS NULL) AND ((state)::text = 'open'::text));
CREATE INDEX sales_deal_tags ON public.sales_deal USING gin (tag_ids) WHERE (NOT (tag_ids = '{}'::integer[]));
CREATE INDEX sales_deal_words ON public.sales_deal USING gin (search public.gin_trgm_ops);
CREATE INDEX sales_dealevent_branch_id_d1f8dbd9 ON public.sales_dealevent USING btree (branch_id);
CREATE INDEX sales_dealevent_created_by_id_de87ddb3 ON public.sales_dealevent USING btree (created_by_id);
CREATE INDEX sales_dealevent_department_id_afeeb3ef ON public.sales_dealevent USING btree (department_id);
CREATE INDEX sales_dealevent_joined_into_id_12ae1774 ON public.sales_dealevent USING btree (joined_into_id);
CREATE INDEX sales_dealevent_lost_reason_id_dd1775b6 ON public.sales_dealevent USING btree (lost_reason_id);
CREATE INDEX sales_dealevent_owner_id_0398c00f ON public.sales_dealevent USING btree (owner_id);
CREATE INDEX sales_dealevent_partner_id_ede2032b ON public.sales_dealevent USING btree (partner_id);
CREATE INDEX sales_dealevent_party_id_b1cc766f ON public.sales_dealevent USING btree (party_id);
CREATE INDEX sales_dealevent_pgh_context_id_d5fcc2fb ON public.sales_dealevent USING btree (pgh_context_id);
CREATE INDEX sales_dealevent_pgh_obj_id_4e38bf6b ON public.sales_dealevent USING btree (pgh_obj_id);
CREATE INDEX sales_dealevent_pipeline_id_25274cdb ON public.sales_dealevent USING btree (pipeline_id);
CREATE INDEX sales_dealevent_split_from_id_208babb8 ON public.sales_dealevent USING btree (split_from_id);
CREATE INDEX sales_dealevent_stage_id_7385a3a7 ON public.sales_dealevent USING btree (stage_id);
CREATE INDEX sales_dealpartner_partner_id_57acc521 ON public.sales_dealpartner USING btree (partner_id);
CREATE INDEX sales_dealpartner_via_id_8ad455f7 ON public.sales_dealpartner USING btree (via_id);
CREATE INDEX sales_dealpartnerevent_deal_id_75be5e32 ON public.sales_dealpartnerevent USING btree (deal_id);
CREATE INDEX sales_dealpartnerevent_partner_id_c0f444c1 ON public.sales_dealpartnerevent USING btree (partner_id);
CREATE INDEX sales_dealpartnerevent_pgh_context_id_433a3629 ON public.sales_dealpartnerevent USING btree (pgh_context_id);
CREATE INDEX sales_dealpartnerevent_pgh_obj_id_3a127e2a ON public.sales_dealpartnerevent USING btree (pgh_obj_id);
CREATE INDEX sales_dealpartnerevent_via_id_a1075d01 ON public.sales_dealpartnerevent USING btree (via_id);
CREATE INDEX sales_dealperson_deal_id_8ee481e9 ON public.sales_dealperson USING btree (deal_id);
CREATE INDEX sales_dealperson_party_id_6188231a ON public.sales_dealperson USING btree (party_id);
CREATE INDEX sales_dealpersonevent_deal_id_6b8ff17d ON public.sales_dealpersonevent USING btree (deal_id);
CREATE INDEX sales_dealpersonevent_party_id_f9fb7ad2 ON public.sales_dealpersonevent USING btree (party_id);
CREATE INDEX sales_dealpersonevent_pgh_context_id_6c97e405 ON public.sales_dealpersonevent USING btree (pgh_context_id);
CREATE INDEX sales_dealpersonevent_pgh_obj_id_475d5daf ON public.sales_dealpersonevent USING btree (pgh_obj_id);
CREATE INDEX sales_dealregistration_came_with_id_2e61900c ON public.sales_dealregistration USING btree (came_with_id);
CREATE INDEX sales_dealregistration_deal_id_e735df51 ON public.sales_dealregistration USING btree (deal_id);
CREATE INDEX sales_dealregistration_decided_by_id_7e0ab29a ON public.sales_dealregistration USING btree (decided_by_id);
CREATE INDEX sales_dealregistration_rival_deal_id_77cafefd ON public.sales_dealregistration USING btree (rival_deal_id);
CREATE INDEX sales_dealregistration_rival_id_77b5994b ON public.sales_dealregistration USING btree (rival_id);
CREATE INDEX sales_dealregistration_seat_id_67fad4df ON public.sales_dealregistration USING btree (seat_id);
CREATE INDEX sales_dealregistrationevent_came_with_id_7b8fa28f ON public.sales_dealregistrationevent USING btree (came_with_id);
CREATE INDEX sales_dealregistrationevent_deal_id_bebab65c ON public.sales_dealregistrationevent USING btree (deal_id);
CREATE INDEX sales_dealregistrationevent_decided_by_id_73c4207a ON public.sales_dealregistrationevent USING btree (decided_by_id);
CREATE INDEX sales_dealregistrationevent_partner_id_d097809f ON public.sales_dealregistrationevent USING btree (partner_id);
CREATE INDEX sales_dealregistrationevent_party_id_0beb91ff ON public.sales_dealregistrationevent USING btree (party_id);
CREATE INDEX sales_dealregistrationevent_pgh_context_id_9320d585 ON public.sales_dealregistrationevent USING btree (pgh_context_id);
CREATE INDEX sales_dealregistrationevent_pgh_obj_id_ba5bc876 ON public.sales_dealregistrationevent USING btree (pgh_obj_id);
CREATE INDEX sales_dealregistrationevent_rival_deal_id_aff97591 ON public.sales_dealregistrationevent USING btree (rival_deal_id);
CREATE INDEX sales_dealregistrationevent_rival_id_13fd897a ON public.sales_dealregistrationevent USING btree (rival_id);
CREATE INDEX sales_dealregistrationevent_seat_id_12e80c1e ON public.sales_dealregistrationevent USING btree (seat_id);
CREATE INDEX sales_dealrequest_request_id_49a8701e ON public.sales_dealrequest USING btree (request_id);
CREATE INDEX sales_dealshare_deal_id_12b77584 ON public.sales_dealshare USING btree (deal_id);
CREATE INDEX sales_dealshare_user_id_f045cdae ON public.sales_dealshare USING btree (user_id);
CREATE INDEX sales_dealshareevent_deal_id_e2ea2ad5 ON public.sales_dealshareevent USING btree (deal_id);
CREATE INDEX sales_dealshareevent_pgh_context_id_20befd9e ON public.sales_dealshareevent USING btree (pgh_context_id);
CREATE INDEX sales_dealshareevent_pgh_obj_id_3f4cf4d3 ON public.sales_dealshareevent USING btree (pgh_obj_id);
CREATE INDEX sales_dealshareevent_user_id_c62aeb2a ON public.sales_dealshareevent USING btree (user_id);
CREATE UNIQUE INDEX sales_lead_form_name ON public.sales_leadform USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX sales_leadform_branch_id_10557c1a ON public.sales_leadform USING btree (branch_id);
CREATE INDEX sales_leadform_pipeline_id_005c44c4 ON public.sales_leadform USING btree (pipeline_id);
CREATE INDEX sales_leadform_token_0b583b92_like ON public.sales_leadform USING btree (token varchar_pattern_ops);
CREATE INDEX sales_leadformevent_branch_id_f0702774 ON public.sales_leadformevent USING btree (branch_id);
CREATE INDEX sales_leadformevent_pgh_context_id_b4136c0d ON public.sales_leadformevent USING btree (pgh_context_id);
CREATE INDEX sales_leadformevent_pgh_obj_id_2fa619b8 ON public.sales_leadformevent USING btree (pgh_obj_id);
CREATE INDEX sales_leadformevent_pipeline_id_505dd102 ON public.sales_leadformevent USING btree (pipeline_id);
CREATE INDEX sales_leadsubmission_deal_id_72720017 ON public.sales_leadsubmission USING btree (deal_id);
CREATE INDEX sales_leadsubmission_party_id_8d903b2f ON public.sales_leadsubmission USING btree (party_id);
CREATE UNIQUE INDEX sales_lost_reason_name ON public.sales_lostreason USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX sales_lostreasonevent_pgh_context_id_27156bfe ON public.sales_lostreasonevent USING btree (pgh_context_id);
CREATE INDEX sales_lostreasonevent_pgh_obj_id_a7e757f8 ON public.sales_lostreasonevent USING btree (pgh_obj_id);
CREATE UNIQUE INDEX sales_partner_active_once ON public.sales_partner USING btree (party_id) WHERE is_active;
CREATE INDEX sales_partner_channel_id_b1f1c254 ON public.sales_partner USING btree (channel_id);
CREATE INDEX sales_partner_note_order ON public.sales_partnernote USING btree (deal_id, partner_id, id DESC);
CREATE INDEX sales_partner_owner_id_6cbe93a2 ON public.sales_partner USING btree (owner_id);
CREATE INDEX sales_partner_party_id_914bf865 ON public.sales_partner USING btree (party_id);
CREATE INDEX sales_partnerevent_branch_id_a277427e ON public.sales_partnerevent USING btree (branch_id);
CREATE INDEX sales_partnerevent_channel_id_9c6aa0f4 ON public.sales_partnerevent USING btree (channel_id);
CREATE INDEX sales_partnerevent_department_id_93314e86 ON public.sales_partnerevent USING btree (department_id);
CREATE INDEX sales_partnerevent_owner_id_a0a244c6 ON public.sales_partnerevent USING btree (owner_id);
CREATE INDEX sales_partnerevent_party_id_171c86b5 ON public.sales_partnerevent USING btree (party_id);
CREATE INDEX sales_partnerevent_pgh_context_id_3fb133a2 ON public.sales_partnerevent USING btree (pgh_context_id);
CREATE INDEX sales_partnerevent_pgh_obj_id_c0c0ed63 ON public.sales_partnerevent USING btree (pgh_obj_id);
CREATE INDEX sales_partnernote_partner_id_a60a1ae3 ON public.sales_partnernote USING btree (partner_id);
CREATE INDEX sales_partnernote_seat_id_97244d0b ON public.sales_partnernote USING btree (seat_id);
CREATE INDEX sales_partnernote_user_id_8c5d3738 ON public.sales_partnernote USING btree (user_id);
CREATE INDEX sales_partnerrule_channel_id_6b25ee6a ON public.sales_partnerrule USING btree (channel_id);
CREATE INDEX sales_partnerrule_partner_id_e3002417 ON public.sales_partnerrule USING btree (partner_id);
CREATE INDEX sales_partnerrule_pipeline_id_a331afac ON public.sales_partnerrule USING btree (pipeline_id);
CREATE INDEX sales_partnerruleevent_channel_id_c7f86220 ON public.sales_partnerruleevent USING btree (channel_id);
CREATE INDEX sales_partnerruleevent_partner_id_0a207c2f ON public.sales_partnerruleevent USING btree (partner_id);
CREATE INDEX sales_partnerruleevent_pgh_context_id_26022400 ON public.sales_partnerruleevent USING btree (pgh_context_id);
CREATE INDEX sales_partnerruleevent_pgh_obj_id_e469ebed ON public.sales_partnerruleevent USING btree (pgh_obj_id);
CREATE INDEX sales_partnerruleevent_pipeline_id_db8cc47a ON public.sales_partnerruleevent USING btree (pipeline_id);
CREATE INDEX sales_partnerseat_partner_id_779e2ddc ON public.sales_partnerseat USING btree (partner_id);
CREATE INDEX sales_partnerseatevent_partner_id_1ba88f6f ON public.sales_partnerseatevent USING btree (partner_id);
CREATE INDEX sales_partnerseatevent_pgh_context_id_b7ccb849 ON public.sales_partnerseatevent USING btree (pgh_context_id);
CREATE INDEX sales_partnerseatevent_pgh_obj_id_40372e13 ON public.sales_partnerseatevent USING btree (pgh_obj_id);
CREATE INDEX sales_passage_ended ON public.sales_dealpassage USING btree (pipeline_id, ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX sales_passage_funnel ON public.sales_dealpassage USING btree (pipeline_id, began_at) INCLUDE (furthest_id, deal_id);
CREATE UNIQUE INDEX sales_passage_one_open ON public.sales_dealpassage USING btree (deal_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX sales_pipeline_name ON public.sales_pipeline USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX sales_pipeline_next_pipeline_id_7906f4cc ON public.sales_pipeline USING btree (next_pipeline_id);
CREATE INDEX sales_pipelineevent_next_pipeline_id_93a1a762 ON public.sales_pipelineevent USING btree (next_pipeline_id);
CREATE INDEX sales_pipelineevent_pgh_context_id_a9009572 ON public.sales_pipelineevent USING btree (pgh_context_id);
CREATE INDEX sales_pipelineevent_pgh_obj_id_e30cacc5 ON public.sales_pipelineevent USING btree (pgh_obj_id);
CREATE INDEX sales_registration_decided ON public.sales_dealregistration USING btree (decided_at DESC) WHERE (decided_at IS NOT NULL);
CREATE INDEX sales_registration_keys ON public.sales_dealregistration USING gin (keys);
CREATE UNIQUE INDEX sales_registration_once ON public.sales_dealregistration USING btree (partner_id, fingerprint) WHERE (state IN ('submitted', 'conflict', 'accepted'));
CREATE INDEX sales_registration_partner ON public.sales_dealregistration USING btree (partner_id, received_at DESC, id DESC);
CREATE INDEX sales_registration_party ON public.sales_dealregistration USING btree (party_id, received_at DESC, id DESC);
CREATE INDEX sales_registration_waiting ON public.sales_dealregistration USING btree (received_at, id) WHERE (state IN ('submitted', 'conflict'));
CREATE UNIQUE INDEX sales_rule_name ON public.sales_assignmentrule USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX sales_rule_order ON public.sales_assignmentrule USING btree ("position", id) WHERE (deleted_at IS NULL);
CREATE INDEX sales_saleschannel_pipeline_id_c965b1fd ON public.sales_saleschannel USING btree (pipeline_id);
CREATE INDEX sales_saleschannelevent_pgh_context_id_7500a3f9 ON public.sales_saleschannelevent USING btree (pgh_context_id);
CREATE INDEX sales_saleschannelevent_pgh_obj_id_8c3b0389 ON public.sales_saleschannelevent USING btree (pgh_obj_id);
CREATE INDEX sales_saleschannelevent_pipeline_id_50feafa1 ON public.sales_saleschannelevent USING btree (pipeline_id);
CREATE UNIQUE INDEX sales_seat_email ON public.sales_partnerseat USING btree (email) WHERE is_active;
CREATE INDEX sales_seatkey_digest_9b28cce6_like ON public.sales_seatkey USING btree (digest varchar_pattern_ops);
CREATE INDEX sales_seatkey_seat_id_56b50ef2 ON public.sales_seatkey USING btree (seat_id);
CREATE INDEX sales_seatsession_digest_82e7ec1e_like ON public.sales_seatsession USING btree (digest varchar_pattern_ops);
CREATE INDEX sales_seatsession_seat_id_4fb38b91 ON public.sales_seatsession USING btree (seat_id);
CREATE INDEX sales_span_deal ON public.sales_dealspan USING btree (deal_id, since, id);
CREATE UNIQUE INDEX sales_span_one_open ON public.sales_dealspan USING btree (deal_id) WHERE (until IS NULL);
CREATE INDEX sales_span_when ON public.sales_dealspan USING btree (pipeline_id, since);
CREATE UNIQUE INDEX sales_stage_name ON public.sales_stage USING btree (pipeline_id, name) WHERE (deleted_at IS NULL);
CREATE INDEX sales_stage_order ON public.sales_stage USING btree (pipeline_id, "position") WHERE (deleted_at IS NULL);
CREATE INDEX sales_stage_pipeline_id_c82fa50a ON public.sales_stage USING btree (pipeline_id);
CREATE INDEX sales_stageapproval_asked_by_id_536939bc ON public.sales_stageapproval USING btree (asked_by_id);
CREATE INDEX sales_stageapproval_deal_id_3c2788ec ON public.sales_stageapproval USING btree (deal_id);
CREATE INDEX sales_stageapproval_decided_by_id_dbc1ee26 ON public.sales_stageapproval USING btree (decided_by_id);
CREATE INDEX sales_stageapproval_stage_id_37402dc7 ON public.sales_stageapproval USING btree (stage_id);
CREATE INDEX sales_stageapprovalevent_asked_by_id_d0e7c37e ON public.sales_stageapprovalevent USING btree (asked_by_id);
CREATE INDEX sales_stageapprovalevent_deal_id_5350a6fb ON public.sales_stageapprovalevent USING btree (deal_id);
CREATE INDEX sales_stageapprovalevent_decided_by_id_76de0021 ON public.sales_stageapprovalevent USING btree (decided_by_id);
CREATE INDEX sales_stageapprovalevent_pgh_context_id_8e70d327 ON public.sales_stageapprovalevent USING btree (pgh_context_id);
CREATE INDEX sales_stageapprovalevent_pgh_obj_id_37da9fdf ON public.sales_stageapprovalevent USING btree (pgh_obj_id);
CREATE INDEX sales_stageapprovalevent_stage_id_9fd807c9 ON public.sales_stageapprovalevent USING btree (stage_id);
CREATE INDEX sales_stageevent_pgh_context_id_2416f348 ON public.sales_stageevent USING btree (pgh_context_id);
CREATE INDEX sales_stageevent_pgh_obj_id_25cbef2a ON public.sales_stageevent USING btree (pgh_obj_id);
CREATE INDEX sales_stageevent_pipeline_id_c54cd749 ON public.sales_stageevent USING btree (pipeline_id);
CREATE INDEX sales_submission_order ON public.sales_leadsubmission USING btree (form_id, received_at DESC, id DESC);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE (type IN ('totp', 'recovery_codes'));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
CREATE STATISTICS public.activities_lengths ON (ends_at - at) FROM public.activities_activity;
CREATE TRIGGER activities_guest_at BEFORE INSERT ON public.activities_invitee FOR EACH ROW EXECUTE FUNCTION public.activities_guest_at();
CREATE TRIGGER activities_guests_at AFTER UPDATE OF at ON public.activities_activity FOR EACH ROW WHEN ((old.at IS DISTINCT FROM new.at)) EXECUTE FUNCTION public.activities_guests_at();
CREATE TRIGGER parties_beside_add AFTER INSERT ON public.parties_party REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_beside_add();
CREATE TRIGGER parties_beside_change AFTER UPDATE ON public.parties_party REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_beside_change();
CREATE TRIGGER parties_beside_remove AFTER DELETE ON public.parties_party REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_beside_remove();
CREATE TRIGGER parties_facts_add AFTER INSERT ON public.parties_party REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_facts_add();
CREATE TRIGGER parties_facts_add AFTER INSERT ON public.parties_profile REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_facts_profile();
CREATE TRIGGER parties_facts_change AFTER UPDATE ON public.parties_party REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_facts_change();
CREATE TRIGGER parties_facts_change AFTER UPDATE ON public.parties_profile REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_facts_profile();
CREATE TRIGGER parties_facts_remove AFTER DELETE ON public.parties_party REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_facts_remove();
CREATE TRIGGER parties_facts_remove AFTER DELETE ON public.parties_profile REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.parties_facts_no_profile();
CREATE TRIGGER parties_stamp BEFORE INSERT OR UPDATE ON public.parties_party FOR EACH ROW WHEN ((new.change_xid IS DISTINCT FROM ((pg_current_xact_id())::text)::bigint)) EXECUTE FUNCTION public.parties_stamp();
CREATE TRIGGER pgtrigger_cartable_message_place_4685f BEFORE INSERT OR UPDATE OF request_id ON public.cartable_requestmessage FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_cartable_message_place_4685f();
CREATE TRIGGER pgtrigger_cartable_note_request_eacf1 AFTER UPDATE OF request_id ON public.cartable_note FOR EACH ROW WHEN ((old.request_id IS DISTINCT FROM new.request_id)) EXECUTE FUNCTION public.pgtrigger_cartable_note_request_eacf1();
CREATE TRIGGER pgtrigger_cartable_referral_news_d85b8 BEFORE INSERT OR UPDATE OF request_id, role, state ON public.cartable_referral FOR EACH ROW WHEN (((new.role)::text <> 'original'::text)) EXECUTE FUNCTION public.pgtrigger_cartable_referral_news_d85b8();
CREATE TRIGGER pgtrigger_cartable_request_news_9a677 AFTER UPDATE OF last_activity_at ON public.cartable_request FOR EACH ROW WHEN ((old.last_activity_at IS DISTINCT FROM new.last_activity_at)) EXECUTE FUNCTION public.pgtrigger_cartable_request_news_9a677();
CREATE TRIGGER pgtrigger_cartable_request_parent_ca8d7 BEFORE INSERT OR UPDATE OF parent_id ON public.cartable_request FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION public.pgtrigger_cartable_request_parent_ca8d7();
CREATE TRIGGER pgtrigger_cartable_request_party_3ef29 AFTER UPDATE OF party_id ON public.cartable_request FOR EACH ROW WHEN ((old.party_id IS DISTINCT FROM new.party_id)) EXECUTE FUNCTION public.pgtrigger_cartable_request_party_3ef29();
CREATE TRIGGER pgtrigger_delete_delete_02a58 AFTER DELETE ON public.cartable_signature FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_02a58();
CREATE TRIGGER pgtrigger_delete_delete_03b30 AFTER DELETE ON public.cartable_seat FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_03b30();
CREATE TRIGGER pgtrigger_delete_delete_0ef43 AFTER DELETE ON public.parties_address REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_0ef43();
CREATE TRIGGER pgtrigger_delete_delete_19f14 AFTER DELETE ON public.accounts_user FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_19f14();
CREATE TRIGGER pgtrigger_delete_delete_1c644 AFTER DELETE ON public.parties_party REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_1c644();
CREATE TRIGGER pgtrigger_delete_delete_1f83d AFTER DELETE ON public.cartable_cannedanswer FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_1f83d();
CREATE TRIGGER pgtrigger_delete_delete_36952 AFTER DELETE ON public.cartable_skill FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_36952();
CREATE TRIGGER pgtrigger_delete_delete_3fd09 AFTER DELETE ON public.parties_partyfile FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_3fd09();
CREATE TRIGGER pgtrigger_delete_delete_517eb AFTER DELETE ON public.sales_dealpartner FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_517eb();
CREATE TRIGGER pgtrigger_delete_delete_55949 AFTER DELETE ON public.sales_partnerseat FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_55949();
CREATE TRIGGER pgtrigger_delete_delete_57d38 AFTER DELETE ON public.sales_assignmentrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_57d38();
CREATE TRIGGER pgtrigger_delete_delete_600fe AFTER DELETE ON public.sales_deal FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_600fe();
CREATE TRIGGER pgtrigger_delete_delete_6100d AFTER DELETE ON public.accounts_post FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_6100d();
CREATE TRIGGER pgtrigger_delete_delete_6e065 AFTER DELETE ON public.accounts_apitoken FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_6e065();
CREATE TRIGGER pgtrigger_delete_delete_7b4e1 AFTER DELETE ON public.parties_identifier REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_7b4e1();
CREATE TRIGGER pgtrigger_delete_delete_7ff5b AFTER DELETE ON public.accounts_department FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_7ff5b();
CREATE TRIGGER pgtrigger_delete_delete_8c14b AFTER DELETE ON public.sales_pipeline FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_8c14b();
CREATE TRIGGER pgtrigger_delete_delete_92241 AFTER DELETE ON public.accounts_branch FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_92241();
CREATE TRIGGER pgtrigger_delete_delete_94d10 AFTER DELETE ON public.sales_dealperson FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_94d10();
CREATE TRIGGER pgtrigger_delete_delete_9e43a AFTER DELETE ON public.cartable_routingrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_9e43a();
CREATE TRIGGER pgtrigger_delete_delete_a4bc0 AFTER DELETE ON public.parties_contactpoint REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_a4bc0();
CREATE TRIGGER pgtrigger_delete_delete_a6e40 AFTER DELETE ON public.parties_segment FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_a6e40();
CREATE TRIGGER pgtrigger_delete_delete_a9e7f AFTER DELETE ON public.parties_category FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_a9e7f();
CREATE TRIGGER pgtrigger_delete_delete_aa8bd AFTER DELETE ON public.parties_partyrole REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_aa8bd();
CREATE TRIGGER pgtrigger_delete_delete_acd38 AFTER DELETE ON public.sales_dealregistration FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_acd38();
CREATE TRIGGER pgtrigger_delete_delete_b1bb4 AFTER DELETE ON public.sales_partner FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_b1bb4();
CREATE TRIGGER pgtrigger_delete_delete_b9ec3 AFTER DELETE ON public.sales_leadform FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_b9ec3();
CREATE TRIGGER pgtrigger_delete_delete_be239 AFTER DELETE ON public.core_savedview FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_be239();
CREATE TRIGGER pgtrigger_delete_delete_c9039 AFTER DELETE ON public.sales_partnerrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_c9039();
CREATE TRIGGER pgtrigger_delete_delete_cbc5b AFTER DELETE ON public.accounts_substitution FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_cbc5b();
CREATE TRIGGER pgtrigger_delete_delete_d0e1f AFTER DELETE ON public.accounts_rolegrant FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_d0e1f();
CREATE TRIGGER pgtrigger_delete_delete_d28d4 AFTER DELETE ON public.sales_lostreason FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_d28d4();
CREATE TRIGGER pgtrigger_delete_delete_d5d3b AFTER DELETE ON public.sales_commissionstatement FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_d5d3b();
CREATE TRIGGER pgtrigger_delete_delete_d75a6 AFTER DELETE ON public.accounts_role FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_d75a6();
CREATE TRIGGER pgtrigger_delete_delete_d8955 AFTER DELETE ON public.sales_stage FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_d8955();
CREATE TRIGGER pgtrigger_delete_delete_dd64a AFTER DELETE ON public.sales_dealshare FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_dd64a();
CREATE TRIGGER pgtrigger_delete_delete_de191 AFTER DELETE ON public.parties_relation REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_de191();
CREATE TRIGGER pgtrigger_delete_delete_e4f23 AFTER DELETE ON public.parties_profile FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_e4f23();
CREATE TRIGGER pgtrigger_delete_delete_e836e AFTER DELETE ON public.activities_outcome FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_e836e();
CREATE TRIGGER pgtrigger_delete_delete_ea5b6 AFTER DELETE ON public.sales_stageapproval FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_ea5b6();
CREATE TRIGGER pgtrigger_delete_delete_eec05 AFTER DELETE ON public.parties_partynote REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_delete_delete_eec05();
CREATE TRIGGER pgtrigger_delete_delete_f3c18 AFTER DELETE ON public.parties_relationtype FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_f3c18();
CREATE TRIGGER pgtrigger_delete_delete_f6e36 AFTER DELETE ON public.sales_saleschannel FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_f6e36();
CREATE TRIGGER pgtrigger_delete_delete_ff00d AFTER DELETE ON public.accounts_rolepermission FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_ff00d();
CREATE TRIGGER pgtrigger_insert_insert_01b7d AFTER INSERT ON public.accounts_apitoken FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_01b7d();
CREATE TRIGGER pgtrigger_insert_insert_0a132 AFTER INSERT ON public.core_savedview FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_0a132();
CREATE TRIGGER pgtrigger_insert_insert_126cb AFTER INSERT ON public.sales_dealperson FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_126cb();
CREATE TRIGGER pgtrigger_insert_insert_1da0d AFTER INSERT ON public.sales_partnerrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_1da0d();
CREATE TRIGGER pgtrigger_insert_insert_291b5 AFTER INSERT ON public.sales_stageapproval FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_291b5();
CREATE TRIGGER pgtrigger_insert_insert_344a6 AFTER INSERT ON public.parties_identifier REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_insert_insert_344a6();
CREATE TRIGGER pgtrigger_insert_insert_3867c AFTER INSERT ON public.accounts_user FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_3867c();
CREATE TRIGGER pgtrigger_insert_insert_3cd05 AFTER INSERT ON public.activities_outcome FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_3cd05();
CREATE TRIGGER pgtrigger_insert_insert_46499 AFTER INSERT ON public.sales_lostreason FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_46499();
CREATE TRIGGER pgtrigger_insert_insert_4f12a AFTER INSERT ON public.sales_dealpartner FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_4f12a();
CREATE TRIGGER pgtrigger_insert_insert_51bc5 AFTER INSERT ON public.parties_partynote REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_insert_insert_51bc5();
CREATE TRIGGER pgtrigger_insert_insert_533ee AFTER INSERT ON public.parties_relationtype FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_533ee();
CREATE TRIGGER pgtrigger_insert_insert_5359f AFTER INSERT ON public.sales_dealshare FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_5359f();
CREATE TRIGGER pgtrigger_insert_insert_54c6d AFTER INSERT ON public.cartable_routingrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_54c6d();
CREATE TRIGGER pgtrigger_insert_insert_55de8 AFTER INSERT ON public.sales_pipeline FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_55de8();
CREATE TRIGGER pgtrigger_insert_insert_571b7 AFTER INSERT ON public.sales_commissionstatement FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_571b7();
CREATE TRIGGER pgtrigger_insert_insert_5ea24 AFTER INSERT ON public.parties_category FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_5ea24();
CREATE TRIGGER pgtrigger_insert_insert_5ee5b AFTER INSERT ON public.sales_deal FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_5ee5b();
CREATE TRIGGER pgtrigger_insert_insert_5fa08 AFTER INSERT ON public.sales_stage FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_5fa08();
CREATE TRIGGER pgtrigger_insert_insert_652a3 AFTER INSERT ON public.parties_partyrole REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_insert_insert_652a3();
CREATE TRIGGER pgtrigger_insert_insert_67d32 AFTER INSERT ON public.cartable_skill FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_67d32();
CREATE TRIGGER pgtrigger_insert_insert_70e51 AFTER INSERT ON public.parties_segment FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_70e51();
CREATE TRIGGER pgtrigger_insert_insert_77126 AFTER INSERT ON public.accounts_substitution FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_77126();
CREATE TRIGGER pgtrigger_insert_insert_77ca7 AFTER INSERT ON public.accounts_rolegrant FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_77ca7();
CREATE TRIGGER pgtrigger_insert_insert_77e46 AFTER INSERT ON public.parties_profile FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_77e46();
CREATE TRIGGER pgtrigger_insert_insert_83f08 AFTER INSERT ON public.cartable_seat FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_83f08();
CREATE TRIGGER pgtrigger_insert_insert_97101 AFTER INSERT ON public.sales_saleschannel FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_97101();
CREATE TRIGGER pgtrigger_insert_insert_a07c4 AFTER INSERT ON public.sales_partnerseat FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_a07c4();
CREATE TRIGGER pgtrigger_insert_insert_a6f0b AFTER INSERT ON public.parties_relation REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_insert_insert_a6f0b();
CREATE TRIGGER pgtrigger_insert_insert_a8181 AFTER INSERT ON public.cartable_cannedanswer FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_a8181();
CREATE TRIGGER pgtrigger_insert_insert_b4692 AFTER INSERT ON public.accounts_department FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_b4692();
CREATE TRIGGER pgtrigger_insert_insert_ba483 AFTER INSERT ON public.sales_assignmentrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_ba483();
CREATE TRIGGER pgtrigger_insert_insert_bc75d AFTER INSERT ON public.accounts_branch FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_bc75d();
CREATE TRIGGER pgtrigger_insert_insert_bd2f7 AFTER INSERT ON public.accounts_post FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_bd2f7();
CREATE TRIGGER pgtrigger_insert_insert_bf52e AFTER INSERT ON public.parties_address REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_insert_insert_bf52e();
CREATE TRIGGER pgtrigger_insert_insert_cc97d AFTER INSERT ON public.parties_partyfile FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_cc97d();
CREATE TRIGGER pgtrigger_insert_insert_cd3b6 AFTER INSERT ON public.parties_contactpoint REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_insert_insert_cd3b6();
CREATE TRIGGER pgtrigger_insert_insert_d4cc3 AFTER INSERT ON public.sales_dealregistration FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_d4cc3();
CREATE TRIGGER pgtrigger_insert_insert_d9a3a AFTER INSERT ON public.accounts_role FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_d9a3a();
CREATE TRIGGER pgtrigger_insert_insert_ea603 AFTER INSERT ON public.sales_partner FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_ea603();
CREATE TRIGGER pgtrigger_insert_insert_f5c0e AFTER INSERT ON public.parties_party REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_insert_insert_f5c0e();
CREATE TRIGGER pgtrigger_insert_insert_f6731 AFTER INSERT ON public.sales_leadform FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_f6731();
CREATE TRIGGER pgtrigger_insert_insert_febfb AFTER INSERT ON public.accounts_rolepermission FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_febfb();
CREATE TRIGGER pgtrigger_insert_insert_feeeb AFTER INSERT ON public.cartable_signature FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_feeeb();
CREATE TRIGGER pgtrigger_sales_commission_only_added_da81c BEFORE DELETE OR UPDATE ON public.sales_commissionentry FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_sales_commission_only_added_da81c();
CREATE TRIGGER pgtrigger_update_update_023a0 AFTER UPDATE ON public.accounts_role FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_023a0();
CREATE TRIGGER pgtrigger_update_update_03df5 AFTER UPDATE ON public.sales_leadform FOR EACH ROW WHEN (((old.branch_id IS DISTINCT FROM new.branch_id) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR ((old.consent)::text IS DISTINCT FROM (new.consent)::text) OR (old.deleted_at IS DISTINCT FROM new.deleted_at) OR (old.id IS DISTINCT FROM new.id) OR (old.intro IS DISTINCT FROM new.intro) OR (old.is_active IS DISTINCT FROM new.is_active) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR (old.pipeline_id IS DISTINCT FROM new.pipeline_id) OR (old.questions IS DISTINCT FROM new.questions) OR ((old.source)::text IS DISTINCT FROM (new.source)::text) OR (old.thanks IS DISTINCT FROM new.thanks) OR (old.version IS DISTINCT FROM new.version))) EXECUTE FUNCTION public.pgtrigger_update_update_03df5();
CREATE TRIGGER pgtrigger_update_update_0599a AFTER UPDATE ON public.core_savedview FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_0599a();
CREATE TRIGGER pgtrigger_update_update_0e890 AFTER UPDATE ON public.accounts_user FOR EACH ROW WHEN (((old.branch_id IS DISTINCT FROM new.branch_id) OR ((old.calendar)::text IS DISTINCT FROM (new.calendar)::text) OR (old.date_joined IS DISTINCT FROM new.date_joined) OR (old.department_id IS DISTINCT FROM new.department_id) OR ((old.digits)::text IS DISTINCT FROM (new.digits)::text) OR ((old.email)::text IS DISTINCT FROM (new.email)::text) OR ((old.full_name)::text IS DISTINCT FROM (new.full_name)::text) OR (old.id IS DISTINCT FROM new.id) OR (old.is_active IS DISTINCT FROM new.is_active) OR (old.is_superuser IS DISTINCT FROM new.is_superuser) OR ((old.language)::text IS DISTINCT FROM (new.language)::text) OR (old.manager_id IS DISTINCT FROM new.manager_id) OR (old.password_changed_at IS DISTINCT FROM new.password_changed_at) OR ((old.phone)::text IS DISTINCT FROM (new.phone)::text) OR ((old.search)::text IS DISTINCT FROM (new.search)::text) OR ((old.sort_key)::text IS DISTINCT FROM (new.sort_key)::text) OR ((old.theme)::text IS DISTINCT FROM (new.theme)::text) OR ((old.username)::text IS DISTINCT FROM (new.username)::text))) EXECUTE FUNCTION public.pgtrigger_update_update_0e890();
CREATE TRIGGER pgtrigger_update_update_13594 AFTER UPDATE ON public.parties_relationtype FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_13594();
CREATE TRIGGER pgtrigger_update_update_1b726 AFTER UPDATE ON public.accounts_branch FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_1b726();
CREATE TRIGGER pgtrigger_update_update_24040 AFTER UPDATE ON public.activities_outcome FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_24040();
CREATE TRIGGER pgtrigger_update_update_26188 AFTER UPDATE ON public.sales_partnerrule FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_26188();
CREATE TRIGGER pgtrigger_update_update_27d37 AFTER UPDATE ON public.sales_partnerseat FOR EACH ROW WHEN (((old.created_at IS DISTINCT FROM new.created_at) OR (old.id IS DISTINCT FROM new.id) OR (old.is_active IS DISTINCT FROM new.is_active) OR ((old.language)::text IS DISTINCT FROM (new.language)::text) OR (old.partner_id IS DISTINCT FROM new.partner_id))) EXECUTE FUNCTION public.pgtrigger_update_update_27d37();
CREATE TRIGGER pgtrigger_update_update_2995b AFTER UPDATE ON public.sales_stageapproval FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_2995b();
CREATE TRIGGER pgtrigger_update_update_2c01d AFTER UPDATE ON public.sales_dealpartner FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_2c01d();
CREATE TRIGGER pgtrigger_update_update_36380 AFTER UPDATE ON public.sales_dealregistration FOR EACH ROW WHEN (((old.amount IS DISTINCT FROM new.amount) OR (old.came_with_id IS DISTINCT FROM new.came_with_id) OR (old.deal_id IS DISTINCT FROM new.deal_id) OR (old.decided_at IS DISTINCT FROM new.decided_at) OR (old.decided_by_id IS DISTINCT FROM new.decided_by_id) OR (old.exclusive_until IS DISTINCT FROM new.exclusive_until) OR ((old.fingerprint)::text IS DISTINCT FROM (new.fingerprint)::text) OR (old.id IS DISTINCT FROM new.id) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR (old.lapsed_at IS DISTINCT FROM new.lapsed_at) OR (old.partner_id IS DISTINCT FROM new.partner_id) OR (old.party_id IS DISTINCT FROM new.party_id) OR ((old.product)::text IS DISTINCT FROM (new.product)::text) OR (old.received_at IS DISTINCT FROM new.received_at) OR ((old.remark)::text IS DISTINCT FROM (new.remark)::text) OR (old.rival_id IS DISTINCT FROM new.rival_id) OR (old.rival_deal_id IS DISTINCT FROM new.rival_deal_id) OR (old.seat_id IS DISTINCT FROM new.seat_id) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.version IS DISTINCT FROM new.version))) EXECUTE FUNCTION public.pgtrigger_update_update_36380();
CREATE TRIGGER pgtrigger_update_update_422d0 AFTER UPDATE ON public.sales_saleschannel FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_422d0();
CREATE TRIGGER pgtrigger_update_update_474d1 AFTER UPDATE ON public.parties_category FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_474d1();
CREATE TRIGGER pgtrigger_update_update_4a320 AFTER UPDATE ON public.accounts_post FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_4a320();
CREATE TRIGGER pgtrigger_update_update_4e37f AFTER UPDATE ON public.sales_assignmentrule FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_4e37f();
CREATE TRIGGER pgtrigger_update_update_51974 AFTER UPDATE ON public.sales_deal FOR EACH ROW WHEN (((old.amount IS DISTINCT FROM new.amount) OR (old.branch_id IS DISTINCT FROM new.branch_id) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR ((old.channel)::text IS DISTINCT FROM (new.channel)::text) OR (old.close_on IS DISTINCT FROM new.close_on) OR (old.closed_at IS DISTINCT FROM new.closed_at) OR ((old.competitor)::text IS DISTINCT FROM (new.competitor)::text) OR (old.created_by_id IS DISTINCT FROM new.created_by_id) OR (old.custom IS DISTINCT FROM new.custom) OR (old.deleted_at IS DISTINCT FROM new.deleted_at) OR (old.department_id IS DISTINCT FROM new.department_id) OR (old.id IS DISTINCT FROM new.id) OR (old.is_hot IS DISTINCT FROM new.is_hot) OR (old.joined_into_id IS DISTINCT FROM new.joined_into_id) OR (old.lost_note IS DISTINCT FROM new.lost_note) OR (old.lost_reason_id IS DISTINCT FROM new.lost_reason_id) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR (old.note IS DISTINCT FROM new.note) OR (old.opened_at IS DISTINCT FROM new.opened_at) OR (old.owner_id IS DISTINCT FROM new.owner_id) OR (old.partner_id IS DISTINCT FROM new.partner_id) OR (old.party_id IS DISTINCT FROM new.party_id) OR (old.pipeline_id IS DISTINCT FROM new.pipeline_id) OR (old.probability IS DISTINCT FROM new.probability) OR ((old.source)::text IS DISTINCT FROM (new.source)::text) OR (old.split_from_id IS DISTINCT FROM new.split_from_id) OR (old.stage_id IS DISTINCT FROM new.stage_id) OR (old.stage_since IS DISTINCT FROM new.stage_since) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.tag_ids IS DISTINCT FROM new.tag_ids) OR (old.version IS DISTINCT FROM new.version))) EXECUTE FUNCTION public.pgtrigger_update_update_51974();
CREATE TRIGGER pgtrigger_update_update_55381 AFTER UPDATE ON public.sales_dealperson FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_55381();
CREATE TRIGGER pgtrigger_update_update_560df AFTER UPDATE ON public.cartable_skill FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_560df();
CREATE TRIGGER pgtrigger_update_update_57855 AFTER UPDATE ON public.cartable_cannedanswer FOR EACH ROW WHEN (((old.body IS DISTINCT FROM new.body) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.changed_by_id IS DISTINCT FROM new.changed_by_id) OR (old.created_at IS DISTINCT FROM new.created_at) OR (old.deleted_at IS DISTINCT FROM new.deleted_at) OR (old.department_id IS DISTINCT FROM new.department_id) OR (old.id IS DISTINCT FROM new.id) OR (old.owner_id IS DISTINCT FROM new.owner_id) OR ((old.shortcut)::text IS DISTINCT FROM (new.shortcut)::text) OR ((old.title)::text IS DISTINCT FROM (new.title)::text) OR (old.version IS DISTINCT FROM new.version))) EXECUTE FUNCTION public.pgtrigger_update_update_57855();
CREATE TRIGGER pgtrigger_update_update_5a606 AFTER UPDATE ON public.parties_segment FOR EACH ROW WHEN (((old.branch_id IS DISTINCT FROM new.branch_id) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.created_at IS DISTINCT FROM new.created_at) OR (old.deleted_at IS DISTINCT FROM new.deleted_at) OR ((old.description)::text IS DISTINCT FROM (new.description)::text) OR (old.id IS DISTINCT FROM new.id) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR (old.owner_id IS DISTINCT FROM new.owner_id) OR (old.rule IS DISTINCT FROM new.rule) OR (old.version IS DISTINCT FROM new.version))) EXECUTE FUNCTION public.pgtrigger_update_update_5a606();
CREATE TRIGGER pgtrigger_update_update_6a4f2 AFTER UPDATE ON public.parties_partynote REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_6a4f2();
CREATE TRIGGER pgtrigger_update_update_7bdf6 AFTER UPDATE ON public.parties_identifier REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_7bdf6();
CREATE TRIGGER pgtrigger_update_update_815a8 AFTER UPDATE ON public.sales_commissionstatement FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_815a8();
CREATE TRIGGER pgtrigger_update_update_837ed AFTER UPDATE ON public.accounts_rolepermission FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_837ed();
CREATE TRIGGER pgtrigger_update_update_9b21b AFTER UPDATE ON public.sales_stage FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_9b21b();
CREATE TRIGGER pgtrigger_update_update_9bd6d AFTER UPDATE ON public.parties_profile FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_9bd6d();
CREATE TRIGGER pgtrigger_update_update_9ddf1 AFTER UPDATE ON public.sales_lostreason FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_9ddf1();
CREATE TRIGGER pgtrigger_update_update_a8fec AFTER UPDATE ON public.parties_relation REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_a8fec();
CREATE TRIGGER pgtrigger_update_update_add22 AFTER UPDATE ON public.cartable_routingrule FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_add22();
CREATE TRIGGER pgtrigger_update_update_afd13 AFTER UPDATE ON public.accounts_department FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_afd13();
CREATE TRIGGER pgtrigger_update_update_b18af AFTER UPDATE ON public.sales_partner FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_b18af();
CREATE TRIGGER pgtrigger_update_update_b22d0 AFTER UPDATE ON public.accounts_substitution FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_b22d0();
CREATE TRIGGER pgtrigger_update_update_b27dc AFTER UPDATE ON public.parties_contactpoint REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_b27dc();
CREATE TRIGGER pgtrigger_update_update_b2dcb AFTER UPDATE ON public.cartable_seat FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_b2dcb();
CREATE TRIGGER pgtrigger_update_update_c11e0 AFTER UPDATE ON public.parties_partyfile FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_c11e0();
CREATE TRIGGER pgtrigger_update_update_c158d AFTER UPDATE ON public.cartable_signature FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_c158d();
CREATE TRIGGER pgtrigger_update_update_c1c49 AFTER UPDATE ON public.sales_pipeline FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_c1c49();
CREATE TRIGGER pgtrigger_update_update_db520 AFTER UPDATE ON public.parties_party REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_db520();
CREATE TRIGGER pgtrigger_update_update_db937 AFTER UPDATE ON public.parties_address REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_db937();
CREATE TRIGGER pgtrigger_update_update_df53b AFTER UPDATE ON public.accounts_apitoken FOR EACH ROW WHEN (((old.created_at IS DISTINCT FROM new.created_at) OR (old.expires_at IS DISTINCT FROM new.expires_at) OR (old.id IS DISTINCT FROM new.id) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR ((old.prefix)::text IS DISTINCT FROM (new.prefix)::text) OR (old.revoked_at IS DISTINCT FROM new.revoked_at) OR (old.scopes IS DISTINCT FROM new.scopes) OR (old.user_id IS DISTINCT FROM new.user_id))) EXECUTE FUNCTION public.pgtrigger_update_update_df53b();
CREATE TRIGGER pgtrigger_update_update_df62f AFTER UPDATE ON public.sales_dealshare FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_df62f();
CREATE TRIGGER pgtrigger_update_update_f0e9e AFTER UPDATE ON public.accounts_rolegrant FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_f0e9e();
CREATE TRIGGER pgtrigger_update_update_f3ab5 AFTER UPDATE ON public.parties_partyrole REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_update_update_f3ab5();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_user_id_bbee13e0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_branch
    ADD CONSTRAINT accounts_branch_parent_id_84ec588e_fk_accounts_branch_id FOREIGN KEY (parent_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_department
    ADD CONSTRAINT accounts_department_branch_id_1b235193_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_notification
    ADD CONSTRAINT accounts_notification_user_id_30e6cfc5_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_department_id_3b115e2a_fk_accounts_department_id FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_holder_id_cbc031dd_fk_accounts_user_id FOREIGN KEY (holder_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_rolegrant
    ADD CONSTRAINT accounts_rolegrant_role_id_3fc2ca40_fk_accounts_role_id FOREIGN KEY (role_id) REFERENCES public.accounts_role(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_rolegrant
    ADD CONSTRAINT accounts_rolegrant_user_id_0601f056_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_rolepermission
    ADD CONSTRAINT accounts_rolepermission_role_id_db688956_fk_accounts_role_id FOREIGN KEY (role_id) REFERENCES public.accounts_role(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_substitution
    ADD CONSTRAINT accounts_substitutio_substitute_id_d0faef85_fk_accounts_ FOREIGN KEY (substitute_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_substitution
    ADD CONSTRAINT accounts_substitution_by_id_b92398e8_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_substitution
    ADD CONSTRAINT accounts_substitution_person_id_ee5126aa_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_branch_id_38ec6caf_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_department_id_8dc06840_fk_accounts_department_id FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_manager_id_57cc9038_fk_accounts_user_id FOREIGN KEY (manager_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_branch_id_69054009_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_created_by_id_b5334206_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_deleted_by_id_19b0bfe8_fk_accounts_user_id FOREIGN KEY (deleted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_department_id_8f6edaca_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_done_by_id_dc6bef25_fk_accounts_user_id FOREIGN KEY (done_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_follows_id_21bded3d_fk_activitie FOREIGN KEY (follows_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_outcome_id_6a19b04c_fk_activitie FOREIGN KEY (outcome_id) REFERENCES public.activities_outcome(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_owner_id_44d8a0b4_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_party_id_fc259239_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_activity
    ADD CONSTRAINT activities_activity_series_id_e23339ff_fk_activities_series_id FOREIGN KEY (series_id) REFERENCES public.activities_series(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_decision
    ADD CONSTRAINT activities_decision_minutes_id_f43f4906_fk_activitie FOREIGN KEY (minutes_id) REFERENCES public.activities_minutes(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_decision
    ADD CONSTRAINT activities_decision_owner_id_01597b8c_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_decision
    ADD CONSTRAINT activities_decision_task_id_1bc647df_fk_activities_activity_id FOREIGN KEY (task_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_feed
    ADD CONSTRAINT activities_feed_user_id_b3e4bccf_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_invitee
    ADD CONSTRAINT activities_invitee_activity_id_8ffafc4c_fk_activitie FOREIGN KEY (activity_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_invitee
    ADD CONSTRAINT activities_invitee_party_id_7fd910b9_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_invitee
    ADD CONSTRAINT activities_invitee_user_id_6fb2fbf3_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_link
    ADD CONSTRAINT activities_link_activity_id_3c9df90c_fk_activities_activity_id FOREIGN KEY (activity_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_minutes
    ADD CONSTRAINT activities_minutes_activity_id_3ba92fc4_fk_activitie FOREIGN KEY (activity_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_minutes
    ADD CONSTRAINT activities_minutes_written_by_id_87be4694_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_movedlink
    ADD CONSTRAINT activities_movedlink_activity_id_3a0e9863_fk_activitie FOREIGN KEY (activity_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_outside
    ADD CONSTRAINT activities_outside_activity_id_c86183ae_fk_activitie FOREIGN KEY (activity_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_outside
    ADD CONSTRAINT activities_outside_message_id_59f9e15a_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_outside
    ADD CONSTRAINT activities_outside_series_id_e9e669ae_fk_activitie FOREIGN KEY (series_id) REFERENCES public.activities_outsideseries(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_outside
    ADD CONSTRAINT activities_outside_user_id_6834cd1e_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_outsideseries
    ADD CONSTRAINT activities_outsidese_message_id_93bddd87_fk_channels_ FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_outsideseries
    ADD CONSTRAINT activities_outsideseries_user_id_c8325e43_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_reminded
    ADD CONSTRAINT activities_reminded_activity_id_18ef0968_fk_activitie FOREIGN KEY (activity_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_reminded
    ADD CONSTRAINT activities_reminded_user_id_1855ecb6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_series
    ADD CONSTRAINT activities_series_created_by_id_4addfcea_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_step
    ADD CONSTRAINT activities_step_activity_id_f281d5ce_fk_activities_activity_id FOREIGN KEY (activity_id) REFERENCES public.activities_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_step
    ADD CONSTRAINT activities_step_actor_id_fc207d77_fk_accounts_user_id FOREIGN KEY (actor_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_synced
    ADD CONSTRAINT activities_synced_user_id_5a476e38_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.activities_told
    ADD CONSTRAINT activities_told_message_id_b539eeb6_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_about_id_91bdcdbc_fk_channels_message_id FOREIGN KEY (about_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_author_id_4bd30450_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer_files
    ADD CONSTRAINT cartable_answer_files_answer_id_ec0120fa_fk_cartable_answer_id FOREIGN KEY (answer_id) REFERENCES public.cartable_answer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer_files
    ADD CONSTRAINT cartable_answer_files_file_id_c53ae659_fk_core_file_id FOREIGN KEY (file_id) REFERENCES public.core_file(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_message_id_53a9a4e1_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_request_id_48924a3a_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_reviewer_id_3cf38c36_fk_accounts_user_id FOREIGN KEY (reviewer_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_answer
    ADD CONSTRAINT cartable_answer_rule_id_4a83953e_fk_cartable_approvalrule_id FOREIGN KEY (rule_id) REFERENCES public.cartable_approvalrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_approvalrule
    ADD CONSTRAINT cartable_approvalrul_category_id_092903b6_fk_parties_c FOREIGN KEY (category_id) REFERENCES public.parties_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_approvalrule
    ADD CONSTRAINT cartable_approvalrul_department_id_9ad63276_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_approvalrule
    ADD CONSTRAINT cartable_approvalrule_kind_id_7b54c5e5_fk_cartable_kind_id FOREIGN KEY (kind_id) REFERENCES public.cartable_kind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_article
    ADD CONSTRAINT cartable_article_changed_by_id_e3f0e7ad_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_article
    ADD CONSTRAINT cartable_article_created_by_id_8f42be6f_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_article
    ADD CONSTRAINT cartable_article_topic_id_3011ec22_fk_cartable_topic_id FOREIGN KEY (topic_id) REFERENCES public.cartable_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_articleversion
    ADD CONSTRAINT cartable_articlevers_article_id_cec75cee_fk_cartable_ FOREIGN KEY (article_id) REFERENCES public.cartable_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_articleversion
    ADD CONSTRAINT cartable_articleversion_by_id_e9bb1050_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_cannedanswer
    ADD CONSTRAINT cartable_cannedanswe_changed_by_id_0356389a_fk_accounts_ FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_cannedanswer
    ADD CONSTRAINT cartable_cannedanswe_department_id_052519eb_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_cannedanswer
    ADD CONSTRAINT cartable_cannedanswer_owner_id_09f845ec_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_canneduse
    ADD CONSTRAINT cartable_canneduse_canned_id_3384a634_fk_cartable_ FOREIGN KEY (canned_id) REFERENCES public.cartable_cannedanswer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_canneduse
    ADD CONSTRAINT cartable_canneduse_user_id_9f178b1d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_confidant
    ADD CONSTRAINT cartable_confidant_by_id_1bcd1e82_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_confidant
    ADD CONSTRAINT cartable_confidant_request_id_e5856e1f_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_confidant
    ADD CONSTRAINT cartable_confidant_user_id_df9b452a_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_confidentialview
    ADD CONSTRAINT cartable_confidentia_request_id_a7a0cb01_fk_cartable_ FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_confidentialview
    ADD CONSTRAINT cartable_confidentialview_user_id_c8caf677_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_endorsement
    ADD CONSTRAINT cartable_endorsement_answer_id_3d5d0b41_fk_cartable_answer_id FOREIGN KEY (answer_id) REFERENCES public.cartable_answer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_endorsement
    ADD CONSTRAINT cartable_endorsement_copy_id_1d61970e_fk_cartable_referral_id FOREIGN KEY (copy_id) REFERENCES public.cartable_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_endorsement
    ADD CONSTRAINT cartable_endorsement_instead_of_id_fafef068_fk_accounts_user_id FOREIGN KEY (instead_of_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_endorsement
    ADD CONSTRAINT cartable_endorsement_user_id_3bfeaf7a_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_kind
    ADD CONSTRAINT cartable_kind_department_id_27788b3a_fk_accounts_department_id FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_mention
    ADD CONSTRAINT cartable_mention_note_id_31bd4835_fk_cartable_note_id FOREIGN KEY (note_id) REFERENCES public.cartable_note(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_mention
    ADD CONSTRAINT cartable_mention_request_id_8a09c182_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_mention
    ADD CONSTRAINT cartable_mention_user_id_a9e9c877_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_note
    ADD CONSTRAINT cartable_note_author_id_34dd35f3_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_note_files
    ADD CONSTRAINT cartable_note_files_file_id_39883ed0_fk_core_file_id FOREIGN KEY (file_id) REFERENCES public.core_file(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_note_files
    ADD CONSTRAINT cartable_note_files_note_id_7eba77da_fk_cartable_note_id FOREIGN KEY (note_id) REFERENCES public.cartable_note(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_note
    ADD CONSTRAINT cartable_note_request_id_2cf0f953_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_presence
    ADD CONSTRAINT cartable_presence_request_id_17ee8f77_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_presence
    ADD CONSTRAINT cartable_presence_user_id_2e0ebe89_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_readmark
    ADD CONSTRAINT cartable_readmark_request_id_7f6b87f1_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_readmark
    ADD CONSTRAINT cartable_readmark_user_id_0ce51575_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_receipt
    ADD CONSTRAINT cartable_receipt_message_id_7e3204fa_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_receipt
    ADD CONSTRAINT cartable_receipt_request_id_0adf10de_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_action_id_8c1d2c3f_fk_cartable_ FOREIGN KEY (action_id) REFERENCES public.cartable_referralaction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_by_id_b8812c3c_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_instead_of_id_982454be_fk_accounts_user_id FOREIGN KEY (instead_of_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_parent_id_ca138b21_fk_cartable_referral_id FOREIGN KEY (parent_id) REFERENCES public.cartable_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_request_id_38aaee0f_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_taken_by_id_b4210b9b_fk_accounts_user_id FOREIGN KEY (taken_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_to_branch_id_98bb3abd_fk_accounts_branch_id FOREIGN KEY (to_branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_to_department_id_72cceb2a_fk_accounts_ FOREIGN KEY (to_department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_to_post_id_00be4890_fk_accounts_post_id FOREIGN KEY (to_post_id) REFERENCES public.accounts_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_referral
    ADD CONSTRAINT cartable_referral_to_user_id_cf51f31f_fk_accounts_user_id FOREIGN KEY (to_user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regrouping_sources
    ADD CONSTRAINT cartable_regrouping__regrouping_id_7a38f58c_fk_cartable_ FOREIGN KEY (regrouping_id) REFERENCES public.cartable_regrouping(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regrouping_sources
    ADD CONSTRAINT cartable_regrouping__request_id_e3ad7f23_fk_cartable_ FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regrouping
    ADD CONSTRAINT cartable_regrouping_by_id_648e296e_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regrouping
    ADD CONSTRAINT cartable_regrouping_target_id_b597a9b2_fk_cartable_request_id FOREIGN KEY (target_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regrouping
    ADD CONSTRAINT cartable_regrouping_undone_by_id_ac7b2b58_fk_accounts_user_id FOREIGN KEY (undone_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regroupmove
    ADD CONSTRAINT cartable_regroupmove_regrouping_id_4ece6fbb_fk_cartable_ FOREIGN KEY (regrouping_id) REFERENCES public.cartable_regrouping(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regroupmove
    ADD CONSTRAINT cartable_regroupmove_source_id_5d694626_fk_cartable_request_id FOREIGN KEY (source_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_regrouprow
    ADD CONSTRAINT cartable_regrouprow_regrouping_id_c15c163c_fk_cartable_ FOREIGN KEY (regrouping_id) REFERENCES public.cartable_regrouping(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_assignee_id_73c9615a_fk_accounts_user_id FOREIGN KEY (assignee_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_branch_id_f79c95cd_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_channel_id_1ee9ce4e_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_created_by_id_aa9a67e2_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_department_id_7f56cbee_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_kind_id_cff81473_fk_cartable_kind_id FOREIGN KEY (kind_id) REFERENCES public.cartable_kind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_merged_into_id_e2d85d83_fk_cartable_request_id FOREIGN KEY (merged_into_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_officer_id_a4e996ce_fk_accounts_user_id FOREIGN KEY (officer_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_parent_id_f9fa5075_fk_cartable_request_id FOREIGN KEY (parent_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_party_id_86a1d316_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_perhaps_of_id_5b22b627_fk_cartable_request_id FOREIGN KEY (perhaps_of_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_request
    ADD CONSTRAINT cartable_request_post_id_0033edad_fk_accounts_post_id FOREIGN KEY (post_id) REFERENCES public.accounts_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_requestmessage
    ADD CONSTRAINT cartable_requestmess_message_id_6aa99458_fk_channels_ FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_requestmessage
    ADD CONSTRAINT cartable_requestmess_request_id_74e4cf0d_fk_cartable_ FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_returnrule
    ADD CONSTRAINT cartable_returnrule_department_id_226f718f_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_returnrule
    ADD CONSTRAINT cartable_returnrule_kind_id_b85c731c_fk_cartable_kind_id FOREIGN KEY (kind_id) REFERENCES public.cartable_kind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_routed
    ADD CONSTRAINT cartable_routed_request_id_a6e47603_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_routed
    ADD CONSTRAINT cartable_routed_rule_id_44dcb688_fk_cartable_routingrule_id FOREIGN KEY (rule_id) REFERENCES public.cartable_routingrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_ruleapprover
    ADD CONSTRAINT cartable_ruleapprove_rule_id_d450a288_fk_cartable_ FOREIGN KEY (rule_id) REFERENCES public.cartable_approvalrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_ruleapprover
    ADD CONSTRAINT cartable_ruleapprover_post_id_ab9c1c75_fk_accounts_post_id FOREIGN KEY (post_id) REFERENCES public.accounts_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_ruleapprover
    ADD CONSTRAINT cartable_ruleapprover_user_id_1c068333_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_seat
    ADD CONSTRAINT cartable_seat_user_id_063d1e08_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_signature
    ADD CONSTRAINT cartable_signature_changed_by_id_0e696fb5_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_signature
    ADD CONSTRAINT cartable_signature_department_id_77795dfd_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_signature
    ADD CONSTRAINT cartable_signature_owner_id_ed9f9f55_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_slapolicy
    ADD CONSTRAINT cartable_slapolicy_kind_id_1bc4887d_fk_cartable_kind_id FOREIGN KEY (kind_id) REFERENCES public.cartable_kind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_snooze
    ADD CONSTRAINT cartable_snooze_request_id_3da2f400_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_snooze
    ADD CONSTRAINT cartable_snooze_user_id_dda5f737_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_actor_id_45e7d5bf_fk_accounts_user_id FOREIGN KEY (actor_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_answer_id_17e03885_fk_cartable_answer_id FOREIGN KEY (answer_id) REFERENCES public.cartable_answer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_instead_of_id_8648ea1a_fk_accounts_user_id FOREIGN KEY (instead_of_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_message_id_fa2f5d41_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_note_id_773394e4_fk_cartable_note_id FOREIGN KEY (note_id) REFERENCES public.cartable_note(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_referral_id_a6f880ed_fk_cartable_referral_id FOREIGN KEY (referral_id) REFERENCES public.cartable_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_step
    ADD CONSTRAINT cartable_step_request_id_d3f3ffbc_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_survey
    ADD CONSTRAINT cartable_survey_message_id_9d086d7d_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_survey
    ADD CONSTRAINT cartable_survey_request_id_39d6acb7_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_tie
    ADD CONSTRAINT cartable_tie_by_id_b76925c8_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_tie
    ADD CONSTRAINT cartable_tie_source_id_5f781152_fk_cartable_request_id FOREIGN KEY (source_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_tie
    ADD CONSTRAINT cartable_tie_target_id_0499c16d_fk_cartable_request_id FOREIGN KEY (target_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cartable_turn
    ADD CONSTRAINT cartable_turn_user_id_b45f7555_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_attachment
    ADD CONSTRAINT channels_attachment_file_id_8f2ea581_fk_core_file_id FOREIGN KEY (file_id) REFERENCES public.core_file(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_attachment
    ADD CONSTRAINT channels_attachment_message_id_b6c11d0e_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_branch_id_404d791b_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_department_id_da40851d_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_hiddenwords
    ADD CONSTRAINT channels_hiddenwords_message_id_6e66f691_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_mailbox
    ADD CONSTRAINT channels_mailbox_channel_id_b56e6e4a_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_message
    ADD CONSTRAINT channels_message_channel_id_8465f8de_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_message
    ADD CONSTRAINT channels_message_created_by_id_094f21e0_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_message
    ADD CONSTRAINT channels_message_raw_id_f78aab6c_fk_core_blob_sha256 FOREIGN KEY (raw_id) REFERENCES public.core_blob(sha256) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_sighting
    ADD CONSTRAINT channels_sighting_channel_id_ef38c40a_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_sighting
    ADD CONSTRAINT channels_sighting_message_id_8f4bbb12_fk_channels_message_id FOREIGN KEY (message_id) REFERENCES public.channels_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_deadletter
    ADD CONSTRAINT core_deadletter_delivery_id_1bf2bb72_fk_core_outboxdelivery_id FOREIGN KEY (delivery_id) REFERENCES public.core_outboxdelivery(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_deadletter
    ADD CONSTRAINT core_deadletter_resolved_by_id_7e82290a_fk_accounts_user_id FOREIGN KEY (resolved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_file
    ADD CONSTRAINT core_file_blob_id_ea9202f2_fk_core_blob_sha256 FOREIGN KEY (blob_id) REFERENCES public.core_blob(sha256) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_file
    ADD CONSTRAINT core_file_uploaded_by_id_4c9a235f_fk_accounts_user_id FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_idempotencykey
    ADD CONSTRAINT core_idempotencykey_user_id_ca0b627c_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_import
    ADD CONSTRAINT core_import_check_job_id_683df8e4_fk_core_longjob_id FOREIGN KEY (check_job_id) REFERENCES public.core_longjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_import
    ADD CONSTRAINT core_import_job_id_6e2a8b46_fk_core_longjob_id FOREIGN KEY (job_id) REFERENCES public.core_longjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_import
    ADD CONSTRAINT core_import_owner_id_2d01f65d_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_import
    ADD CONSTRAINT core_import_read_job_id_37625140_fk_core_longjob_id FOREIGN KEY (read_job_id) REFERENCES public.core_longjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_import
    ADD CONSTRAINT core_import_undo_job_id_fb785f17_fk_core_longjob_id FOREIGN KEY (undo_job_id) REFERENCES public.core_longjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_importblock
    ADD CONSTRAINT core_importblock_of_id_428193ea_fk_core_import_id FOREIGN KEY (of_id) REFERENCES public.core_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_importchunk
    ADD CONSTRAINT core_importchunk_of_id_f8351b4c_fk_core_import_id FOREIGN KEY (of_id) REFERENCES public.core_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_importkeys
    ADD CONSTRAINT core_importkeys_of_id_426d708a_fk_core_import_id FOREIGN KEY (of_id) REFERENCES public.core_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_importmapping
    ADD CONSTRAINT core_importmapping_owner_id_205ab8ab_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_longjob
    ADD CONSTRAINT core_longjob_owner_id_2ffbb6e5_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_longjob
    ADD CONSTRAINT core_longjob_undo_of_id_076f7396_fk_core_longjob_id FOREIGN KEY (undo_of_id) REFERENCES public.core_longjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_longjobitem
    ADD CONSTRAINT core_longjobitem_job_id_4d78be92_fk_core_longjob_id FOREIGN KEY (job_id) REFERENCES public.core_longjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_longjobpart
    ADD CONSTRAINT core_longjobpart_job_id_fb2f69d3_fk_core_longjob_id FOREIGN KEY (job_id) REFERENCES public.core_longjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_outboxdelivery
    ADD CONSTRAINT core_outboxdelivery_event_id_21676d1b_fk_core_outboxevent_id FOREIGN KEY (event_id) REFERENCES public.core_outboxevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.core_savedview
    ADD CONSTRAINT core_savedview_owner_id_33564278_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_accesslog
    ADD CONSTRAINT parties_accesslog_party_id_9c8fe3bc_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_accesslog
    ADD CONSTRAINT parties_accesslog_user_id_24da4c3a_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_address
    ADD CONSTRAINT parties_address_party_id_a263152e_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_categoryfield
    ADD CONSTRAINT parties_categoryfiel_category_id_ed61392e_fk_parties_c FOREIGN KEY (category_id) REFERENCES public.parties_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_categoryfield
    ADD CONSTRAINT parties_categoryfield_field_id_13a777ce_fk_core_customfield_id FOREIGN KEY (field_id) REFERENCES public.core_customfield(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_consent
    ADD CONSTRAINT parties_consent_by_id_2adcc007_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_consent
    ADD CONSTRAINT parties_consent_contact_point_id_4ce8eed0_fk_parties_c FOREIGN KEY (contact_point_id) REFERENCES public.parties_contactpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_consent
    ADD CONSTRAINT parties_consent_party_id_5671a697_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_contactpoint
    ADD CONSTRAINT parties_contactpoint_party_id_484e083f_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_duplicatepair
    ADD CONSTRAINT parties_duplicatepai_decided_by_id_67fc5586_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_duplicatepair
    ADD CONSTRAINT parties_duplicatepair_first_id_49debf55_fk_parties_party_id FOREIGN KEY (first_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_duplicatepair
    ADD CONSTRAINT parties_duplicatepair_second_id_dec99d63_fk_parties_party_id FOREIGN KEY (second_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_identifier
    ADD CONSTRAINT parties_identifier_party_id_98d29d6f_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_by_id_dbcbd365_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_survivor_id_05f4cfca_fk_parties_party_id FOREIGN KEY (survivor_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_undone_by_id_7cee4532_fk_accounts_user_id FOREIGN KEY (undone_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_mergemove
    ADD CONSTRAINT parties_mergemove_merge_id_23fcb4df_fk_parties_merge_id FOREIGN KEY (merge_id) REFERENCES public.parties_merge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_mergerow
    ADD CONSTRAINT parties_mergerow_merge_id_47f69f12_fk_parties_merge_id FOREIGN KEY (merge_id) REFERENCES public.parties_merge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_mergesource
    ADD CONSTRAINT parties_mergesource_merge_id_7ce6b2a6_fk_parties_merge_id FOREIGN KEY (merge_id) REFERENCES public.parties_merge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_mergesource
    ADD CONSTRAINT parties_mergesource_party_id_fca6b5c4_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_branch_id_96ac6a86_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_category_id_f86863e9_fk_parties_category_id FOREIGN KEY (category_id) REFERENCES public.parties_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_deleted_by_id_15ef9733_fk_accounts_user_id FOREIGN KEY (deleted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_merged_into_id_83b7b758_fk_parties_party_id FOREIGN KEY (merged_into_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_organisation_id_7949977e_fk_parties_party_id FOREIGN KEY (organisation_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_owner_id_11527059_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_partyfile
    ADD CONSTRAINT parties_partyfile_added_by_id_9a1a69bf_fk_accounts_user_id FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_partyfile
    ADD CONSTRAINT parties_partyfile_file_id_f0bfb7cb_fk_core_file_id FOREIGN KEY (file_id) REFERENCES public.core_file(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_partyfile
    ADD CONSTRAINT parties_partyfile_party_id_87178a41_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_partynote
    ADD CONSTRAINT parties_partynote_author_id_6daf0b5a_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_partynote
    ADD CONSTRAINT parties_partynote_party_id_6a14b972_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_partyrole
    ADD CONSTRAINT parties_partyrole_party_id_d0c94800_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_profile
    ADD CONSTRAINT parties_profile_party_id_c229434e_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_created_by_id_e947364f_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_source_id_eaaf97c0_fk_parties_party_id FOREIGN KEY (source_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_target_id_0c3159da_fk_parties_party_id FOREIGN KEY (target_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_type_id_c110dd05_fk_parties_relationtype_id FOREIGN KEY (type_id) REFERENCES public.parties_relationtype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_segment
    ADD CONSTRAINT parties_segment_branch_id_45baae01_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_segment
    ADD CONSTRAINT parties_segment_owner_id_5df0d84d_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_segmentmember
    ADD CONSTRAINT parties_segmentmember_party_id_8c612315_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_segmentmember
    ADD CONSTRAINT parties_segmentmember_segment_id_094998ba_fk_parties_segment_id FOREIGN KEY (segment_id) REFERENCES public.parties_segment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_segmentsize
    ADD CONSTRAINT parties_segmentsize_segment_id_01c2c621_fk_parties_segment_id FOREIGN KEY (segment_id) REFERENCES public.parties_segment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.sales_assigned
    ADD CONSTRAINT sales_assigned_deal_id_d593a2f8_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_assigned
    ADD CONSTRAINT sales_assigned_owner_id_b79a8308_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_assigned
    ADD CONSTRAINT sales_assigned_rule_id_3bc652a0_fk_sales_assignmentrule_id FOREIGN KEY (rule_id) REFERENCES public.sales_assignmentrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_commissionentry
    ADD CONSTRAINT sales_commissionentr_reverses_id_d5bf8c45_fk_sales_com FOREIGN KEY (reverses_id) REFERENCES public.sales_commissionentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_commissionentry
    ADD CONSTRAINT sales_commissionentry_deal_id_d1642455_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_commissionentry
    ADD CONSTRAINT sales_commissionentry_partner_id_b5dd548d_fk_sales_partner_id FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_commissionentry
    ADD CONSTRAINT sales_commissionentry_rule_id_b7f8a5e8_fk_sales_partnerrule_id FOREIGN KEY (rule_id) REFERENCES public.sales_partnerrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_commissionstatement
    ADD CONSTRAINT sales_commissionstat_confirmed_by_id_4f4a1b47_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_commissionstatement
    ADD CONSTRAINT sales_commissionstat_paid_by_id_a69aeb14_fk_accounts_ FOREIGN KEY (paid_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_commissionstatement
    ADD CONSTRAINT sales_commissionstat_partner_id_4d1c69f3_fk_sales_par FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_branch_id_fdc2dbbc_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_created_by_id_3ae83237_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_department_id_9d338b01_fk_accounts_department_id FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_joined_into_id_c1b32efe_fk_sales_deal_id FOREIGN KEY (joined_into_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_lost_reason_id_8f63693f_fk_sales_lostreason_id FOREIGN KEY (lost_reason_id) REFERENCES public.sales_lostreason(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_owner_id_8cbcac62_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_partner_id_f524dae6_fk_sales_partner_id FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_party_id_5845521b_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_pipeline_id_66659db6_fk_sales_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_split_from_id_ecf5b16a_fk_sales_deal_id FOREIGN KEY (split_from_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_deal
    ADD CONSTRAINT sales_deal_stage_id_3f0ff4a2_fk_sales_stage_id FOREIGN KEY (stage_id) REFERENCES public.sales_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealpartner
    ADD CONSTRAINT sales_dealpartner_deal_id_fd04e952_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealpartner
    ADD CONSTRAINT sales_dealpartner_partner_id_57acc521_fk_sales_partner_id FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealpartner
    ADD CONSTRAINT sales_dealpartner_via_id_8ad455f7_fk_sales_deal_id FOREIGN KEY (via_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealpassage
    ADD CONSTRAINT sales_dealpassage_deal_id_b148ce5d_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealpassage
    ADD CONSTRAINT sales_dealpassage_furthest_id_a2cede8d_fk_sales_stage_id FOREIGN KEY (furthest_id) REFERENCES public.sales_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealpassage
    ADD CONSTRAINT sales_dealpassage_pipeline_id_fddeaff5_fk_sales_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealperson
    ADD CONSTRAINT sales_dealperson_deal_id_8ee481e9_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealperson
    ADD CONSTRAINT sales_dealperson_party_id_6188231a_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistrati_decided_by_id_7e0ab29a_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistrati_rival_id_77b5994b_fk_sales_dea FOREIGN KEY (rival_id) REFERENCES public.sales_dealregistration(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistration_came_with_id_2e61900c_fk_sales_deal_id FOREIGN KEY (came_with_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistration_deal_id_e735df51_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistration_partner_id_d52ca00b_fk_sales_partner_id FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistration_party_id_95b370bf_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistration_rival_deal_id_77cafefd_fk_sales_deal_id FOREIGN KEY (rival_deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealregistration
    ADD CONSTRAINT sales_dealregistration_seat_id_67fad4df_fk_sales_partnerseat_id FOREIGN KEY (seat_id) REFERENCES public.sales_partnerseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealrequest
    ADD CONSTRAINT sales_dealrequest_by_id_e88322cf_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealrequest
    ADD CONSTRAINT sales_dealrequest_deal_id_89c5f6e0_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealrequest
    ADD CONSTRAINT sales_dealrequest_request_id_49a8701e_fk_cartable_request_id FOREIGN KEY (request_id) REFERENCES public.cartable_request(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealshare
    ADD CONSTRAINT sales_dealshare_deal_id_12b77584_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealshare
    ADD CONSTRAINT sales_dealshare_user_id_f045cdae_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_branch_id_9590a873_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_by_id_691800bf_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_deal_id_11be0232_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_department_id_973357fb_fk_accounts_department_id FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_owner_id_fbf2e5fd_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_pipeline_id_e6395863_fk_sales_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_dealspan
    ADD CONSTRAINT sales_dealspan_stage_id_0fcaa12b_fk_sales_stage_id FOREIGN KEY (stage_id) REFERENCES public.sales_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_leadform
    ADD CONSTRAINT sales_leadform_branch_id_10557c1a_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_leadform
    ADD CONSTRAINT sales_leadform_pipeline_id_005c44c4_fk_sales_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_leadsubmission
    ADD CONSTRAINT sales_leadsubmission_deal_id_72720017_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_leadsubmission
    ADD CONSTRAINT sales_leadsubmission_form_id_650e94b3_fk_sales_leadform_id FOREIGN KEY (form_id) REFERENCES public.sales_leadform(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_leadsubmission
    ADD CONSTRAINT sales_leadsubmission_party_id_8d903b2f_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partner
    ADD CONSTRAINT sales_partner_branch_id_0d0805f7_fk_accounts_branch_id FOREIGN KEY (branch_id) REFERENCES public.accounts_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partner
    ADD CONSTRAINT sales_partner_channel_id_b1f1c254_fk_sales_saleschannel_id FOREIGN KEY (channel_id) REFERENCES public.sales_saleschannel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partner
    ADD CONSTRAINT sales_partner_department_id_d04ba87b_fk_accounts_department_id FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partner
    ADD CONSTRAINT sales_partner_owner_id_6cbe93a2_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partner
    ADD CONSTRAINT sales_partner_party_id_914bf865_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnernote
    ADD CONSTRAINT sales_partnernote_deal_id_96a42fd3_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnernote
    ADD CONSTRAINT sales_partnernote_partner_id_a60a1ae3_fk_sales_partner_id FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnernote
    ADD CONSTRAINT sales_partnernote_seat_id_97244d0b_fk_sales_partnerseat_id FOREIGN KEY (seat_id) REFERENCES public.sales_partnerseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnernote
    ADD CONSTRAINT sales_partnernote_user_id_8c5d3738_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnerrule
    ADD CONSTRAINT sales_partnerrule_channel_id_6b25ee6a_fk_sales_saleschannel_id FOREIGN KEY (channel_id) REFERENCES public.sales_saleschannel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnerrule
    ADD CONSTRAINT sales_partnerrule_partner_id_e3002417_fk_sales_partner_id FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnerrule
    ADD CONSTRAINT sales_partnerrule_pipeline_id_a331afac_fk_sales_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_partnerseat
    ADD CONSTRAINT sales_partnerseat_partner_id_779e2ddc_fk_sales_partner_id FOREIGN KEY (partner_id) REFERENCES public.sales_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_pipeline
    ADD CONSTRAINT sales_pipeline_next_pipeline_id_7906f4cc_fk_sales_pipeline_id FOREIGN KEY (next_pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_saleschannel
    ADD CONSTRAINT sales_saleschannel_pipeline_id_c965b1fd_fk_sales_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_seatkey
    ADD CONSTRAINT sales_seatkey_seat_id_56b50ef2_fk_sales_partnerseat_id FOREIGN KEY (seat_id) REFERENCES public.sales_partnerseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_seatsession
    ADD CONSTRAINT sales_seatsession_seat_id_4fb38b91_fk_sales_partnerseat_id FOREIGN KEY (seat_id) REFERENCES public.sales_partnerseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_stage
    ADD CONSTRAINT sales_stage_pipeline_id_c82fa50a_fk_sales_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.sales_pipeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_stageapproval
    ADD CONSTRAINT sales_stageapproval_asked_by_id_536939bc_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_stageapproval
    ADD CONSTRAINT sales_stageapproval_deal_id_3c2788ec_fk_sales_deal_id FOREIGN KEY (deal_id) REFERENCES public.sales_deal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_stageapproval
    ADD CONSTRAINT sales_stageapproval_decided_by_id_dbc1ee26_fk_accounts_user_id FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sales_stageapproval
    ADD CONSTRAINT sales_stageapproval_stage_id_37402dc7_fk_sales_stage_id FOREIGN KEY (stage_id) REFERENCES public.sales_stage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
SET LOCAL search_path = DEFAULT;
