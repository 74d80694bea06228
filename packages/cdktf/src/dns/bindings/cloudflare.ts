export { DataCloudflareZone } from '@cdktf/provider-cloudflare/lib/data-cloudflare-zone/index.js'
export { DnsRecord } from '@cdktf/provider-cloudflare/lib/dns-record/index.js'
