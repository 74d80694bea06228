terraform {
  required_providers {
    dmarcreport = {
      source = "dmarc-as-code/dmarcreport"
    }
  }
}

resource "dmarcreport_account" "this" {
  title = "Team"
}

# After the account, so that the requests of every run are the same: a test dies at each of them.
resource "dmarcreport_tag" "this" {
  name       = "Live"
  depends_on = [dmarcreport_account.this]
}

resource "dmarcreport_domain" "this" {
  account_id = dmarcreport_account.this.id
  address    = "shop.test"
  tags       = [dmarcreport_tag.this.name]
  hosted_dmarc = {
    policy    = "quarantine"
    extra_rua = ["postmaster@shop.test"]
  }
}

resource "dmarcreport_dns_records" "this" {
  records     = dmarcreport_domain.this.cnames
  on_conflict = "replace"
  rfc2136     = {}
}
