import { extraReportUris, parseDmarc, settingsOfTags } from '@dmarc-as-code/records'
import { DiagnosticError, exactlyOneOf } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { canonicalAddress } from '../../hosting/address.ts'
import { stateOf } from '../../resources/domain/domain-state.ts'
import { domainDataSchema } from './domain-data-schema.ts'

export const domainData = define.dataSource({
  description: 'Reads a domain by its ID, slug or address, whether or not Terraform manages it.',
  schema: domainDataSchema,
  validate: exactlyOneOf('id', 'slug', 'address'),
  async read({ config, client: { api }, signal }) {
    const reference = config.id ?? config.slug ?? config.address ?? ''
    return explaining(`Looking for the domain "${reference}"`, signal, async () => {
      const accountId = await api.accountToSearch(config.account_id, { signal })
      const found = await findExactly(api, config, accountId, signal)
      const account = accountId ?? found?.account_id
      if (!found || account === undefined) {
        throw new DiagnosticError(
          `Domain "${reference}" not found`,
          `${accountId === undefined ? 'No account that the token can access' : `Account ${accountId}`} contains a domain with this ${config.id ? 'id' : config.slug ? 'slug' : 'address'}.`,
        )
      }
      const domain = await api.withHosting(account, found, { signal })
      const {
        hosted_dmarc,
        hosted_mta_sts,
        deletion_protection: _,
        allow_weaker: __,
        accept_risk: _____,
        retire_after: ___,
        mta_sts_retires_at: ____,
        ...state
      } = stateOf(domain, config.account_id ?? String(account), {
        address: config.address,
      })
      const published = hosted_dmarc?.published_record
      const tags = parseDmarc(published ?? '').tags
      const own = parseDmarc(domain.default_dmarc_record ?? '').tags
      return {
        ...state,
        hosted_dmarc:
          published === undefined
            ? null
            : {
                ...settingsOfTags(tags),
                test_mode: tags.t === 'y',
                extra_rua: extraReportUris(tags.rua, own.rua),
                extra_ruf: extraReportUris(tags.ruf, own.ruf),
                published_record: published,
              },
        hosted_mta_sts: hosted_mta_sts && {
          mode: hosted_mta_sts.mode,
          mx: hosted_mta_sts.mx ?? [],
          max_age_days: hosted_mta_sts.max_age_days,
        },
      }
    })
  },
})

/** By what the user named, and nothing else: an address is no slug. */
async function findExactly(
  api: Api,
  config: { readonly id: string | null; readonly slug: string | null; readonly address: string | null },
  accountId: number | undefined,
  signal: AbortSignal,
) {
  const reference = config.id ?? config.slug ?? config.address ?? ''
  const found = await api.find(reference, accountId, { signal })
  if (!found) return undefined
  if (config.id !== null) return String(found.id) === config.id ? found : undefined
  if (config.slug !== null) return found.slug === config.slug ? found : undefined
  return canonicalAddress(found.address) === canonicalAddress(reference) ? found : undefined
}
