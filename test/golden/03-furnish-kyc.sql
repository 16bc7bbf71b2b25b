-- 17 statements
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
begin;
select network_id as "networkId", role from membership where participant_id = ? and network_id in ??;
select body_hash as "bodyHash", result_id as "resultId" from idempotency_key where participant_id = ? and verb = ? and key = ?;
insert into `submission` (`id`, `participant_id`, `record_count`, `attestation_count`, `furnished_at`) values ('sub_00000000000000000000009001', 'par_00000000000000000000000003', 1, 1, '2026-03-02T12:00:00.000Z');
select id, entity_type as "entityType", wrapped_key as "wrappedKey", match_fingerprint as "matchFingerprint", tax_fingerprint as "taxFingerprint" from entity where match_fingerprint in ??;
select id, entity_id as "entityId", facts_fingerprint as "factsFingerprint", version from registration where participant_id = ? and handle is null and superseded_at is null and entity_id in ??;
insert into attestation (id, submission_id, entity_id, furnisher_id, kind, performed_at, furnished_at, statement, content_hash, sealed_values, revoked_at, revoked_reason, disputed_reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
insert into attestation_network (attestation_id, network_id) values (?, ?);
select entity_id as "entityId", network_id as "networkId", kind from entitlement where participant_id = ? and entity_id in ??;
insert into entitlement (participant_id, entity_id, network_id, kind, earned_by, earned_at) values (?, ?, ?, ?, ?, ?);
insert into event (type, participant_id, entity_id, subject_id, from_status, to_status, reason, occurred_at) values (?, ?, ?, ?, ?, ?, ?, ?);
insert into idempotency_key (participant_id, verb, key, body_hash, result_id, created_at) values (?, ?, ?, ?, ?, ?);
commit;
select * from (select t.id, t.submission_id as "submissionId", t.entity_id as "entityId", t.furnisher_id as "furnisherId", t.kind, t.performed_at as "performedAt", t.furnished_at as "furnishedAt", t.statement, t.content_hash as "contentHash", t.sealed_values as "sealedValues", t.revoked_at as "revokedAt", t.revoked_reason as "revokedReason", t.disputed_reason as "disputedReason", row_number() over (partition by t.submission_id order by t.id) as n from attestation t where t.submission_id in ?? and (t.furnisher_id = ? or exists (select 1 from certificate_block b join certificate c on c.id = b.certificate_id where b.attestation_id = t.id and c.participant_id = ?) or exists (select 1 from dispute d where d.attestation_id = t.id and d.raised_by_id = ?) or exists (select 1 from attestation_network n join membership m on m.network_id = n.network_id and m.participant_id = ? join entitlement e on e.participant_id = m.participant_id and e.entity_id = t.entity_id and e.network_id = n.network_id and e.kind = t.kind where n.attestation_id = t.id))) ranked where n <= ? order by n;
select * from (select t.attestation_id as "attestationId", t.network_id as "networkId", row_number() over (partition by t.attestation_id order by t.network_id) as n from attestation_network t where t.attestation_id in ?? and exists (select 1 from membership m where m.network_id = t.network_id and m.participant_id = ?)) ranked where n <= ? order by n;
select t.id, t.name, t.created_at as "createdAt" from network t where t.id in ?? and 1 = 1;
