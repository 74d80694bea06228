import {
  to = dmarcreport_account.client
  id = "client-a" # id, slug or title
}
