import { loaded } from './loaded.ts'

const name = '@cdktf/provider-cloudflare'
export const { DataCloudflareZone } = await loaded(
  name,
  () => import('@cdktf/provider-cloudflare/lib/data-cloudflare-zone/index.js'),
)
export const { DnsRecord } = await loaded(name, () => import('@cdktf/provider-cloudflare/lib/dns-record/index.js'))
