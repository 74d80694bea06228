import { s } from '@dmarc-as-code/terraform-plugin'

/** The schema of the data source `aws_route53_zone`, as the AWS provider has it. */
export const zoneSchema = {
  arn: s.string().computed(),
  caller_reference: s.string().computed(),
  comment: s.string().computed(),
  enable_accelerated_recovery: s.bool().optional().computed(),
  id: s.string().optional().computed(),
  linked_service_description: s.string().computed(),
  linked_service_principal: s.string().computed(),
  name: s.string().optional().computed(),
  name_servers: s.list(s.string()).computed(),
  primary_name_server: s.string().computed(),
  private_zone: s.bool().optional(),
  resource_record_set_count: s.integer().computed(),
  tags: s.map(s.string()).optional().computed(),
  vpc_id: s.string().optional().computed(),
  zone_id: s.string().optional().computed(),
}
