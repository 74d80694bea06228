export { type DmarcChange, dmarcEffect } from './dmarc-effect.ts'
export { type MailViewOptions, mailView } from './mail-view.ts'
export { type MtaStsChange, mtaStsEffect } from './mta-sts-effect.ts'
export type { Found, InForce, MailView, PlanEffect } from './types.ts'
