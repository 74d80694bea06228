import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitepress'
import { slug } from '../src/slug.ts'

const pages = join(import.meta.dirname, '../.assembled')
const titles = JSON.parse(readFileSync(join(pages, 'titles.json'), 'utf8')) as Record<
  'codes' | 'httpApi' | 'types',
  [path: string, title: string][]
>

/** The pages of a folder of the provider's documentation, by name. */
function terraformPages(folder: string) {
  return readdirSync(join(pages, 'reference/terraform', folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.replace(/\.md$/, ''))
    .map((name) => ({ text: name, link: `/reference/terraform/${folder}/${name}` }))
}

const links = (items: readonly (readonly [text: string, link: string])[]) =>
  items.map(([text, link]) => ({ text, link }))

const pagesOf = (list: readonly (readonly [path: string, text: string])[]) =>
  list.map(([path, text]) => ({ text, link: `/${path}` }))

// What the theme shows too faintly (WCAG 1.4.3), and a hint that the label of the button has in words.
const style = ':root { --vp-code-lang-color: var(--vp-c-text-2) } .DocSearch-Button-Keys { display: none !important }'

const searchText = 'Search (Ctrl K)'

export default defineConfig({
  title: 'DMARC as Code',
  description:
    'Keep DMARC, MTA-STS and TLS-RPT in code, watch them in the tray, and move safely from p=none to p=reject.',
  lang: 'en',
  srcDir: '.assembled',
  // Served by GitHub Pages below the name of the repository.
  base: process.env.DOCS_BASE ?? '/dmarc-as-code/',
  head: [['style', {}, style]],
  cleanUrls: true,
  metaChunk: true,
  markdown: {
    // Documents that lie beside the code are plain Markdown; what looks like a tag in them is text.
    config: (markdown) => {
      markdown.set({ html: false })
    },
    anchor: { slugify: slug },
    languageAlias: { hcl: 'terraform', caddy: 'nginx', caddyfile: 'nginx' },
  },
  themeConfig: {
    // The label repeats what the button shows, for people who speak to their computer (WCAG 2.5.3).
    search: {
      provider: 'local',
      options: { translations: { button: { buttonText: searchText, buttonAriaLabel: searchText } } },
    },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: 'https://github.com/dmarc-as-code/dmarc-as-code' }],
    nav: links([
      ['Start', '/for/platform-engineers'],
      ['Guides', '/guides/none-to-reject'],
      ['Codes', '/codes/'],
      ['Reference', '/reference/provider'],
      ['Operate', '/operate/server'],
    ]),
    sidebar: {
      '/': [
        {
          text: 'Start',
          items: links([
            ['Platform engineers', '/for/platform-engineers'],
            ['Mail administrators', '/for/mail-administrators'],
            ['Agencies', '/for/agencies'],
            ['Operators of a server', '/for/operators'],
            ['Authors of providers', '/for/provider-authors'],
          ]),
        },
        {
          text: 'Guides',
          items: links([
            ['From p=none to p=reject', '/guides/none-to-reject'],
            ['Host MTA-STS, and leave it', '/guides/mta-sts'],
            ['Take over an existing account', '/guides/existing-account'],
            ['Hand over a record', '/guides/hand-over'],
            ['Leave', '/guides/leave'],
            ['Move to another host', '/guides/move-host'],
            ['From CDKTF to CDK Terrain', '/guides/cdktf-to-cdk-terrain'],
            ['Pulumi', '/guides/pulumi'],
          ]),
        },
        {
          text: 'Examples',
          items: links([
            ['All', '/examples/'],
            ['Terraform', '/examples/terraform-quickstart'],
            ['Constructs with Route 53', '/examples/cdktf-route53'],
            ['A fleet from a file', '/examples/cdktf-fleet'],
            ['A rollout', '/examples/cdktf-rollout'],
            ['A rollout by evidence', '/examples/evidence-rollout'],
            ['Pull requests', '/examples/ci'],
            ['An account that exists', '/examples/existing-account'],
          ]),
        },
        {
          text: 'Contribute',
          items: links([
            ['Architecture', '/contribute/architecture'],
            ['Contributing', '/contribute/contributing'],
          ]),
        },
      ],
      '/codes/': [{ text: 'Codes', items: pagesOf(titles.codes) }],
      '/reference/': [
        {
          text: 'Terraform',
          items: links([
            ['Provider', '/reference/provider'],
            ['Constructs', '/reference/constructs'],
            ['API of the constructs', '/reference/constructs-api'],
            ['Python, Java and Go', '/reference/other-languages'],
          ]),
        },
        {
          text: 'Programs and packages',
          items: links([
            ['DMARC Watch', '/reference/desktop'],
            ['dmarc-dns', '/reference/dns'],
            ['MCP server', '/reference/mcp'],
            ['API client', '/reference/client'],
            ['Records', '/reference/records'],
            ['Reports', '/reference/reports'],
            ['Plugin framework', '/reference/terraform-plugin'],
            ['Design of the framework', '/reference/terraform-plugin-design'],
            ['Figures', '/reference/figures'],
            ['Changelog', '/reference/changelog'],
          ]),
        },
        { text: 'HTTP API', collapsed: true, items: pagesOf(titles.httpApi) },
        { text: 'Exports of the packages', collapsed: true, items: pagesOf(titles.types) },
        { text: 'Resources', items: terraformPages('resources') },
        { text: 'Data sources', items: terraformPages('data-sources') },
        { text: 'Functions', items: terraformPages('functions') },
      ],
      '/operate/': [
        {
          text: 'Operate',
          items: links([
            ['The server', '/operate/server'],
            ['Deploy it', '/operate/deploy'],
            ['Roles, secondaries and keys', '/operate/operations'],
            ['Sizes', '/operate/sizing'],
            ['Sandbox', '/operate/sandbox'],
            ['Security', '/operate/security'],
          ]),
        },
      ],
    },
  },
})
