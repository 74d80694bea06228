/**
 * A path as messages name it, after some words; empty for what does not begin as a path does: people give credentials in the
 * place of the file that holds them.
 */
export function pathText(path: string, before = ' '): string {
  return /^(\/|\.{1,2}[/\\]|~[/\\]|[A-Za-z]:[/\\])[^\n\r"{}]{0,250}$/.test(path) ? `${before}${path}` : ''
}
