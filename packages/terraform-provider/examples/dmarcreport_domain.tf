resource "dmarcreport_domain" "example" {
  address = "example.com"
  tags    = ["Production"]

  hosted_dmarc = {
    policy    = "quarantine"
    test_mode = true
    extra_rua = ["dmarc@example.com"]
  }

  hosted_mta_sts = {
    mode = "testing"
    mx   = ["mx1.example.com", "*.mail.example.net"]
  }
}

# A domain that sends no mail.
resource "dmarcreport_domain" "parked" {
  address      = "example.org"
  parked       = true
  hosted_dmarc = {}
}
