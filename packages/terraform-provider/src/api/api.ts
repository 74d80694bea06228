import type { DmarcReportClient } from '@dmarc-as-code/client'

export interface Api {
  readonly client: DmarcReportClient
}
