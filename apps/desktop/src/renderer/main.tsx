import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { preloadParts } from './lazy-parts.ts'
import { openBridge } from './state/open-bridge.ts'
import './styles/index.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
const idle = () => new Promise((resolve) => requestIdleCallback(resolve))
// After the second frame the list is on the screen; whoever waits for it does not wait for the rest.
const whenOnScreen = () => requestAnimationFrame(() => requestAnimationFrame(() => void preloadParts(idle)))
createRoot(root).render(<App bridge={openBridge(window.dmarcWatch)} onShown={whenOnScreen} />)
