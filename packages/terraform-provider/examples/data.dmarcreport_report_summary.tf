data "dmarcreport_report_summary" "example" {
  domain_id = "example.com"
}

output "own_pass_rate" {
  value = data.dmarcreport_report_summary.example.own_pass_rate
}
