import type { Selectable } from 'kysely'
import type { Engine } from '../store/engine.ts'
import type { Db } from '../store/open-store.ts'
import type { ReportDomainTable } from '../store/report-tables.ts'

/** Locks what is known of a domain's reports until the transaction ends: reports of one domain are stored one after the other. */
export async function lockReportDomain(
  tx: Db,
  engine: Engine,
  domainId: number,
): Promise<Selectable<ReportDomainTable>> {
  await tx
    .insertInto('report_domains')
    .values({ domain_id: domainId, last_trusted_at: null, credits_month: null })
    .onConflict((conflict) => conflict.column('domain_id').doNothing())
    .execute()
  const query = tx.selectFrom('report_domains').selectAll().where('domain_id', '=', domainId)
  return (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow()
}

/** Sets whether the domain asks for evidence before a policy is tightened. */
export async function setEvidenceGate(
  tx: Db,
  engine: Engine,
  domainId: number,
  gate: 'off' | 'enforce',
): Promise<void> {
  await lockReportDomain(tx, engine, domainId)
  await tx.updateTable('report_domains').set({ evidence_gate: gate }).where('domain_id', '=', domainId).execute()
}

export async function reportDomain(db: Db, domainId: number): Promise<Selectable<ReportDomainTable> | undefined> {
  return db.selectFrom('report_domains').selectAll().where('domain_id', '=', domainId).executeTakeFirst()
}
