data "dmarcreport_accounts" "all" {}

output "accounts" {
  value = { for account in data.dmarcreport_accounts.all.accounts : account.slug => account.id }
}
