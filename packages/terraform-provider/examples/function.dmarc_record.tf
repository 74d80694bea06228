output "dmarc_record_function" {
  value = provider::dmarcreport::dmarc_record({ policy = "reject", rua = ["dmarc@example.com"] })
}
