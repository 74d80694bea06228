list "dmarcreport_tag" "existing" {
  provider = dmarcreport

  config {
    query = "client"
  }
}
