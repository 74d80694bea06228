/** Answer headers as plain data, in lower case. */
export function readHeaders(headers: Headers): Record<string, string> {
  const result: Record<string, string> = {}
  headers.forEach((value, name) => {
    // A session cookie is a secret too, and of no use here.
    if (!name.startsWith('set-cookie')) result[name] = value
  })
  return result
}

/** JSON as what it means, anything else as its text, nothing as undefined. */
export function parseBody(body: string): unknown {
  if (body.trim() === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
