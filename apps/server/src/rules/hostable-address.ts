import { isWithin } from '@dmarc-as-code/dns/wire'
import { getPublicSuffix } from 'tldts-icann'
import { privateNames } from '../network/private-names.ts'

/** Names that the public DNS does not have, and those that belong to nobody (RFC 6761 and its registry). */
const specialUse = [...privateNames, 'example.com', 'example.net', 'example.org']

/** Which domains this server takes. */
export interface AddressRules {
  /** The hosted zone: what is below it is this server's own. */
  zone: string
  /** Names of private networks and of documentation are taken as well. */
  allowPrivate: boolean
}

/** Why a domain cannot be hosted or monitored here, as a sentence; undefined when it can. */
export function unhostable(address: string, { zone, allowPrivate }: AddressRules): string | undefined {
  if (isWithin(address, zone)) {
    return `${address} belongs to the hosted zone ${zone} of this server. Add the domain that you send mail from.`
  }
  if (getPublicSuffix(address) === address && !isSpecial(address)) {
    return `${address} is a public suffix, under which others register domains. Add a domain below it.`
  }
  if (allowPrivate || !isSpecial(address)) return undefined
  return `${address} is under a special-use name (RFC 6761), which the public DNS does not have. For private networks, the operator can set network.allowPrivate.`
}

const isSpecial = (address: string): boolean => specialUse.some((name) => isWithin(address, name))
