import {
  to = dmarcreport_tag.production
  id = "Production" # id or name
}
