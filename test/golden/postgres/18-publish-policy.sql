-- 9 statements
begin;
commit;
select "p0".* from "policy" as "p0" where "p0"."id" = 'pol_00000000000000000000000011' limit 1;
select network_id as "networkId", role from membership where participant_id = ? and network_id in ??;
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
select pg_advisory_xact_lock(name) from unnest(?::bigint[]) as name;
select role from membership where network_id = ? and participant_id = ?;
select t.id, t.network_id as "networkId", t.name, t.version, t.product, t.selection, t.status, t.requirements, t.accepts_disputed as "acceptsDisputed", t.default_for as "defaultFor", t.created_at as "createdAt", t.published_at as "publishedAt" from (select id, network_id, name, version, product, selection, status, requirements, accepts_disputed, default_for, created_at, published_at from policy where id in ?? limit ?) t where exists (select 1 from membership m where m.network_id = t.network_id and m.participant_id = ? and (t.status <> 'DRAFT' or m.role = 'GOVERNOR'));
update "policy" set "status" = 'PUBLISHED', "published_at" = '2026-03-02T12:00:00.000Z' where "id" = 'pol_00000000000000000000000011';
