variable "domains" {
  description = "The domains by their names. DMARC is hosted for all of them, MTA-STS where it is set."
  type = map(object({
    parked = optional(bool, false)
    tags   = optional(list(string), [])
    dmarc = optional(object({
      policy    = optional(string)
      test_mode = optional(bool)
      extra_rua = optional(list(string))
    }), {})
    mta_sts = optional(object({
      mode         = string
      mx           = optional(list(string))
      max_age_days = optional(number)
    }))
  }))
  default = {
    # Live: quarantine, but only tried out for now, and MTA-STS in testing.
    "example.test" = {
      tags    = ["Live"]
      dmarc   = { policy = "quarantine", test_mode = true }
      mta_sts = { mode = "testing", mx = ["mail.example.test"], max_age_days = 7 }
    }
    # Only watching so far. An old DMARC record stands in the way of the CNAME; its report address is kept.
    "shop.test" = {
      tags  = ["Live", "Client A"]
      dmarc = { policy = "none", extra_rua = ["postmaster@shop.test"] }
    }
    # Sends no mail: rejects everything.
    "parked.test" = { parked = true }
  }
}

variable "on_conflict" {
  description = "What to do about records in the way of a CNAME: fail, adopt or replace. What is replaced is put back on destroy."
  type        = string
  default     = "replace"
}

variable "verification_timeout" {
  description = "How long to wait until a domain is live."
  type        = string
  default     = "30m"
}
