import type { Domain } from '@dmarc-as-code/client'
import { DiagnosticError } from '@dmarc-as-code/terraform-plugin'

/** The name of the marker of a domain that is being created. */
export const domainMarker = (accountId: number, address: string) => `${accountId}/${address}`

/** The error for a domain that is not provably ours. */
export function alreadyExists(domain: Domain, accountId: number): DiagnosticError {
  return new DiagnosticError(
    `Domain ${domain.address} already exists`,
    `Account ${accountId} contains it as domain ${domain.id}, and nothing proves that this configuration created it. To manage it with this configuration, import it:\n\n` +
      `import {\n  to = dmarcreport_domain.NAME\n  id = "${accountId}/${domain.address}"\n}\n\n` +
      'If another resource of this configuration has it in the state, use a `moved` block instead. An account contains an address only once, so a domain cannot be replaced with `create_before_destroy`.',
    { path: ['address'] },
  )
}
