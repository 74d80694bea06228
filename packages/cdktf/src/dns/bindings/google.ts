export { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set/index.js'
