export { DnsCnameRecord } from '@cdktf/provider-azurerm/lib/dns-cname-record/index.js'
