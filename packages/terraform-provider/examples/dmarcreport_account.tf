resource "dmarcreport_account" "client" {
  title = "Client A"
}
