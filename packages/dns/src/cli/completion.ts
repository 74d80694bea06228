import type { Arguments } from './arguments.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { type Command, commands, commandTexts, type Option, optionsOf, type Shell, shells } from './options.ts'

/** `completion`: prints what a shell has to read to complete command lines. */
export async function completion({ names }: Arguments, io: Io): Promise<ExitCode> {
  const shell = shells.find((known) => known === names[0])
  if (!shell || names.length > 1) throw new UsageError(`completion needs one shell: ${shells.join(', ')}.`)
  io.out(scripts[shell]())
  return exitCodes.ok
}

const scripts: { readonly [S in Shell]: () => string } = { bash, zsh, fish }

const wordsOf = ({ value }: Option): readonly string[] | undefined => (Array.isArray(value) ? value : undefined)

/** Every option once, with the commands that share its kind of value. */
function valued(): Map<string, Option> {
  return new Map(commands.flatMap((command) => optionsOf(command).map(({ name, option }) => [name, option] as const)))
}

function bash(): string {
  const flags = (command: Command) =>
    optionsOf(command)
      .flatMap(({ name, option }) => [`--${name}`, ...(option.short ? [`-${option.short}`] : [])])
      .join(' ')
  const values = [...valued()].flatMap(([name, option]) => {
    if (option.type === 'boolean') return []
    const words = wordsOf(option)
    const reply =
      option.value === 'folder'
        ? 'compgen -d -- "$word"'
        : words
          ? `compgen -W '${words.join(' ')}' -- "$word"${option.orFile ? '; compgen -f -- "$word"' : ''}`
          : option.value === 'file'
            ? 'compgen -f -- "$word"'
            : ':'
    return [`    --${name}) mapfile -t COMPREPLY < <(${reply}); return ;;`]
  })
  const perCommand = commands.map((command) => `    ${command}) flags='${flags(command)}' ;;`)
  return `# dmarc-dns: source <(dmarc-dns completion bash)
_dmarc_dns() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= flags= each
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ $each != -* ]]; then command=$each; break; fi
  done
  case $previous in
${values.join('\n')}
  esac
  if [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W '${commands.join(' ')} --help --version' -- "$word")
    return
  fi
  case $command in
${perCommand.join('\n')}
  esac
  if [[ $command == completion && $word != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '${shells.join(' ')}' -- "$word")
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$word")
  fi
}
complete -F _dmarc_dns dmarc-dns
`
}

/** Text within an option of zsh's _arguments, where these characters mean something. */
const forZsh = (text: string) => text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''")

function zsh(): string {
  const action = (option: Option): string => {
    const words = wordsOf(option)
    if (words && option.orFile)
      return `value:_alternative "services\\:service\\:(${words.join(' ')})" "files\\:file\\:_files"`
    if (words) return `value:(${words.join(' ')})`
    return option.value === 'file' ? 'file:_files' : option.value === 'folder' ? 'folder:_files -/' : 'value: '
  }
  const specs = (command: Command) =>
    optionsOf(command).map(({ name, option }) => {
      const repeat = option.multiple ? '*' : ''
      const value = option.type === 'boolean' ? '' : `:${action(option)}`
      return `'${repeat}--${name}[${forZsh(option.about)}]${value}'`
    })
  const cases = commands.map((command) => {
    const rest = command === 'completion' ? `'1:shell:(${shells.join(' ')})'` : "'*:domain: '"
    return `        ${command}) _arguments ${[...specs(command), rest].join(' ')} ;;`
  })
  const described = commands.map((command) => `'${command}:${forZsh(commandTexts[command])}'`)
  return `#compdef dmarc-dns
# dmarc-dns: source <(dmarc-dns completion zsh)
_dmarc_dns() {
  local line state
  local -a commands=(${described.join(' ')})
  _arguments -C '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $line[1] in
${cases.join('\n')}
      esac ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _dmarc_dns "$@"; else compdef _dmarc_dns dmarc-dns; fi
`
}

const forFish = (text: string) => text.replace(/[\\']/g, '\\$&')

function fish(): string {
  const lines = commands.flatMap((command) => {
    const seen = `'__fish_seen_subcommand_from ${command}'`
    const first = `complete -c dmarc-dns -f -n __fish_use_subcommand -a ${command} -d '${forFish(commandTexts[command])}'`
    const rest = optionsOf(command).map(({ name, option }) => {
      const words = wordsOf(option)
      const value =
        option.type === 'boolean'
          ? ''
          : words
            ? ` ${option.orFile ? '-r -F' : '-x'} -a '${words.join(' ')}'`
            : option.value === 'file'
              ? ' -r -F'
              : option.value === 'folder'
                ? " -x -a '(__fish_complete_directories)'"
                : ' -x'
      const short = option.short ? ` -s ${option.short}` : ''
      return `complete -c dmarc-dns -f -n ${seen} -l ${name}${short}${value} -d '${forFish(option.about)}'`
    })
    return [first, ...rest]
  })
  const chosen = `complete -c dmarc-dns -f -n '__fish_seen_subcommand_from completion' -a '${shells.join(' ')}'`
  return `# dmarc-dns: dmarc-dns completion fish | source\n${[...lines, chosen].join('\n')}\n`
}
