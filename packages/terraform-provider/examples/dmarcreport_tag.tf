resource "dmarcreport_tag" "production" {
  name  = "Production"
  color = "#10B981"
}
