import { Migration } from '@mikro-orm/migrations';

export class Migration20261123183329 extends Migration {

  override name = 'Migration20261123183329';

  override up(): void | Promise<void> {
    this.addSql(`create table \`due_moment\` (\`subject_id\` text not null primary key, \`kind\` text not null, \`due_at\` text not null, \`told_status\` text not null);`);
    this.addSql(`create index \`due_moment_due_at_index\` on \`due_moment\` (\`due_at\`);`);
    // What was there before time was kept: due at once, and dated by whoever looks first.
    this.addSql(`insert into \`due_moment\` (\`subject_id\`, \`kind\`, \`due_at\`, \`told_status\`)
      select id, 'CERTIFICATE', issued_at, 'VALID' from certificate where stale_at is not null and revoked_at is null and superseded_by_id is null;`);
    this.addSql(`insert into \`due_moment\` (\`subject_id\`, \`kind\`, \`due_at\`, \`told_status\`)
      select id, 'CONSENT', expires_at, 'ACTIVE' from consent where expires_at is not null and withdrawn_at is null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`due_moment\`;`);
  }

}
