data "dmarcreport_dns_lookup" "dmarc" {
  name = "_dmarc.example.com"
}

# In place of a record of another provider, such as aws_route53_record.
resource "terraform_data" "cname" {
  input = {
    name  = "_dmarc.example.com"
    value = dmarcreport_domain.example.cnames["dmarc"].value
  }

  lifecycle {
    precondition {
      # Null where the DNS could not be asked. The record that Terraform has created already is not in the way of itself.
      condition = (
        data.dmarcreport_dns_lookup.dmarc.can_create != false ||
        data.dmarcreport_dns_lookup.dmarc.cname == dmarcreport_domain.example.cnames["dmarc"].value
      )
      error_message = "${data.dmarcreport_dns_lookup.dmarc.message} In force: ${coalesce(data.dmarcreport_dns_lookup.dmarc.in_force, "nothing")}"
    }
  }
}
