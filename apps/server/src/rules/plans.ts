/** What a subscription grants. */
export interface Plan {
  /** Hosted DMARC and hosted MTA-STS. */
  hosting: boolean
  /** Domains that are not parked; null: as many as wanted. */
  domainQuota: number | null
  parkedQuota: number
  /** Messages a parked domain may have reported before its reports are cut off. */
  parkedCredits: number
}

/** The free plan follows the vendor's (one domain, no hosting); whoever runs this server gives everybody else `standard`. */
export const plans = {
  free: { hosting: false, domainQuota: 1, parkedQuota: 0, parkedCredits: 0 },
  standard: { hosting: true, domainQuota: null, parkedQuota: 100, parkedCredits: 1000 },
} as const satisfies Record<string, Plan>

export type PlanName = keyof typeof plans

export const isPlanName = (name: string): name is PlanName => Object.hasOwn(plans, name)

/** The plan of a stored name. An unknown one (written by a newer version) counts as the smallest. */
export const planOf = (name: string): Plan => (isPlanName(name) ? plans[name] : plans.free)
