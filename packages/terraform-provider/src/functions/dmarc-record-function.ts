import { ArgumentError, defineFunction, s } from '@dmarc-as-code/terraform-plugin'
import { formatSettings } from '../hosting/dmarc-settings.ts'
import { readObject } from './read-object.ts'

export const dmarcRecord = defineFunction({
  summary: 'Writes a DMARC record.',
  description:
    'Writes a DMARC record from the settings of `hosted_dmarc`, with `rua` and `ruf` for the report addresses; all may be left out but `policy`. Fails on a record that must not be published.',
  parameters: {
    settings: s
      .dynamic()
      .describe(
        'An object with `policy`, `subdomain_policy`, `nonexistent_subdomain_policy`, `dkim_alignment`, `spf_alignment`, `failure_options`, `test_mode`, `rua` and `ruf`.',
      ),
  },
  returns: s.string(),
  run({ settings }) {
    try {
      return formatSettings(
        readObject(settings, {
          policy: 'string',
          subdomain_policy: 'string',
          nonexistent_subdomain_policy: 'string',
          dkim_alignment: 'string',
          spf_alignment: 'string',
          failure_options: 'string',
          test_mode: 'bool',
          rua: 'strings',
          ruf: 'strings',
        }),
      )
    } catch (error) {
      throw new ArgumentError('settings', (error as Error).message, { cause: error })
    }
  },
})
