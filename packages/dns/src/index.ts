export { DnsError, DnsInputError, isExpected } from './errors.ts'
