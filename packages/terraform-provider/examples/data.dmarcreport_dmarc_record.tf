data "dmarcreport_dmarc_record" "example" {
  domain_id = "example.com"
  policy    = "reject"
}

output "record" {
  value = data.dmarcreport_dmarc_record.example.record
}
