/** Proofs that a CA asks for while an order is under way: by the token of http-01, or by host name. */
export interface Challenges {
  put(name: string, proof: string): Promise<void>
  remove(name: string): Promise<void>
  get(name: string): Promise<string | undefined>
}
