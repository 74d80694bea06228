resource "dmarcreport_domain_verification" "example" {
  domain_id = dmarcreport_domain.example.id
  records   = dmarcreport_dns_records.example.applied

  timeouts {
    create = "1h"
  }
}
