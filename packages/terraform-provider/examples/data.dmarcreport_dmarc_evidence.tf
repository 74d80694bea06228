data "dmarcreport_dmarc_evidence" "example" {
  domain_id = "example.com"
  target    = "quarantine"
}

output "missing" {
  value = data.dmarcreport_dmarc_evidence.example.blockers[*].fix
}

# Fails the plan, wherever the DMARC record is kept, until the reports are sufficient.
resource "terraform_data" "policy" {
  input = "v=DMARC1; p=quarantine"

  lifecycle {
    precondition {
      condition     = data.dmarcreport_dmarc_evidence.example.ready
      error_message = data.dmarcreport_dmarc_evidence.example.message
    }
  }
}
