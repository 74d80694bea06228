output "ready" {
  description = "Which domains are live."
  value       = { for address, verification in dmarcreport_domain_verification.this : address => verification.ready }
}

output "records" {
  description = "The DMARC record each domain publishes."
  value       = { for address, domain in dmarcreport_domain.this : address => domain.hosted_dmarc.published_record }
}
