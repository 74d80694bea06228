/** Statuses that a later attempt may turn into success. */
const passing: readonly number[] = [408, 425, 429, 500, 502, 503, 504]

export const mayPass = (status: number): boolean => passing.includes(status)
