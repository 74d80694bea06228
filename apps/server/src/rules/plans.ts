/** What a plan includes. */
export interface Plan {
  /** Hosted DMARC and hosted MTA-STS. */
  hosting: boolean
  /** Domains that are not parked; null: unlimited. */
  domainQuota: number | null
  parkedQuota: number
  /** Reported messages a parked domain has credits for. */
  parkedCredits: number
}

/** The free plan follows the vendor's (one domain, no hosting); operators give other users `standard`. */
export const plans = {
  free: { hosting: false, domainQuota: 1, parkedQuota: 0, parkedCredits: 0 },
  standard: { hosting: true, domainQuota: null, parkedQuota: 100, parkedCredits: 1000 },
} as const satisfies Record<string, Plan>

export type PlanName = keyof typeof plans

export const isPlanName = (name: string): name is PlanName => Object.hasOwn(plans, name)

/** The plan for a stored name. An unknown name (written by a newer version) counts as the free plan. */
export const planOf = (name: string): Plan => (isPlanName(name) ? plans[name] : plans.free)
