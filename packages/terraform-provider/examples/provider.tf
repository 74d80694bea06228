terraform {
  required_providers {
    dmarcreport = {
      source  = "dmarc-as-code/dmarcreport"
      version = "~> 0.1"
    }
  }
}

provider "dmarcreport" {
  account = "acme" # id, slug or title; the token comes from DMARCREPORT_TOKEN
}
