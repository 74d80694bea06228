export { CnameRecord } from '@cdktf/provider-dns/lib/cname-record/index.js'
