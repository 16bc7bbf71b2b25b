-- 7 statements
begin;
commit;
insert into reveal (id, entity_id, participant_id, credential_id, what, reason, revealed_at) select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]);
select * from (select t.id, t.entity_id as "entityId", t.participant_id as "participantId", t.handle, t.version, t.sealed_facts as "sealedFacts", t.facts_fingerprint as "factsFingerprint", t.created_at as "createdAt", t.superseded_at as "supersededAt", row_number() over (partition by t.entity_id order by t.handle is null, t.created_at, t.id) as n from registration t where t.entity_id in ?? and t.participant_id = ? and t.superseded_at is null) ranked where n <= ? order by n;
select e.id, e.entity_type as "entityType" from registration r join entity e on e.id = r.entity_id where r.participant_id = ? and r.handle = ? and r.superseded_at is null;
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
select t.id, t.entity_type as "entityType", t.match_fingerprint as "matchFingerprint", t.tax_fingerprint as "taxFingerprint", t.wrapped_key as "wrappedKey", t.created_at as "createdAt", t.updated_at as "updatedAt" from (select id, entity_type, match_fingerprint, tax_fingerprint, wrapped_key, created_at, updated_at from entity where id in ?? limit ?) t where exists (select 1 from registration r where r.entity_id = t.id and r.participant_id = ?);
