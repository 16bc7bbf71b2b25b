import { Migration } from '@mikro-orm/migrations';

const MADE: readonly (readonly [string, string])[] = [
  ['standing_participant_id_status_entity_type_entity_id_index', 'standing (participant_id, status, entity_type, entity_id)'],
  ['verification_level_index', `verification (participant_id, (kyc_level || ' ' || status), id)`],
  [
    'certificate_filed_index',
    `certificate (participant_id, (case when revoked_at is not null then 'REVOKED' when superseded_by_id is not null then 'SUPERSEDED' when disputed_reason is not null then 'DISPUTED' else substr(stale_at, 1, 10) end), id)`,
  ],
];

const GONE = ['standing_participant_id_status_entity_id_index', 'standing (participant_id, status, entity_id)'] as const;

/**
 * Indexes for lists of what is rare: entities by state and type, runs by level, certificates by what they are filed under. How many lie where
 * is looked at once: a plan depends on it, and nobody would look until a tenth of the table has changed.
 */
export class Migration20261129190200 extends Migration {

  override name = 'Migration20261129190200';

  override isTransactional(): boolean {
    return false;
  }

  override up(): void | Promise<void> {
    this.addSql('set lock_timeout = 0;');
    for (const [name, on] of MADE) {
      this.addSql(`drop index concurrently if exists ${name};`);
      this.addSql(`create index concurrently ${name} on ${on};`);
    }
    this.addSql(`drop index concurrently if exists ${GONE[0]};`);
    this.addSql('analyze standing, certificate, verification;');
  }

  override down(): void | Promise<void> {
    this.addSql('set lock_timeout = 0;');
    this.addSql(`drop index concurrently if exists ${GONE[0]};`);
    this.addSql(`create index concurrently ${GONE[0]} on ${GONE[1]};`);
    for (const [name] of MADE) this.addSql(`drop index concurrently if exists ${name};`);
  }

}
