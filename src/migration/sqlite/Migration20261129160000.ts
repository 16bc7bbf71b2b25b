import { Migration } from '@mikro-orm/migrations';

/** How far the log is settled: only one transaction writes at a time, so that nothing can appear before what is there. */
export class Migration20261129160000 extends Migration {

  override name = 'Migration20261129160000';

  override up(): void | Promise<void> {
    this.addSql('create view `log_head` as select coalesce(max(seq), 0) as seq from event;');
  }

  override down(): void | Promise<void> {
    this.addSql('drop view if exists `log_head`;');
  }

}
