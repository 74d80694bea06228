import type { Challenges } from '../src/certificates/challenges.ts'

/** Proofs of one process. */
export function challengesInMemory(): Challenges {
  const proofs = new Map<string, string>()
  return {
    put: async (name, proof) => void proofs.set(name, proof),
    remove: async (name) => void proofs.delete(name),
    get: async (name) => proofs.get(name),
  }
}
