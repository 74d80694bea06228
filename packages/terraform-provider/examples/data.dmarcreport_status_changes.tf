data "dmarcreport_status_changes" "shop" {
  domain_id = "shop.example.com"
  limit     = 20
}

output "when_ready" {
  value = [for change in data.dmarcreport_status_changes.shop.changes : change.at if change.part == "overall" && change.to == "ready"]
}
