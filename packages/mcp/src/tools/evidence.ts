import { Reports } from '@dmarc-as-code/client/reports'
import { z } from 'zod'
import { clientOf, findDomain } from '../find-domain.ts'
import { tool } from '../tool.ts'

export const evidence = tool({
  name: 'evidence',
  title: 'Evidence for a stricter policy',
  description:
    'Says from the reports of a domain whether its policy may be tightened: ready or not, each blocker with what was found, what is expected and what to do, the numbers behind the rules, and the next record to publish when it is ready. Falling rates are never a reason to weaken a policy.',
  input: z.object({
    domain: z.string().describe('The domain name, such as example.com'),
    target: z
      .enum(['quarantine', 'reject', 'mta_sts_enforce'])
      .describe('The stricter policy in question: p=quarantine, p=reject, or MTA-STS mode enforce'),
  }),
  async run({ domain: name, target }, sources, signal) {
    const { account_id, id } = await findDomain(sources, name, signal)
    return { ...(await new Reports(clientOf(sources)).evidence(account_id, id, { target, signal })) }
  },
})
