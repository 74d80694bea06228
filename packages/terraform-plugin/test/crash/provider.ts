import { setTimeout as wait } from 'node:timers/promises'
import { defineWith, s } from '../../src/index.ts'

const define = defineWith()

/** Fails as providers with mistakes do, or takes its time and succeeds. */
const thing = define.resource({
  schema: { id: s.string().computed(), how: s.string().required(), secret: s.string().optional().sensitive() },
  async create({ plan, save }) {
    save({ id: `saved-${plan.how}` })
    switch (plan.how) {
      case 'rejection':
        // Long enough that the other creations have begun.
        void wait(200).then(() => Promise.reject(new Error(`a rejection with ${plan.secret}`)))
        return new Promise<never>(() => {})
      case 'exception':
        setTimeout(() => {
          throw new TypeError('an exception', { cause: new Error('its cause') })
        }, 200)
        return new Promise<never>(() => {})
      case 'several':
        throw new AggregateError([new Error('first reason'), new Error('second reason')], 'two things failed')
      case 'talkative':
        console.log('created with', plan.secret)
        console.error({ secret: plan.secret })
        process.stdout.write(Buffer.from(`bytes of ${plan.secret}\n`))
        break
      case 'slow':
        await wait(600)
    }
    return { id: `done-${plan.how}` }
  },
  read: ({ state }) => state,
  delete() {},
})

export default define.provider({ name: 'crash', resources: { crash_thing: thing } })
