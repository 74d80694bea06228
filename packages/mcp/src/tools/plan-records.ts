import { z } from 'zod'
import { dnsCommand } from '../dns-command.ts'
import { clientOf, findDomain } from '../find-domain.ts'
import { ToolError, tool } from '../tool.ts'

export const planRecords = tool({
  name: 'plan_records',
  title: 'Plan the DNS records of a domain',
  description:
    'Says what `dmarc-dns apply` would change in the DNS of a hosted domain: the CNAMEs to create or replace, what stands in their way, and first of all what the change does to mail (`verdict`). Only plans; nothing can be written from here.',
  input: z.object({
    domain: z.string().describe('The domain name, such as example.com'),
    conflict: z
      .enum(['fail', 'adopt', 'replace'])
      .default('fail')
      .describe('What the plan does about records in the way: report them, take over a CNAME, or replace anything'),
  }),
  async run({ domain: name, conflict }, sources, signal) {
    const { account_id, id, address } = await findDomain(sources, name, signal)
    const { cname_records } = await clientOf(sources).domains.hostedServices(account_id, id, { signal })
    if (cname_records.length === 0) {
      throw new ToolError(
        `Nothing is hosted for ${address}, so there are no CNAMEs to plan. Turn on hosted DMARC or hosted MTA-STS first.`,
      )
    }
    const wanted = cname_records.flatMap((record) => ['--cname', `${record.name}=${record.value}`])
    const service = sources.dns === undefined ? [] : ['--dns', sources.dns]
    return dnsCommand('plan', [...wanted, ...service, '--conflict', conflict], sources, signal)
  },
})
