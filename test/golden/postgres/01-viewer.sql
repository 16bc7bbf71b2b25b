-- 7 statements
select * from (select t.network_id as "networkId", t.participant_id as "participantId", t.role, t.granted_at as "grantedAt", row_number() over (partition by t.network_id order by t.participant_id, t.role) as n from membership t where t.network_id in ?? and exists (select 1 from membership m where m.network_id = t.network_id and m.participant_id = ?)) ranked where n <= ? order by n;
select * from (select t.network_id as "networkId", t.participant_id as "participantId", t.role, t.granted_at as "grantedAt", row_number() over (partition by t.network_id order by t.role) as n from membership t where t.network_id in ?? and t.participant_id = ?) ranked where n <= ? order by n;
select * from (select t.network_id as "networkId", t.participant_id as "participantId", t.role, t.granted_at as "grantedAt", row_number() over (partition by t.participant_id order by t.network_id, t.role) as n from membership t where t.participant_id in ?? and t.participant_id = ?) ranked where n <= ? order by n;
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
select t.id, t.name, t.created_at as "createdAt" from (select id, name, created_at from network where id in ?? limit ?) t where 1 = 1;
select t.id, t.name, t.created_at as "createdAt" from (select id, name, created_at from participant where id in ?? limit ?) t where 1 = 1;
select t.id, t.name, t.created_at as "createdAt" from (select id, name, created_at from participant where id in ?? limit ?) t where 1 = 1;
