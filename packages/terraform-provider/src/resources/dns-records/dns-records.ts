import { randomUUID } from 'node:crypto'
import type { ConflictMode, JournalEntry } from '@dmarc-as-code/dns/apply'
import { DiagnosticError, type Diagnostics, exactlyOneOf } from '@dmarc-as-code/terraform-plugin'
import { define } from '../../context/define.ts'
import type { ProviderContext } from '../../context/provider-context.ts'
import { chosenService } from '../../dns/chosen-service.ts'
import { explainingDns } from '../../dns/explain-dns-error.ts'
import type { NameClaims } from '../../dns/name-claims.ts'
import { dnsServiceNames } from '../../dns/service-fields.ts'
import type { HostingEnds } from '../../hosting/hosting-ends.ts'
import { dnsRecordsSchema } from './dns-records-schema.ts'
import { ENTRIES, entriesOf, type NamedRecord, plainName, replacedSets, wantedRecords } from './wanted-records.ts'

// Terraform starts several processes in each run, and most have no record to publish: the DNS engine is loaded by the first call.
const engine = {
  apply: () => import('./apply-records.ts'),
  plan: () => import('./dns-records-plan.ts'),
  read: () => import('./read-records.ts'),
  restore: () => import('./restore-records.ts'),
}

type Records = { readonly [key: string]: NamedRecord }

export const dnsRecords = define.resource({
  description:
    'Publishes CNAME records in a DNS service, reads them back and, on destroy, restores the records that they replaced. Only the names in `records` are changed. Secrets are never stored: refresh and destroy take them from the provider block or the environment.',
  schema: dnsRecordsSchema,
  timeouts: { create: '5m', update: '5m', delete: '5m' },
  validate: exactlyOneOf(...dnsServiceNames),
  modifyPlan: async (request) => (await engine.plan()).planDnsRecords(request),

  async create({ plan, config, client, signal, log, private: priv }) {
    const { adapters, journals, claims } = client
    const { service, settings } = chosenService(config)
    const target = adapters.target(service, settings)
    return explainingDns('Publishing the records', service, signal, async () => {
      const adapter = await adapters.open(service, settings)
      const { applyRecords } = await engine.apply()
      const id = randomUUID()
      const wanted = wantedRecords(plan.records, plan.ttl)
      const names = wanted.map(({ name }) => plainName(name))
      const entries = await claims.exclusively(target, names, signal, async () => {
        refuseOthers(claims, target, names, id)
        const applied = await applyRecords({
          adapter,
          wanted,
          conflict: plan.on_conflict as ConflictMode,
          ...(await consent(client, plan, [...names], signal)),
          owned: new Map(),
          journals,
          target,
          resource: id,
          signal,
          onProgress: (name) => log.info(`published ${name}`),
        })
        await claims.confirm(target, names, id)
        return applied
      })
      priv.set(ENTRIES, entries)
      return { id, ...outcome(plan.records, entries) }
    })
  },

  async read({ state, client: { adapters, journals }, signal, diagnostics, private: priv }) {
    const { service, settings } = chosenService(state)
    const target = adapters.target(service, settings)
    return explainingDns('Reading the records', service, signal, async () => {
      await journals.forget(target, state.id)
      const { readRecords } = await engine.read()
      return readRecords({
        adapters,
        service,
        settings,
        state,
        entries: entriesOf(priv.get(ENTRIES)),
        signal,
        diagnostics,
      })
    })
  },

  async update({ plan, config, state, client, signal, log, diagnostics, private: priv }) {
    const { adapters, journals, claims, ends } = client
    const { service, settings } = chosenService(config)
    const target = adapters.target(service, settings)
    return explainingDns('Changing the records', service, signal, async () => {
      const adapter = await adapters.open(service, settings)
      const [{ applyRecords }, { restoreRecords }] = await Promise.all([engine.apply(), engine.restore()])
      const owned = new Map(entriesOf(priv.get(ENTRIES)).map((entry) => [entry.name, entry]))
      const wanted = wantedRecords(plan.records, plan.ttl)
      const names = new Set(wanted.map(({ name }) => plainName(name)))
      const dropped = [...owned.values()].filter(({ name }) => !names.has(name))
      return claims.exclusively(target, [...names, ...dropped.map(({ name }) => name)], signal, async () => {
        refuseOthers(claims, target, [...names], state.id)
        // New names first: a record that moves to another key or name is never missing.
        const entries = await applyRecords({
          adapter,
          wanted,
          conflict: plan.on_conflict as ConflictMode,
          ...(await consent(client, plan, [...names], signal)),
          owned,
          journals,
          target,
          resource: state.id,
          signal,
          onProgress: (name) => log.info(`published ${name}`),
        })
        await claims.confirm(target, [...names], state.id)
        priv.set(ENTRIES, [...entries, ...dropped])
        const isOthers = (name: string) => claims.isOthers(target, name, state.id)
        await restoreRecords({ adapter, entries: dropped, isOthers, signal, diagnostics })
        await endHosting(ends, dropped, diagnostics)
        priv.set(ENTRIES, entries)
        return { id: state.id, ...outcome(plan.records, entries) }
      })
    })
  },

  async delete({ state, client: { adapters, journals, claims, ends }, signal, diagnostics, private: priv }) {
    const { service, settings } = chosenService(state)
    const target = adapters.target(service, settings)
    await explainingDns('Removing the records', service, signal, async () => {
      const entries = entriesOf(priv.get(ENTRIES))
      const adapter = await adapters.open(service, settings)
      const { restoreRecords } = await engine.restore()
      const isOthers = (name: string) => claims.isOthers(target, name, state.id)
      const names = entries.map(({ name }) => name)
      await claims.exclusively(target, names, signal, () =>
        restoreRecords({ adapter, entries, isOthers, signal, diagnostics }),
      )
      await endHosting(ends, entries, diagnostics)
      await journals.forget(target, state.id)
    })
  },
})

/** What the engine needs to compare what is live with what will be, and the reason why it may become weaker. */
async function consent(
  { mail, planned }: ProviderContext,
  plan: { readonly allow_weaker: string | null },
  names: readonly string[],
  signal: AbortSignal,
) {
  return {
    view: await mail.view(signal),
    expected: planned.answersAt(names),
    allowWeaker: plan.allow_weaker ?? undefined,
  }
}

/**
 * The plan of one provider block knows nothing of another one's: a name that resources of both declare is found when the second
 * one is about to publish it.
 */
function refuseOthers(claims: NameClaims, target: string, names: readonly string[], resource: string): void {
  const name = names.find((one) => claims.isOthers(target, one, resource))
  if (name === undefined) return
  throw new DiagnosticError(
    `${name} is declared twice`,
    `\`records\` of another \`dmarcreport_dns_records\`, of another provider block, has published ${name} in the same DNS service in this run. Remove one of them, so that only one resource creates and deletes the record.`,
    { path: ['records'] },
  )
}

/** Turns off hosting that waited for these records to go; the records are gone whatever comes of it. */
async function endHosting(ends: HostingEnds, gone: readonly JournalEntry[], diagnostics: Diagnostics): Promise<void> {
  try {
    await ends.removed(gone.map(({ name }) => name))
  } catch (error) {
    diagnostics.warning(
      'Hosting is still on',
      `The CNAMEs are gone, but hosting could not be turned off: ${(error as Error).message}\n\nRun terraform apply again to turn it off.`,
    )
  }
}

/** The computed attributes after an apply. */
function outcome(records: Records, entries: readonly JournalEntry[]) {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const applied = Object.entries(records).map(([key, { name, value }]) => {
    const entry = byName.get(plainName(name))
    const ttl = entry?.after[0]?.ttl ?? 0
    return [key, { name, type: 'CNAME', value, ttl, zone: entry?.zone.name ?? '' }] as const
  })
  return {
    applied: Object.fromEntries(applied),
    zones: [...new Set(entries.map(({ zone }) => zone.name))].sort(),
    replaced: replacedSets(entries),
  }
}
