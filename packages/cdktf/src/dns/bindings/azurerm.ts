import { loaded } from './loaded.ts'

const name = '@cdktf/provider-azurerm'
export const { DnsCnameRecord } = await loaded(
  name,
  () => import('@cdktf/provider-azurerm/lib/dns-cname-record/index.js'),
)
