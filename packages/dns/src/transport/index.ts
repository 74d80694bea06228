export { type BulkDnsClient, type BulkDnsClientOptions, createBulkDnsClient } from './bulk-client.ts'
export { createDnsClient, type DnsClientOptions } from './client.ts'
export { DnsQueryError, type DnsQueryErrorCode, serverAddress } from './errors.ts'
export type * from './types.ts'
