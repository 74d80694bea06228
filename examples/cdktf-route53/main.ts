import { App } from 'cdktn'
import { MailStack } from './stack.ts'

const app = new App()
new MailStack(app, 'mail')
app.synth()
