import { describe, expect, it } from 'vitest'
import { bypassesProxy, proxySettings } from './proxy-settings.ts'

describe('proxySettings', () => {
  it('uses the settings of the system without a proxy in the environment', () => {
    expect(proxySettings({})).toEqual({ mode: 'system' })
    expect(proxySettings({ HTTPS_PROXY: 'http://[' })).toEqual({ mode: 'system' })
  })

  it.each([
    [{ HTTPS_PROXY: 'http://proxy.corp:3128' }, 'http://proxy.corp:3128'],
    [{ https_proxy: 'proxy.corp:3128' }, 'http://proxy.corp:3128'],
    [{ ALL_PROXY: 'socks5://proxy.corp:1080' }, 'socks5://proxy.corp:1080'],
  ])('takes the proxy from %j', (env, proxyRules) => {
    expect(proxySettings(env)).toEqual({ mode: 'fixed_servers', proxyRules })
  })

  it('leaves out the hosts of NO_PROXY', () => {
    expect(proxySettings({ HTTPS_PROXY: 'proxy:1', NO_PROXY: '.corp, api.example' })).toMatchObject({
      proxyBypassRules: '*.corp,api.example',
    })
  })
})

describe('bypassesProxy', () => {
  it.each([
    ['localhost', {}, true],
    ['127.0.0.1', {}, true],
    ['api.example.com', {}, false],
    ['api.example.com', { NO_PROXY: '.example.com' }, true],
    ['notexample.com', { NO_PROXY: 'example.com' }, false],
    ['api.example.com', { NO_PROXY: '*' }, true],
  ] as const)('%s with %j: %s', (host, env, expected) => {
    expect(bypassesProxy(host, env)).toBe(expected)
  })
})
