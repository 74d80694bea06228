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

# A domain that is protected already: hosting begins with its live DMARC record and MTA-STS policy.
resource "dmarcreport_domain" "existing" {
  address        = "example.net"
  hosted_dmarc   = { from_current = true }
  hosted_mta_sts = { from_current = true }
}

# The plan is refused until the reports of a month show that quarantine loses no mail.
resource "dmarcreport_domain" "gated" {
  address      = "example.edu"
  hosted_dmarc = { policy = "quarantine", gate = "enforce" }
}
