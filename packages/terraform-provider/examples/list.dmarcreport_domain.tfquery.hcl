list "dmarcreport_domain" "shops" {
  provider         = dmarcreport
  include_resource = true
  limit            = 1000

  config {
    tags  = ["Production"]
    query = "shop"
  }
}
