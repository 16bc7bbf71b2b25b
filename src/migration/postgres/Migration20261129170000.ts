import { Migration } from '@mikro-orm/migrations';

/**
 * Indexes for what is asked of a million rows, where the tables of one participant may hold most of them: pages by what narrows them, what
 * falls together, whom somebody knows. Those go that nothing is asked by.
 *
 * What waits to be done is moved along the index of its time with everything that happens to it, and leaves as much behind: that is swept
 * up by numbers, and not by a share of the table.
 */
export class Migration20261129170000 extends Migration {

  override name = 'Migration20261129170000';

  override up(): void | Promise<void> {
    this.addSql(`create index "entity_conflict_other_entity_id_index" on "entity_conflict" ("other_entity_id");`);

    this.addSql(`create index "event_participant_id_type_seq_index" on "event" ("participant_id", "type", "seq");`);

    this.addSql(`drop index "api_key_participant_id_index";`);

    this.addSql(`create index "query_event_participant_id_id_index" on "query_event" ("participant_id", "id");`);

    this.addSql(`drop index "registration_participant_id_entity_id_index";`);
    this.addSql(`create index "registration_participant_id_entity_id_id_index" on "registration" ("participant_id", "entity_id", "id") where superseded_at is null;`);

    this.addSql(`drop index "submission_participant_id_index";`);

    this.addSql(`drop index "attestation_furnisher_id_id_index";`);
    this.addSql(`drop index "attestation_submission_id_index";`);
    this.addSql(`create index "attestation_submission_id_id_index" on "attestation" ("submission_id", "id");`);

    this.addSql(`drop index "attestation_network_network_id_index";`);

    this.addSql(`create index "verification_participant_id_status_id_index" on "verification" ("participant_id", "status", "id");`);

    for (const table of ["due_moment", "verification_work"])
      this.addSql(`alter table "${table}" set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);`);
  }

  override down(): void | Promise<void> {
    for (const table of ["due_moment", "verification_work"])
      this.addSql(`alter table "${table}" reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);`);

    this.addSql(`create index "api_key_participant_id_index" on "api_key" ("participant_id");`);

    this.addSql(`drop index "attestation_submission_id_id_index";`);
    this.addSql(`create index "attestation_furnisher_id_id_index" on "attestation" ("furnisher_id", "id");`);
    this.addSql(`create index "attestation_submission_id_index" on "attestation" ("submission_id");`);

    this.addSql(`create index "attestation_network_network_id_index" on "attestation_network" ("network_id");`);

    this.addSql(`drop index "entity_conflict_other_entity_id_index";`);

    this.addSql(`drop index "event_participant_id_type_seq_index";`);

    this.addSql(`drop index "query_event_participant_id_id_index";`);

    this.addSql(`drop index "registration_participant_id_entity_id_id_index";`);
    this.addSql(`create index "registration_participant_id_entity_id_index" on "registration" ("participant_id", "entity_id");`);

    this.addSql(`create index "submission_participant_id_index" on "submission" ("participant_id");`);

    this.addSql(`drop index "verification_participant_id_status_id_index";`);
  }

}
