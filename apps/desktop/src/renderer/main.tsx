import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './styles/index.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(<App bridge={window.dmarcWatch} />)
