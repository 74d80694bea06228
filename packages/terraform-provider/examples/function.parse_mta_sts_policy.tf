output "parse_mta_sts_policy_function" {
  value = provider::dmarcreport::parse_mta_sts_policy("version: STSv1\nmode: none\nmax_age: 86400\n").mode
}
