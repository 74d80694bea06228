/** One figure. `ratio` is the value against what it is measured by; `target` is what that ratio, or the value, may be at most. */
export interface Result {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly target: number
  readonly ratio: number
  readonly pass: boolean
}

export function against(name: string, value: number, bare: number, unit: string, target: number): Result {
  const ratio = value / bare
  return { name, value: round(value), unit, target, ratio: round(ratio), pass: ratio <= target }
}

export function atMost(name: string, value: number, unit: string, target: number): Result {
  return {
    name,
    value: round(value),
    unit,
    target,
    ratio: target === 0 ? value : round(value / target),
    pass: value <= target,
  }
}

export function print(results: readonly Result[]): void {
  console.log(JSON.stringify({ results }))
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const round = (value: number) => Math.round(value * 100) / 100
