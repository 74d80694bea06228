export { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone/index.js'
export { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js'
