import { DnsError } from '../errors.ts'

/** Text that is no domain name, or a name that cannot be asked for. */
export class DnsNameError extends DnsError {
  override readonly name = 'DnsNameError'
}

/** Bytes or text that break the rules of DNS messages, names or record data. A server answers FORMERR to such bytes. */
export class DnsFormatError extends DnsError {
  override readonly name = 'DnsFormatError'
}
