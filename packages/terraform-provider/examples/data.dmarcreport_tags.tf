data "dmarcreport_tags" "all" {}

output "tags" {
  value = data.dmarcreport_tags.all.names
}
