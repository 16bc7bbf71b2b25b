-- 8 statements
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
begin;
select network_id as "networkId", role from membership where participant_id = ? and network_id in ??;
select participant_id as id from membership where network_id = ? and role = 'FURNISHER';
select `p0`.* from `policy` as `p0` where `p0`.`network_id` = 'net_00000000000000000000000001' and `p0`.`name` = 'BRANCH_ACCOUNT' order by `p0`.`version` desc limit 1;
insert into `policy` (`id`, `network_id`, `name`, `version`, `product`, `selection`, `status`, `requirements`, `accepts_disputed`, `default_for`, `created_at`) values ('pol_00000000000000000000009001', 'net_00000000000000000000000001', 'BRANCH_ACCOUNT', 1, 'KYC', 'FRESHEST', 'DRAFT', '[{"key":"document","kinds":["DOCUMENT_REVIEW"],"required":true,"maxAgeDays":365,"conditions":[{"field":"documentTamperIndicatorsObserved","operator":"EQ","values":["false"]}],"furnisherIds":null},{"key":"address","kinds":["ADDRESS_VERIFICATION"],"required":true,"maxAgeDays":null,"conditions":[{"field":"addressSourceCountFullMatch","operator":"GTE","values":["2"]}],"furnisherIds":null}]', 0, null, '2026-03-02T12:00:00.000Z');
commit;
select t.id, t.network_id as "networkId", t.name, t.version, t.product, t.selection, t.status, t.requirements, t.accepts_disputed as "acceptsDisputed", t.default_for as "defaultFor", t.created_at as "createdAt", t.published_at as "publishedAt" from policy t where t.id in ?? and exists (select 1 from membership m where m.network_id = t.network_id and m.participant_id = ? and (t.status <> 'DRAFT' or m.role = 'GOVERNOR'));
