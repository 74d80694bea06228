/** The app's sign, for pages with nothing on them yet. It has no tick: nothing is known to be well there. */
export function EnvelopeArt() {
  return (
    <svg className="art" viewBox="0 0 120 84" width="120" height="84" aria-hidden="true">
      <rect x="10" y="12" width="88" height="60" rx="10" className="art-line" />
      <path d="M14 20 54 48 94 20" className="art-line" />
    </svg>
  )
}
