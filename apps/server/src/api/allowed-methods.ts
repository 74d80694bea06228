import { reportRoutes, routes } from '@dmarc-as-code/client/contract'

const templates = Object.values({ ...routes, ...reportRoutes }).map(({ method, path }) => ({
  method,
  segments: path.replace(/\.json$/, '').split('/'),
}))

/** The methods of the operations at a path, as `Allow` lists them; empty where the API has nothing at the path. */
export function allowedMethods(url: string): string[] {
  const segments = (url.split('?')[0] ?? '').replace(/\.json$/, '').split('/')
  const here = templates.filter(
    (template) =>
      template.segments.length === segments.length &&
      template.segments.every((segment, index) =>
        segment.startsWith(':') ? segments[index] !== '' : segment === segments[index],
      ),
  )
  const methods = new Set<string>(here.map(({ method }) => method))
  // Fastify answers HEAD wherever it answers GET.
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].sort()
}
