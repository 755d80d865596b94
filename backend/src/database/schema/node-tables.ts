import type { ColumnType, Generated } from 'kysely';

interface NodesTable {
  node: string;
  started_at: Date;
  beat_at: Date;
}

interface AuditLogTable {
  id: Generated<number>;
  at: Generated<Date>;
  actor_id: number;
  action: string;
  subject_type: string;
  subject_id: number;
  details: ColumnType<unknown, string, never>;
  request_id: string;
}

interface RetentionLeaseTable {
  id: number;
  node: string;
  lease_until: Date;
  finished_at: Date;
}

interface RetentionMarksTable {
  table_name: 'order_transitions' | 'factory_attempts';
  swept_until: Date;
}

/** What nodes say of themselves, and what is kept of what people did. */
export interface NodeTables {
  nodes: NodesTable;
  audit_log: AuditLogTable;
  retention_lease: RetentionLeaseTable;
  retention_marks: RetentionMarksTable;
}
