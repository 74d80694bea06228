import { isKnown, notOneOf, type Problems } from '../problems.ts'

/**
 * What a plan does that tightens a policy although the reports do not show that no mail is lost: refuse it (`enforce`), warn of each
 * thing that is missing (`warn`) or nothing (`off`). Only such a plan asks for reports.
 */
export type EvidenceGate = 'enforce' | 'warn' | 'off'

const evidenceGates: readonly EvidenceGate[] = ['enforce', 'warn', 'off']

/** Checks the gate of a hosted record or policy. A reference is left to the plan. */
export function checkGate(prop: string, gate: EvidenceGate | undefined, problems: Problems): void {
  if (isKnown(gate) && !evidenceGates.includes(gate)) problems.add(prop, notOneOf(gate, evidenceGates))
}
