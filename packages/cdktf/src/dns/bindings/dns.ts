import { loaded } from './loaded.ts'

const name = '@cdktf/provider-dns'
export const { CnameRecord } = await loaded(name, () => import('@cdktf/provider-dns/lib/cname-record/index.js'))
