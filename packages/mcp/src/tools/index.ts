import type { Tool } from '../tool.ts'
import { checkRecords } from './check-records.ts'
import { domainStatus } from './domain-status.ts'
import { evidence } from './evidence.ts'
import { explainCode } from './explain-code.ts'
import { listDomains } from './list-domains.ts'
import { planRecords } from './plan-records.ts'

/** Every tool. None of them writes: not to an account, not to a DNS zone, not to a file. */
export const tools: readonly Tool[] = [listDomains, domainStatus, checkRecords, planRecords, evidence, explainCode]
