import { countOf } from '@dmarc-as-code/primitives'
import { plainSecret } from '../notices/webhook.ts'
import { storeIsWritable } from '../store/is-writable.ts'
import type { Store } from '../store/open-store.ts'
import { databaseNow } from '../store/work.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const day = 86_400_000
/** Seconds that the clocks of machines may be apart. */
const clockTolerance = 5
/** Milliseconds since 1970 of a day before which no clock can be right. */
const released = Date.UTC(2026, 0, 1)

/** The database, and what it knows of certificates and of work that waits. */
export async function checkStore(store: Store, now: number): Promise<Finding[]> {
  const engine = store.engine === 'postgres' ? 'PostgreSQL' : 'SQLite'
  const findings = [
    (await storeIsWritable(store))
      ? ok('store', `${engine} answers and takes writes.`)
      : problem(
          'store',
          store.engine === 'postgres'
            ? 'PostgreSQL is read-only, perhaps a standby. Point "store" to the primary.'
            : 'The SQLite file is gone, read-only, or on a full disk. Put it back, make it writable, or free some space.',
        ),
    await checkClock(store, now),
    ...(await checkCertificates(store, now)),
    ...(await checkSecrets(store)),
  ]
  const due = await store.db
    .selectFrom('work')
    .select((select) => select.fn.min('next_check_at').as('oldest'))
    .where('task', '=', 'publish')
    .executeTakeFirst()
  const waited = due?.oldest == null ? 0 : Math.round((now - Number(due.oldest)) / 60_000)
  if (waited >= 5) {
    findings.push(
      problem(
        'publishing',
        `A change has waited for ${waited} minutes. Check that a server with the role workers runs, and its log.`,
      ),
    )
  }
  return findings
}

/** Private keys are always sealed; secrets of webhooks are where the settings have a key. */
async function checkSecrets({ db }: Store): Promise<Finding[]> {
  const { count } = await db
    .selectFrom('notice_targets')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where('secret', 'like', `${plainSecret}%`)
    .executeTakeFirstOrThrow()
  if (Number(count) === 0) return []
  const secrets = countOf(Number(count), 'webhook secret')
  const message = `${secrets} unencrypted in the store. Set policyHost.certificates.storeKey or .storeKeyFile in all processes, and start them again.`
  return [warning('secrets', message)]
}

async function checkClock({ db, engine }: Store, now: number): Promise<Finding> {
  if (now < released) {
    return problem(
      'clock',
      `This machine says ${new Date(now).toISOString()}. Set its clock: certificates depend on it.`,
    )
  }
  if (engine === 'sqlite') return ok('clock', `It is ${new Date(now).toISOString()}.`)
  const { at } = await db.selectNoFrom(databaseNow(engine).as('at')).executeTakeFirstOrThrow()
  const apart = Math.round(Math.abs(Number(at) - now) / 1000)
  return apart <= clockTolerance
    ? ok('clock', `This machine and the database agree on the time.`)
    : problem('clock', `The clocks of this machine and of the database are ${apart} s apart. Synchronise both (NTP).`)
}

async function checkCertificates({ db }: Store, now: number): Promise<Finding[]> {
  const kept = await db
    .selectFrom('acme_state')
    .select((select) => [select.fn.countAll<number | string>().as('count'), select.fn.min('expires_at').as('first')])
    .where('kind', '=', 'certificate')
    .executeTakeFirst()
  const failing = await db
    .selectFrom('acme_state')
    .select('name')
    .where('kind', '=', 'failure')
    .orderBy('name')
    .execute()
  const findings = failing
    .slice(0, 10)
    .map(({ name }) =>
      warning(
        'certificates',
        `The last order for ${name} failed. Verify its domain: the answer has the words of the authority.`,
      ),
    )
  if (failing.length > 10) findings.push(warning('certificates', `${failing.length - 10} more orders failed.`))
  const days = kept?.first == null ? undefined : Math.floor((Number(kept.first) - now) / day)
  if (days !== undefined && days < 7) {
    findings.push(
      problem(
        'certificates',
        `The first certificate expires in ${days} days, and should be renewed by now. Check the log.`,
      ),
    )
  }
  if (findings.length === 0)
    findings.push(ok('certificates', `${Number(kept?.count ?? 0)} certificates, no failed orders.`))
  return findings
}
