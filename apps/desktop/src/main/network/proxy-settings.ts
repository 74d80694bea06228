import type { ProxyConfig } from 'electron'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for the app's requests: `HTTPS_PROXY` (or `ALL_PROXY`), with `NO_PROXY`, where it is set; otherwise what the
 * system says, including automatic configuration.
 */
export function proxySettings(env: Environment): ProxyConfig {
  const proxy = proxyUrl(env)
  if (!proxy) return { mode: 'system' }
  const bypass = noProxy(env).map((host) => (host.startsWith('.') ? `*${host}` : host))
  return {
    mode: 'fixed_servers',
    proxyRules: `${proxy.protocol}//${proxy.host}`,
    ...(bypass.length > 0 ? { proxyBypassRules: bypass.join(',') } : {}),
  }
}

/** The proxy of the environment; undefined without one, or if its URL is not valid. */
export function proxyUrl(env: Environment): URL | undefined {
  const text = env.HTTPS_PROXY ?? env.https_proxy ?? env.ALL_PROXY ?? env.all_proxy
  if (!text) return undefined
  const withScheme = text.includes('://') ? text : `http://${text}`
  return URL.canParse(withScheme) ? new URL(withScheme) : undefined
}

/** Whether a host is reached without the proxy: this computer always is. */
export function bypassesProxy(hostname: string, env: Environment): boolean {
  if (hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)) return true
  return noProxy(env).some((entry) => {
    const suffix = entry.replace(/^\*?\.?/, '')
    return entry === '*' || hostname === suffix || hostname.endsWith(`.${suffix}`)
  })
}

function noProxy(env: Environment): string[] {
  return (env.NO_PROXY ?? env.no_proxy ?? '')
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean)
}
