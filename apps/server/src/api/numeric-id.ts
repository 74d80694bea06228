/** An id from a path. Text that is no id gives 0, which no row has. */
export const numericId = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0)
