output "mta_sts_policy_function" {
  value = provider::dmarcreport::mta_sts_policy({ mode = "testing", mx = ["mx1.example.com"], max_age_days = 7 })
}
