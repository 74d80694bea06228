terraform {
  required_providers {
    dmarcreport = {
      source  = "dmarc-as-code/dmarcreport"
      version = "~> 0.1"
    }
  }
}

# The token comes from DMARCREPORT_TOKEN, the address of a server of your own from DMARCREPORT_ENDPOINT.
provider "dmarcreport" {}

locals {
  tags = toset(flatten([for domain in var.domains : domain.tags]))
}

resource "dmarcreport_tag" "this" {
  for_each = local.tags

  name = each.value
}

resource "dmarcreport_domain" "this" {
  for_each = var.domains

  address        = each.key
  parked         = each.value.parked
  tags           = [for name in each.value.tags : dmarcreport_tag.this[name].name]
  hosted_dmarc   = each.value.dmarc
  hosted_mta_sts = each.value.mta_sts
}

# The server and its key come from DNS_UPDATE_SERVER, DNS_UPDATE_KEYNAME and DNS_UPDATE_KEYSECRET. Other DNS services have
# blocks of their own (route53, cloudflare, ...), and `cnames` works with any other provider too.
resource "dmarcreport_dns_records" "this" {
  for_each = dmarcreport_domain.this

  records     = each.value.cnames
  on_conflict = var.on_conflict
  rfc2136     = {}
}

# Waits until everything is live.
resource "dmarcreport_domain_verification" "this" {
  for_each = dmarcreport_domain.this

  domain_id = each.value.id
  records   = dmarcreport_dns_records.this[each.key].applied

  timeouts {
    create = var.verification_timeout
  }
}
