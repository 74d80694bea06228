data "dmarcreport_account" "acme" {
  slug = "acme"
}

output "account_id" {
  value = data.dmarcreport_account.acme.id
}
