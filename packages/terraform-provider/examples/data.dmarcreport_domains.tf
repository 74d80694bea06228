data "dmarcreport_domains" "unhosted" {
  tag    = "Production"
  hosted = false
}

output "to_do" {
  value = data.dmarcreport_domains.unhosted.addresses
}
