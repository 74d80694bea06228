import { z } from 'zod'
import { dnsCommand } from '../dns-command.ts'
import { domainName } from '../find-domain.ts'
import { tool } from '../tool.ts'

export const checkRecords = tool({
  name: 'check_records',
  title: 'Check the DNS of a domain',
  description:
    'Looks at the DMARC, MTA-STS and TLS-RPT records of any domain in the public DNS, as mail receivers do, and says what is missing or wrong and which DNS service holds the zone. Needs no account.',
  input: z.object({ domain: z.string().describe('The domain name, such as example.com') }),
  run: ({ domain }, sources, signal) => dnsCommand('check', [domainName(domain)], sources, signal),
})
