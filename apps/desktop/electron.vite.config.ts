import { builtinModules } from 'node:module'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = import.meta.dirname
// Everything is bundled but Electron itself and modules with native code, which are loaded from node_modules.
const external = ['electron', 'keytar', 'better-sqlite3', 'pg-native', ...builtinModules, /^node:/]

export default defineConfig({
  main: {
    // Electron's main process is built as a server, which has conditions of its own.
    // Only the conditions of Node itself: with `import` and `module`, a require() of pg would get an ES module.
    ssr: { resolve: { conditions: ['@dmarc-as-code/source', 'node'] } },
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      rollupOptions: {
        external,
        input: {
          index: join(here, 'src/main/index.ts'),
          keyring: join(here, 'src/keyring/index.ts'),
          sandbox: join(here, 'src/sandbox/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      rollupOptions: {
        external,
        input: { index: join(here, 'src/preload/index.ts') },
        // A sandboxed preload is CommonJS, and `.cjs` says so in a package of ES modules.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(here, 'src/renderer'),
    resolve: { conditions: ['@dmarc-as-code/source', 'browser', 'import', 'module', 'default'] },
    plugins: [react()],
    build: {
      outDir: join(here, 'out/renderer'),
      minify: true,
      // Inlined assets would need `data:` in the content policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: join(here, 'src/renderer/index.html') } },
    },
  },
})
