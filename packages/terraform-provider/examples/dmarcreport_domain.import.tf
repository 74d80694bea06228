import {
  to = dmarcreport_domain.example
  id = "acme/example.com" # account/address, or the address, slug or id alone
}
