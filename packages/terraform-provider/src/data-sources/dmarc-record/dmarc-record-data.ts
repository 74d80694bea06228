import type { DmarcPolicy, GenerateDmarcRecordInput } from '@dmarc-as-code/client'
import { parseReportUri, reportUriOf, tagsOfSettings } from '@dmarc-as-code/records'
import { DiagnosticError } from '@dmarc-as-code/terraform-plugin'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { dmarcRecordDataSchema } from './dmarc-record-data-schema.ts'

export const dmarcRecordData = define.dataSource({
  description:
    "Generates a DMARC record that contains the service's own report addresses, for a domain whose record is published elsewhere. Publishes nothing.",
  schema: dmarcRecordDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining(`Generating a DMARC record for ${config.domain_id}`, signal, async () => {
      const accountId = await api.accountId(config.account_id, { signal })
      const domain = await api.find(config.domain_id, accountId, { signal })
      if (!domain) {
        throw new DiagnosticError(
          `Domain "${config.domain_id}" not found`,
          `Account ${accountId} has no domain with this ID, slug or address.`,
          { path: ['domain_id'] },
        )
      }
      const { p, sp, np, adkim, aspf, fo, t } = tagsOfSettings(config)
      const input: GenerateDmarcRecordInput = {
        p: p as DmarcPolicy,
        ...(sp && { sp }),
        ...(np && { np }),
        ...(adkim && { adkim }),
        ...(aspf && { aspf }),
        ...(fo !== undefined && { fo }),
        ...(t && { t }),
        ...(config.extra_rua?.length && { additional_rua_emails: config.extra_rua.map(email) }),
        ...(config.extra_ruf?.length && { additional_ruf_emails: config.extra_ruf.map(email) }),
      }
      const generated = await api.client.domains.generateDmarcRecord(accountId, domain.id, input, { signal })
      const record = generated.dmarc_record
      return {
        record,
        length: generated.record_length ?? record.length,
        max_length: generated.max_length ?? null,
      }
    })
  },
})

/** The API takes addresses without their scheme. */
function email(address: string): string {
  const uri = reportUriOf(address)
  if (parseReportUri(uri).ok && uri.startsWith('mailto:')) return decodeURIComponent(uri.slice('mailto:'.length))
  throw new DiagnosticError('Unsupported report address', `Found "${address}", expected an email address.`)
}
