-- 2 statements
select p.product, q.outcome, q.currency, q.price, count(*) as count from query_event q join policy p on p.id = q.policy_id where q.participant_id = ? and q.occurred_at >= ? and q.occurred_at < ? group by p.product, q.outcome, q.currency, q.price order by p.product, q.outcome, q.currency, q.price;
select participant_id as "participantId", secret_hash as "secretHash", scopes, expires_at as "expiresAt", revoked_at as "revokedAt" from api_key where id = ?;
