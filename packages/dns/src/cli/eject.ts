import { printable } from '@dmarc-as-code/primitives'
import { mailView } from '../effect/mail-view.ts'
import { type Ejection, planEjection } from '../engine/eject.ts'
import { hasChanges, isApplicable } from '../engine/plan.ts'
import { createPolicyFetcher } from '../verify/policy-fetch.ts'
import { byHandText } from './apply.ts'
import type { Arguments } from './arguments.ts'
import { carryOut, whoAnswers, withAdapter } from './carry-out.ts'
import { readDomains } from './context.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { planText } from './plan-text.ts'

/** `eject`: before the hosting ends, writes what the CNAMEs lead to now into the domains' own zones. */
export async function eject(args: Arguments, io: Io): Promise<ExitCode> {
  const domains = await readDomains(args, io)
  if (domains.length === 0) throw new UsageError('eject needs a domain, or --fleet FILE.')
  return withAdapter(args, io, async (adapter, resolver) => {
    const view = mailView(resolver, {
      signal: io.signal,
      policies: args.fetch ? (io.policies ?? createPolicyFetcher()) : undefined,
      timeout: 30_000 + 1000 * domains.length,
    })
    const ejection = await planEjection(domains, adapter, {
      view,
      signal: io.signal,
      ...whoAnswers(args, adapter, resolver),
      ...(io.clock ? { clock: io.clock } : {}),
    })
    const { plan } = ejection
    const applicable = isApplicable(plan)
    const byHand = !adapter.abilities.canWrite && hasChanges(plan)
    const showOnly = args.dryRun || byHand || !applicable
    if (args.json && (showOnly || plan.items.length === 0)) io.out(`${JSON.stringify(ejection, null, 2)}\n`)
    if (!args.json) {
      io.out(
        byHand ? await byHandText(plan, resolver, io) : plan.items.length > 0 ? `${planText(plan)}\n` : nothingText,
      )
      for (const line of notes(ejection)) io.out(`${line}\n`)
    }
    if (!applicable) return exitCodes.conflict
    if (showOnly || plan.items.length === 0) return hasChanges(plan) ? exitCodes.attention : exitCodes.ok
    return carryOut(plan, { args, io, adapter, resolver })
  })
}

const nothingText = 'There is no record at _dmarc or _smtp._tls of these domains.\n'

function notes({ plan, staysHosted, keepHosting }: Ejection): string[] {
  const keep = `Keep the hosting on for ${keepHosting} seconds after the change, for resolvers that remember the CNAMEs.`
  return [...(hasChanges(plan) ? [keep] : []), ...staysHosted.map(({ message }) => printable(message))].flatMap(
    (line) => ['', line],
  )
}
