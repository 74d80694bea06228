// The least an Electron app with a tray can be: what ours is measured against.
import { app, Menu, nativeImage, Tray } from 'electron'

app.on('window-all-closed', () => {})
// Not awaited: Electron holds `ready` back until this module has run.
app.whenReady().then(() => {
  const pixels = Buffer.alloc(22 * 22 * 4, 0xff)
  const tray = new Tray(nativeImage.createFromBitmap(pixels, { width: 22, height: 22 }))
  tray.setToolTip('Bare')
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]))
  globalThis.tray = tray
})
