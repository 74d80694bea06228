/** The OpenAPI document at /openapi.json without operations and schemas, which come from the contract. */
export const openApiDocument = (version: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'DMARC as Code server',
    version,
    license: { name: 'MIT', identifier: 'MIT' },
    description:
      'Speaks the DMARC Report API v2. Every path also exists with and without `.json`. Lists are whole unless `page` or `per` is sent. Failures have one shape, see the error answers.',
  },
  components: {
    securitySchemes: {
      token: {
        type: 'apiKey' as const,
        in: 'header' as const,
        name: 'Authorization',
        description: 'Token token=<your API token>',
      },
    },
  },
  security: [{ token: [] }],
})
