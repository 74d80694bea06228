import { App } from 'cdktn'
import { FleetStack } from './stack.ts'

const app = new App()
new FleetStack(app, 'fleet')
app.synth()
