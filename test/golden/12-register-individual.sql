-- 12 statements
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
begin;
select e.id, e.entity_type as "entityType", e.wrapped_key as "wrappedKey", e.match_fingerprint as "matchFingerprint" from registration r join entity e on e.id = r.entity_id where r.participant_id = ? and r.handle = ? and r.superseded_at is null and e.entity_type = ?;
select id, entity_type as "entityType", wrapped_key as "wrappedKey", match_fingerprint as "matchFingerprint", tax_fingerprint as "taxFingerprint" from entity where match_fingerprint in ??;
insert into entity (id, entity_type, match_fingerprint, tax_fingerprint, wrapped_key, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?);
select id, entity_type as "entityType", wrapped_key as "wrappedKey", match_fingerprint as "matchFingerprint", tax_fingerprint as "taxFingerprint" from entity where tax_fingerprint in ??;
select `r0`.* from `registration` as `r0` where `r0`.`participant_id` = 'par_00000000000000000000000004' and `r0`.`handle` = 'nora' and `r0`.`superseded_at` is null limit 1;
insert into `registration` (`id`, `entity_id`, `participant_id`, `handle`, `version`, `sealed_facts`, `facts_fingerprint`, `created_at`) values ('reg_00000000000000000000009001', 'ent_00000000000000000000009001', 'par_00000000000000000000000004', 'nora', 1, '<sealed>', '87d0192cc17704523d751d3dd4b4034ab7f80ff9217236c3bdece70ae2705771', '2026-03-02T12:00:00.000Z');
insert into event (type, participant_id, entity_id, subject_id, from_status, to_status, reason, occurred_at) values (?, ?, ?, ?, ?, ?, ?, ?);
commit;
select t.id, t.entity_type as "entityType", t.match_fingerprint as "matchFingerprint", t.tax_fingerprint as "taxFingerprint", t.wrapped_key as "wrappedKey", t.created_at as "createdAt", t.updated_at as "updatedAt" from (select id, entity_type, match_fingerprint, tax_fingerprint, wrapped_key, created_at, updated_at from entity where id in ?? limit ?) t where exists (select 1 from registration r where r.entity_id = t.id and r.participant_id = ?);
select * from (select t.id, t.entity_id as "entityId", t.participant_id as "participantId", t.handle, t.version, t.sealed_facts as "sealedFacts", t.facts_fingerprint as "factsFingerprint", t.created_at as "createdAt", t.superseded_at as "supersededAt", row_number() over (partition by t.entity_id order by t.handle is null, t.created_at, t.id) as n from registration t where t.entity_id in ?? and t.participant_id = ? and t.superseded_at is null) ranked where n <= ? order by n;
