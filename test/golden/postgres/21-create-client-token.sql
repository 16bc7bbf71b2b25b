-- 2 statements
select e.id, e.entity_type as "entityType" from registration r join entity e on e.id = r.entity_id where r.participant_id = ? and r.handle = ? and r.superseded_at is null;
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
