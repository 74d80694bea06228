import type { Domain } from '@dmarc-as-code/client'
import { DiagnosticError, s } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { planDomain } from './domain-plan.ts'
import { ID } from './domain-plan-checks.ts'
import { domainSchema } from './domain-schema.ts'
import { stateOf } from './domain-state.ts'
import { validateDomain } from './domain-validate.ts'

// Most processes of a run only plan: what writes is loaded by the first call.
const writes = () => import('./domain-apply.ts')

export const domain = define.resource({
  description:
    'A monitored domain with its hosted DMARC record and MTA-STS policy. This resource does not wait for DNS: publish `cnames` with any DNS provider or with `dmarcreport_dns_records`, and wait with `dmarcreport_domain_verification`.',
  schema: domainSchema,
  timeouts: { create: '5m', update: '5m', delete: '5m' },
  validate: validateDomain,
  modifyPlan: planDomain,

  create: async (request) => (await writes()).create(request),

  async read({ state, client: { api, markers, planned }, signal, diagnostics, private: priv }) {
    return explaining(`Reading the domain ${state.address ?? state.id}`, signal, async () => {
      const domains = await api.domainsUnlessReported({ signal })
      if (!domains) return state
      const found = domains.get(Number(state.id))
      const place = await placeOf(api, found, state, signal)
      if (!place) {
        await api.requireAccess(
          await api.accountId(state.account_id, { signal }),
          { signal },
          `Domain ${state.address ?? state.id}`,
        )
        return null
      }
      if (place.moved) diagnostics.warning(...movedOutside(place.domain, String(state.account_id), place.account))
      const whole = await api.withHosting(place.accountId, place.domain, { signal })
      await markers.inState('domain', state.id)
      if (priv.get(ID) !== state.id) priv.set(ID, state.id)
      if (state.deletion_protection) planned.protectedDomains.add(state.id)
      return stateOf(whole, place.account, state)
    })
  },

  update: async (request) => (await writes()).update(request),
  delete: async (request) => (await writes()).remove(request),

  // Not the account: a domain can move to another one, and an identity must not change.
  identity: {
    schema: { id: s.string().required().describe('Numeric ID of the domain.') },
    of: ({ id }) => ({ id }),
  },

  async importState({ id: given, identity, client: { api }, signal }) {
    const id = identity?.id ?? given
    return explaining(`Importing "${id}"`, signal, async () => {
      const slash = id.indexOf('/')
      const accountId =
        slash < 0
          ? await api.accountToSearch(null, { signal })
          : await api.accountId(id.slice(0, slash), { signal }, 'The part of the import ID before the slash')
      const reference = id.slice(slash + 1)
      const found = await api.find(reference, accountId, { signal })
      const account = accountId ?? found?.account_id
      if (!found || account === undefined) {
        throw new DiagnosticError(
          `Domain "${reference}" not found`,
          `Expected \`account/address\`, or the address, slug or ID of a domain${accountId === undefined ? '' : ` in account ${accountId}`}. ` +
            'The token can access no such domain.',
        )
      }
      return { id: String(found.id), account_id: String(account) }
    })
  },
})

interface Place {
  readonly domain: Domain
  readonly accountId: number
  /** The account as the state names it. */
  readonly account: string
  /** Whether it is another account than that of the state. */
  readonly moved: boolean
}

const movedOutside = ({ address }: Domain, from: string, to: string): [title: string, detail: string] => [
  `Domain ${address} was moved to account ${to}`,
  `The state has it in account ${from}, which no longer contains it. Set \`account_id\` to the account in which it shall be; without \`account_id\`, it stays in account ${to}.`,
]

/** Where a domain is found: in the account of the state, or the one it was moved to. */
async function placeOf(
  api: Api,
  found: Domain | undefined,
  state: { readonly id: string; readonly account_id: string | null },
  signal: AbortSignal,
): Promise<Place | undefined> {
  const wanted = state.account_id
  const accountId = await api.accountId(wanted, { signal })
  const account = wanted ?? String(accountId)
  if (found && (found.account_id === undefined || found.account_id === accountId))
    return { domain: found, accountId, account, moved: false }
  // A domain can be in several accounts, and the list of all names only one of them.
  const here = await api.fresh(accountId, Number(state.id), { signal })
  if (here) return { domain: here, accountId, account, moved: false }
  if (!found || found.account_id === undefined) return undefined
  // In an account that the token cannot access the domain may still be, whatever other account shows it.
  await api.requireAccess(accountId, { signal }, `Domain ${found.address}`)
  return { domain: found, accountId: found.account_id, account: String(found.account_id), moved: true }
}
