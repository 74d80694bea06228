action "dmarcreport_verify" "example" {
  config {
    domain_id = dmarcreport_domain.example.id
  }
}
