export { type MailViewOptions, mailView } from './mail-view.ts'
export type { Found, InForce, MailView, PlanEffect } from './types.ts'
