-- 13 statements
begin;
commit;
insert into event (type, participant_id, entity_id, subject_id, from_status, to_status, reason, occurred_at) select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]);
insert into event (type, participant_id, entity_id, subject_id, from_status, to_status, reason, occurred_at) select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]);
select "c0".* from "consent" as "c0" where "c0"."id" = 'con_00000000000000000000000001' and "c0"."participant_id" = 'par_00000000000000000000000004' limit 1;
select c.id, c.entity_id as "entityId", c.participant_id as "participantId", c.stale_at as "staleAt", c.revoked_at as "revokedAt", c.superseded_by_id as "supersededById", c.disputed_reason as "disputedReason" from certificate c where c.revoked_at is null and c.consent_id = ? order by c.id;
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
select pg_advisory_xact_lock(name) from unnest(?::bigint[]) as name;
select t.id, t.entity_id as "entityId", t.participant_id as "participantId", t.network_id as "networkId", t.purpose, t.kinds, t.granted_at as "grantedAt", t.expires_at as "expiresAt", t.withdrawn_at as "withdrawnAt" from (select id, entity_id, participant_id, network_id, purpose, kinds, granted_at, expires_at, withdrawn_at from consent where id in ?? limit ?) t where t.participant_id = ?;
select t.id, t.entity_type as "entityType", t.match_fingerprint as "matchFingerprint", t.tax_fingerprint as "taxFingerprint", t.wrapped_key as "wrappedKey", t.created_at as "createdAt", t.updated_at as "updatedAt" from (select id, entity_type, match_fingerprint, tax_fingerprint, wrapped_key, created_at, updated_at from entity where id in ?? limit ?) t where exists (select 1 from registration r where r.entity_id = t.id and r.participant_id = ?);
select t.id, t.product, t.entity_id as "entityId", t.participant_id as "participantId", t.policy_id as "policyId", t.consent_id as "consentId", t.query_event_id as "queryEventId", t.issued_at as "issuedAt", t.network_ids as "networkIds", t.stale_at as "staleAt", t.revoked_at as "revokedAt", t.revoked_reason as "revokedReason", t.superseded_by_id as "supersededById", t.disputed_reason as "disputedReason" from certificate t where t.entity_id = ? and t.participant_id = ? and 1 = 1 order by t.id desc limit ?;
update "certificate" set "revoked_at" = '2026-03-02T12:00:00.000Z', "revoked_reason" = 'The subject withdrew the consent.' where "id" in ('cert_00000000000000000000000001');
update "consent" set "withdrawn_at" = '2026-03-02T12:00:00.000Z' where "id" = 'con_00000000000000000000000001';
