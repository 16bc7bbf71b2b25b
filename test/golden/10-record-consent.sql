-- 14 statements
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
begin;
select network_id as "networkId", role from membership where participant_id = ? and network_id in ??;
select e.id, e.entity_type as "entityType" from registration r join entity e on e.id = r.entity_id where r.participant_id = ? and r.handle = ? and r.superseded_at is null;
select id, kinds from consent where entity_id = ? and participant_id = ? and network_id = ? and purpose = ? and coalesce(expires_at, '') = ? and withdrawn_at is null order by id;
insert into `consent` (`id`, `entity_id`, `participant_id`, `network_id`, `purpose`, `kinds`, `granted_at`, `expires_at`) values ('con_00000000000000000000009001', 'ent_00000000000000000000000002', 'par_00000000000000000000000004', 'net_00000000000000000000000001', 'credit card', 'DOCUMENT_CAPTURE DOCUMENT_REVIEW IDENTITY_CORROBORATION', '2026-03-02T12:00:00.000Z', '2099-12-31T00:00:00.000Z');
insert into due_moment (subject_id, kind, due_at, told_status) values (?, ?, ?, ?);
insert into event (type, participant_id, entity_id, subject_id, from_status, to_status, reason, occurred_at) values (?, ?, ?, ?, ?, ?, ?, ?);
commit;
select t.id, t.entity_id as "entityId", t.participant_id as "participantId", t.network_id as "networkId", t.purpose, t.kinds, t.granted_at as "grantedAt", t.expires_at as "expiresAt", t.withdrawn_at as "withdrawnAt" from (select id, entity_id, participant_id, network_id, purpose, kinds, granted_at, expires_at, withdrawn_at from consent where id in ?? limit ?) t where t.participant_id = ?;
select t.id, t.entity_type as "entityType", t.match_fingerprint as "matchFingerprint", t.tax_fingerprint as "taxFingerprint", t.wrapped_key as "wrappedKey", t.created_at as "createdAt", t.updated_at as "updatedAt" from (select id, entity_type, match_fingerprint, tax_fingerprint, wrapped_key, created_at, updated_at from entity where id in ?? limit ?) t where exists (select 1 from registration r where r.entity_id = t.id and r.participant_id = ?);
select t.id, t.name, t.created_at as "createdAt" from (select id, name, created_at from participant where id in ?? limit ?) t where 1 = 1;
select t.id, t.name, t.created_at as "createdAt" from (select id, name, created_at from network where id in ?? limit ?) t where 1 = 1;
select * from (select t.id, t.entity_id as "entityId", t.participant_id as "participantId", t.handle, t.version, t.sealed_facts as "sealedFacts", t.facts_fingerprint as "factsFingerprint", t.created_at as "createdAt", t.superseded_at as "supersededAt", row_number() over (partition by t.entity_id order by t.handle is null, t.created_at, t.id) as n from registration t where t.entity_id in ?? and t.participant_id = ? and t.superseded_at is null) ranked where n <= ? order by n;
