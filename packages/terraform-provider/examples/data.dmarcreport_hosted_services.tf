data "dmarcreport_hosted_services" "shop" {
  domain_id = "shop.example.com"
}

output "cname_statuses" {
  value = { for kind, cname in data.dmarcreport_hosted_services.shop.cnames : kind => cname.status }
}
