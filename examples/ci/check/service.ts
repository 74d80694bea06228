import { DmarcReportClient, NotFoundError, UnsupportedError } from '@dmarc-as-code/client'
import { Reports } from '@dmarc-as-code/client/reports'
import type { AskEvidence } from './evidence.ts'

/** Asks the service that the provider asks, with the same token: DMARCREPORT_TOKEN, and DMARCREPORT_ENDPOINT where it is another one. */
export function askService({
  DMARCREPORT_TOKEN: token,
  DMARCREPORT_ENDPOINT: baseUrl,
}: NodeJS.ProcessEnv): AskEvidence {
  if (!token) return () => Promise.reject(new Error('DMARCREPORT_TOKEN is not set'))
  const reports = new Reports(new DmarcReportClient({ token, ...(baseUrl && { baseUrl }) }))
  return async ({ account_id, id }, target, signal) => {
    if (!account_id || !id) throw new Error('the state does not say which domain it is')
    try {
      const { ready, blockers } = await reports.evidence(account_id, id, { target, signal })
      return {
        ready,
        blockers: blockers.map(({ found, expected, fix }) => `Found ${found}, expected ${expected}. ${fix}`),
      }
    } catch (error) {
      // The domain is there, so what was not found are its reports.
      if (error instanceof UnsupportedError || error instanceof NotFoundError) return 'no reports'
      throw error
    }
  }
}
