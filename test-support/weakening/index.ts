export { type DmarcSituation, dmarcSituations, dmarcTarget, dmarcZones } from './dmarc-situations.ts'
export { mtaStsSituations, mtaStsTargets, mtaStsZones } from './mta-sts-situations.ts'
