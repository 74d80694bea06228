import { loaded } from './loaded.ts'

const name = '@cdktf/provider-aws'
export const { DataAwsRoute53Zone } = await loaded(
  name,
  () => import('@cdktf/provider-aws/lib/data-aws-route53-zone/index.js'),
)
export const { Route53Record } = await loaded(name, () => import('@cdktf/provider-aws/lib/route53-record/index.js'))
