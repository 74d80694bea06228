import { loaded } from './loaded.ts'

const name = '@cdktf/provider-google'
export const { DnsRecordSet } = await loaded(name, () => import('@cdktf/provider-google/lib/dns-record-set/index.js'))
