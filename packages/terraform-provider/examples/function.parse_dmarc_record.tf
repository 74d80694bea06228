output "parse_dmarc_record_function" {
  value = provider::dmarcreport::parse_dmarc_record("v=DMARC1; p=reject; rua=mailto:dmarc@example.com").policy
}
