export { type DmarcSituation, dmarcSituations, dmarcTarget, dmarcZones, hostedZone } from './dmarc-situations.ts'
export { type MtaStsSituation, mtaStsSituations, mtaStsTargets, mtaStsZones } from './mta-sts-situations.ts'
