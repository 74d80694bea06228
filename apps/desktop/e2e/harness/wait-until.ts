/**
 * How long a condition may take to hold, in milliseconds. Nothing waits longer than needed, so this only decides how slow a
 * machine may be: one with two busy cores takes ten times as long as a quiet one.
 */
export const patience = 60_000
/** The same where several looks at the DNS come first, ten seconds apart at least. */
export const patienceForLooks = 150_000

/** Waits for a condition that nothing announces. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeout = patience,
): Promise<void> {
  const end = Date.now() + timeout
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeout} ms in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
