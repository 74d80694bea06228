import { s } from '@dmarc-as-code/terraform-plugin'

/** The schema of `aws_route53_record`, as the AWS provider has it. */
export const recordSchema = {
  allow_overwrite: s.bool().optional().computed(),
  fqdn: s.string().computed(),
  health_check_id: s.string().optional(),
  id: s.string().optional().computed().useStateForUnknown(),
  multivalue_answer_routing_policy: s.bool().optional(),
  name: s.string().required().requiresReplace(),
  records: s.set(s.string()).optional(),
  set_identifier: s.string().optional(),
  ttl: s.integer().optional(),
  type: s.string().required().requiresReplace(),
  zone_id: s.string().required().requiresReplace(),
  alias: s.blockList(
    {
      evaluate_target_health: s.bool().required(),
      name: s.string().required(),
      zone_id: s.string().required(),
    },
    { max: 1 },
  ),
  cidr_routing_policy: s.blockList(
    { collection_id: s.string().required(), location_name: s.string().required() },
    { max: 1 },
  ),
  failover_routing_policy: s.blockList({ type: s.string().required() }, { max: 1 }),
  geolocation_routing_policy: s.blockList(
    { continent: s.string().optional(), country: s.string().optional(), subdivision: s.string().optional() },
    { max: 1 },
  ),
  geoproximity_routing_policy: s.blockList(
    {
      aws_region: s.string().optional(),
      bias: s.integer().optional(),
      local_zone_group: s.string().optional(),
      coordinates: s.blockSet({ latitude: s.string().required(), longitude: s.string().required() }),
    },
    { max: 1 },
  ),
  latency_routing_policy: s.blockList({ region: s.string().required() }, { max: 1 }),
  weighted_routing_policy: s.blockList({ weight: s.integer().required() }, { max: 1 }),
}
