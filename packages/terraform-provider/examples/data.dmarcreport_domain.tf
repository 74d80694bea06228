data "dmarcreport_domain" "example" {
  address = "example.com"
}

output "dmarc_record" {
  value = data.dmarcreport_domain.example.hosted_dmarc.published_record
}
