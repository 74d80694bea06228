resource "dmarcreport_dns_records" "example" {
  records     = dmarcreport_domain.example.cnames
  on_conflict = "replace" # what made way is put back on destroy

  route53 = {} # credentials from the usual AWS chain
}
