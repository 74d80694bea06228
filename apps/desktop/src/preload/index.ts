import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { eventChannel, requestChannel } from '../shared/contract/channels.ts'
import type { TextBridge } from '../shared/contract/contract.ts'

type Listener = Parameters<TextBridge['listen']>[0]

/** What came before the page listened. */
const early: Parameters<Listener>[] = []
const listeners = new Set<Listener>()
ipcRenderer.on(eventChannel, (_event: IpcRendererEvent, name: string, text: string) => {
  if (listeners.size === 0) early.push([name, text])
  else for (const listener of listeners) listener(name, text)
})

// The page's first request, sent while its script is still being read.
let first: Promise<string> | undefined = ipcRenderer.invoke(requestChannel, 'getState')
first.catch(() => {})

// The page gets these two functions and nothing else: no ipcRenderer, no channel of its own choice. The main process
// refuses names that are not in the contract.
const bridge: TextBridge = {
  request: (name, input) => {
    const asked = name === 'getState' ? first : undefined
    if (!asked) return ipcRenderer.invoke(requestChannel, name, input)
    first = undefined
    return asked
  },
  listen: (listener) => {
    listeners.add(listener)
    for (const event of early.splice(0)) listener(...event)
    return () => listeners.delete(listener)
  },
}

contextBridge.exposeInMainWorld('dmarcWatch', bridge)
