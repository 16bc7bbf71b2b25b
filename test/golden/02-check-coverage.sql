-- 11 statements
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
begin;
select c.id, c.entity_id as "entityId", c.participant_id as "participantId", c.network_id as "networkId", c.purpose, c.kinds, c.granted_at as "grantedAt", c.expires_at as "expiresAt", c.withdrawn_at as "withdrawnAt", e.entity_type as "entityType" from consent c join entity e on e.id = c.entity_id where c.id = ? and c.participant_id = ?;
select network_id as "networkId", role from membership where participant_id = ? and network_id in ??;
select p.id, p.network_id as "networkId", p.name, p.version, p.product, p.selection, p.status, p.requirements, p.default_for as "defaultFor", p.created_at as "createdAt", p.published_at as "publishedAt" from policy p where (p.id = ? or p.default_for = ?) and p.status = 'PUBLISHED' and exists (select 1 from membership m where m.network_id = p.network_id and m.participant_id = ?);
select p.network_id as "networkId", p.amount, p.currency from price p where p.product = ? and p.network_id in ?? and p.version = (select max(v.version) from price v where v.network_id = p.network_id and v.product = p.product and v.effective_at <= ?);
select a.id, a.kind, a.furnisher_id as "furnisherId", a.performed_at as "performedAt", a.statement, a.content_hash as "contentHash", a.revoked_reason as "revokedReason", n.network_id as "networkId" from attestation a join attestation_network n on n.attestation_id = a.id join membership m on m.network_id = n.network_id and m.participant_id = a.furnisher_id and m.role = 'FURNISHER' where a.entity_id = ? and a.kind in ?? and n.network_id in ?? and (n.network_id = ? or exists ( select 1 from entitlement e where e.participant_id = ? and e.entity_id = a.entity_id and e.network_id = n.network_id and e.kind = a.kind)) order by a.id;
select entity_id as "entityId", checked_at as "checkedAt" from coverage_check where participant_id = ? and checked_at > ? order by checked_at desc, id desc limit ?;
insert into coverage_check (id, participant_id, entity_id, consent_id, policy_id, checked_at) values (?, ?, ?, ?, ?, ?);
commit;
select t.id, t.name, t.created_at as "createdAt" from participant t where t.id in ?? and 1 = 1;
