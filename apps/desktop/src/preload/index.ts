import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { type Bridge, type EventName, eventChannel, requestChannel, requestNames } from '../shared/contract.ts'

// The page gets these functions and nothing else: no ipcRenderer, no channel names of its own choice.
const requests = Object.fromEntries(
  requestNames.map((name) => [name, (input?: unknown) => ipcRenderer.invoke(requestChannel(name), input)]),
)

const eventNames: readonly EventName[] = ['state', 'place']

function on(name: EventName, listener: (event: unknown) => void): () => void {
  if (!eventNames.includes(name)) throw new Error(`no event is called ${JSON.stringify(name)}`)
  const forward = (_event: IpcRendererEvent, payload: unknown) => listener(payload)
  ipcRenderer.on(eventChannel(name), forward)
  return () => ipcRenderer.off(eventChannel(name), forward)
}

contextBridge.exposeInMainWorld('dmarcWatch', { ...requests, on } as unknown as Bridge)
