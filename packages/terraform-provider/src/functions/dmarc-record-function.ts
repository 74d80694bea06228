import { formatDmarc, reportUriOf, tagsOfSettings } from '@dmarc-as-code/records'
import { ArgumentError, defineFunction, s } from '@dmarc-as-code/terraform-plugin'
import { readObject } from './read-object.ts'

export const dmarcRecord = defineFunction({
  summary: 'Formats a DMARC record.',
  description:
    'Formats a DMARC record from the settings of `hosted_dmarc`, with `rua` and `ruf` for the report addresses. Only `policy` is required. Fails if the record would be invalid.',
  parameters: {
    settings: s
      .dynamic()
      .describe(
        'Object with `policy`, `subdomain_policy`, `nonexistent_subdomain_policy`, `dkim_alignment`, `spf_alignment`, `failure_options`, `test_mode`, `rua` and `ruf`.',
      ),
  },
  returns: s.string(),
  run({ settings }) {
    try {
      const given = readObject(settings, {
        policy: 'string',
        subdomain_policy: 'string',
        nonexistent_subdomain_policy: 'string',
        dkim_alignment: 'string',
        spf_alignment: 'string',
        failure_options: 'string',
        test_mode: 'bool',
        rua: 'strings',
        ruf: 'strings',
      })
      const uris = (addresses: readonly string[] = []) => addresses.map(reportUriOf)
      return formatDmarc({ ...tagsOfSettings(given), rua: uris(given.rua), ruf: uris(given.ruf) })
    } catch (error) {
      throw new ArgumentError('settings', (error as Error).message, { cause: error })
    }
  },
})
