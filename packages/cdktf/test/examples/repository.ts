import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Project } from '../project.ts'
import { exampleFolder } from './on-sandbox.ts'
import { runJob, type StepResult } from './workflow.ts'

const run = promisify(execFile)
const GIT_TIMEOUT_MS = 30_000

/** What a pull request does to a checkout of the main branch. */
export type Change = (folder: string) => Promise<void>

export interface PullRequestOptions {
  readonly labels?: readonly string[]
  /** What happened to the pull request. */
  readonly action?: 'opened' | 'synchronize' | 'labeled'
}

/** A repository on GitHub that began as examples/ci, with the programs its workflows call, as far as they call them. */
export class Repository {
  readonly #project: Project
  readonly #sandbox: Sandbox
  readonly #base: string
  readonly #programs: string
  /** Exists once code of a pull request was executed that writes it. */
  readonly marker: string

  static async create(project: Project, sandbox: Sandbox): Promise<Repository> {
    const repository = new Repository(project, sandbox)
    await repository.#fill()
    return repository
  }

  private constructor(project: Project, sandbox: Sandbox) {
    this.#project = project
    this.#sandbox = sandbox
    this.#base = join(project.folder, '..', 'repository')
    this.#programs = join(project.folder, '..', 'programs')
    this.marker = join(project.folder, '..', 'executed')
  }

  /** The comment on the pull request; rejects where there is none. */
  comment(): Promise<string> {
    return readFile(join(this.#programs, 'comment'), 'utf8')
  }

  /** What `gh` was called with that changes something, one line each. */
  async edits(): Promise<string[]> {
    const text = await readFile(join(this.#programs, 'edits'), 'utf8').catch(() => '')
    return text.split('\n').filter((line) => line !== '')
  }

  /** Runs the gate for a pull request that makes a change. */
  async gate(change: Change, { labels = [], action = 'opened' }: PullRequestOptions = {}): Promise<StepResult[]> {
    const head = await this.#branch(change)
    await this.#clean()
    const contains = (label: string) => String(action !== 'synchronize' && labels.includes(label))
    const consent = (label: string) =>
      `github.event.action != 'synchronize' && contains(github.event.pull_request.labels.*.name, '${label}')`
    return runJob('.github/workflows/gate.yml', 'gate', {
      ...this.#runner('main'),
      expressions: {
        ...this.#read(),
        'github.token': 'token',
        'github.repository': 'example/mail',
        'github.event.number': '7',
        'github.event.pull_request.head.sha': head,
        "github.event.action == 'synchronize'": String(action === 'synchronize'),
        [consent('weaken-policy')]: contains('weaken-policy'),
        [consent('code-reviewed')]: contains('code-reviewed'),
      },
    })
  }

  /** Runs the plan with the code of a pull request that makes a change. */
  async plan(change: Change): Promise<StepResult[]> {
    const head = await this.#branch(change)
    await this.#clean()
    return runJob('.github/workflows/plan.yml', 'plan', { ...this.#runner(head), expressions: this.#read() })
  }

  /** Merges a change and runs what is run then. */
  async merge(change: Change, { labels = [] }: PullRequestOptions = {}): Promise<StepResult[]> {
    const head = await this.#branch(change)
    await this.#git('reset', '--hard', head)
    await this.#clean()
    await writeFile(join(this.#programs, 'labels'), String(labels.includes('weaken-policy')))
    const { token, tsig } = this.#sandbox
    return runJob('.github/workflows/apply.yml', 'apply', {
      ...this.#runner('main'),
      expressions: {
        ...this.#read(),
        'secrets.DMARCREPORT_TOKEN': token,
        'vars.DNS_UPDATE_KEYNAME': tsig.name,
        'secrets.DNS_UPDATE_KEYSECRET': tsig.secret,
        'github.token': 'token',
        'github.repository': 'example/mail',
        'github.sha': head,
      },
    })
  }

  /** Runs the daily comparison. */
  async drift(): Promise<StepResult[]> {
    await this.#clean()
    return runJob('.github/workflows/drift.yml', 'drift', { ...this.#runner('main'), expressions: this.#read() })
  }

  #read(): Record<string, string> {
    const { tsig, dns, readOnlyToken } = this.#sandbox
    return {
      'secrets.DMARCREPORT_READ_TOKEN': readOnlyToken,
      'vars.DNS_UPDATE_SERVER': dns.address,
      'vars.DNS_UPDATE_PORT': String(dns.port),
      'vars.DNS_READ_KEYNAME': tsig.name,
      'vars.DNS_UPDATE_KEYALGORITHM': tsig.algorithm,
      'secrets.DNS_READ_KEYSECRET': tsig.secret,
      'vars.STATE_BUCKET': '',
      'vars.STATE_REGION': '',
    }
  }

  /** How a job runs on a commit; for some events GitHub takes that of the base branch, and the workflow with it. */
  #runner(commit: string) {
    const { folder, env } = this.#project
    // Only what the workflow itself passes on.
    const { DMARCREPORT_TOKEN: _, DNS_UPDATE_KEYSECRET: __, ...rest } = env
    return {
      source: folder,
      workspace: folder,
      actions: {
        'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683': () => {},
        'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020': () => {},
        'hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd': () => {},
      },
      before: () => this.#checkOut(commit),
      env: { ...rest, PATH: `${this.#programs}:${dirname(process.execPath)}:${process.env.PATH}` },
    }
  }

  /** Makes the job's folder what a checkout of a commit is, and keeps the state, which is elsewhere in real life. */
  async #checkOut(commit: string): Promise<void> {
    const { stdout } = await this.#git('ls-tree', '-r', '--name-only', commit)
    const before = [
      'main.ts',
      'stack.ts',
      'check',
      '.github',
      'domains.yaml',
      'package.json',
      'package-lock.json',
      'cdktf.out/manifest.json',
      // What an earlier job left, which every real job begins without.
      ...['changed.txt', 'comment.md', 'errors.txt', 'plan.json', 'plan.txt', 'planned.jsonl', 'refusal.txt'],
    ]
    for (const name of before) await rm(join(this.#project.folder, name), { recursive: true, force: true })
    await this.#git(`--work-tree=${this.#project.folder}`, 'checkout', commit, '--', '.')
    await this.#git('reset', '--hard', 'main')
    if (stdout === '') throw new Error(`${commit} is empty.`)
  }

  async #clean(): Promise<void> {
    for (const name of ['comment', 'edits']) await rm(join(this.#programs, name), { force: true })
    await rm(this.marker, { force: true })
  }

  async #branch(change: Change): Promise<string> {
    await this.#git('checkout', '-q', '-B', 'pull-request', 'main')
    await change(this.#base)
    await this.#git('add', '-A')
    await this.#git('commit', '-q', '--allow-empty', '-m', 'A change')
    const { stdout } = await this.#git('rev-parse', 'HEAD')
    await this.#git('checkout', '-q', 'main')
    return stdout.trim()
  }

  #git(...args: string[]) {
    const author = ['-c', 'user.name=Someone', '-c', 'user.email=someone@example.test', '-c', 'commit.gpgsign=false']
    return run('git', ['-C', this.#base, ...author, ...args], { timeout: GIT_TIMEOUT_MS })
  }

  async #fill(): Promise<void> {
    await cp(exampleFolder('ci'), this.#base, { recursive: true })
    await run('git', ['init', '-q', '-b', 'main', this.#base], { timeout: GIT_TIMEOUT_MS })
    await this.#git('add', '-A')
    await this.#git('commit', '-q', '-m', 'The example')
    await mkdir(this.#programs)
    const program = async (name: string, lines: string) => {
      await writeFile(join(this.#programs, name), `#!/usr/bin/env bash\nset -e\n${lines}\n`)
      await chmod(join(this.#programs, name), 0o755)
    }
    // What is installed lies above the project already. Scripts are run as npm runs them.
    await program(
      'npm',
      `script() { node -p "require('./package.json').scripts?.['$1'] ?? ''"; }
case "$*" in
  'ci --ignore-scripts') test -f package.json;;
  'run synth') bash -e -c "$(script synth)";;
  *) exit 64;;
esac`,
    )
    await program('npx', '[ "$*" = "dmarcreport-provider install" ]')
    await program('node', `exec "${process.execPath}" --conditions=@dmarc-as-code/source "$@"`)
    await program(
      'gh',
      `[ -n "$GH_TOKEN" ]
case "$*" in
  'api --paginate repos/example/mail/pulls/7/files --jq '*) git -C "${this.#base}" diff --no-renames --name-only main pull-request;;
  'api -H Accept: application/vnd.github.raw repos/example/mail/contents/domains.yaml?ref='*)
    git -C "${this.#base}" show "\${4##*ref=}:domains.yaml";;
  'api repos/example/mail/commits/'*'/pulls --jq '*) cat "${this.#programs}/labels";;
  'pr edit 7 '*) [ "$GH_REPO" = example/mail ]; echo "$*" >> "${this.#programs}/edits";;
  'pr comment 7 --body-file comment.md --edit-last --create-if-none')
    [ "$GH_REPO" = example/mail ]; cp comment.md "${this.#programs}/comment";;
  *) echo "unexpected: gh $*" >&2; exit 64;;
esac`,
    )
  }
}
