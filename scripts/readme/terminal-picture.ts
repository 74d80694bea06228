const LINE_HEIGHT = 18
const CHARACTER_WIDTH = 7.8
const PADDING = 16

/** Text of a terminal as an SVG: lines that add something are green, comments bold. */
export function terminalPicture(text: string): string {
  const lines = text.split('\n')
  const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * CHARACTER_WIDTH) + 2 * PADDING
  const height = lines.length * LINE_HEIGHT + 2 * PADDING
  const rows = lines.map((line, index) => {
    const y = PADDING + (index + 0.75) * LINE_HEIGHT
    return `  <text x="${PADDING}" y="${y}"${style(line)} xml:space="preserve">${escapeXml(line)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13">`,
    '  <title>The output of terraform plan</title>',
    `  <rect width="100%" height="100%" rx="8" fill="#1e1e2e"/>`,
    ...rows,
    '</svg>\n',
  ].join('\n')
}

function style(line: string): string {
  if (/^ *# |^Plan:/.test(line)) return ' fill="#ffffff" font-weight="bold"'
  return /^ *\+/.test(line) ? ' fill="#a6e3a1"' : ' fill="#cdd6f4"'
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
