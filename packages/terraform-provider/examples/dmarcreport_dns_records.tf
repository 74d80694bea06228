resource "dmarcreport_dns_records" "example" {
  records     = dmarcreport_domain.example.cnames
  on_conflict = "replace" # destroy restores the replaced records

  route53 = {} # credentials from the usual AWS chain
}
