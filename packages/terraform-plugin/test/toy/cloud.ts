/** What the toy provider manages: objects with ids, in memory. Tests look into it and change it behind Terraform's back. */
export class ToyCloud {
  readonly objects = new Map<string, Record<string, unknown>>()
  /** Every call, in order: `create a`, `update id-1`, `delete id-1`. */
  readonly calls: string[] = []
  #count = 0

  create(object: Record<string, unknown>): string {
    const id = `id-${++this.#count}`
    this.calls.push(`create ${id}`)
    this.objects.set(id, object)
    return id
  }

  update(id: string, object: Record<string, unknown>): void {
    this.calls.push(`update ${id}`)
    this.objects.set(id, object)
  }

  delete(id: string): void {
    this.calls.push(`delete ${id}`)
    this.objects.delete(id)
  }
}
