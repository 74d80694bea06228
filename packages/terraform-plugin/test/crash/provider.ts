import { setTimeout as wait } from 'node:timers/promises'
import { defineWith, s } from '../../src/index.ts'

const define = defineWith()

/** Resolved when as many creations have begun as the test says, so that a crash finds them all under way. */
const allBegan = Promise.withResolvers<void>()
let begun = 0

/** Fails as providers with mistakes do, or takes its time and succeeds. */
const thing = define.resource({
  schema: { id: s.string().computed(), how: s.string().required(), secret: s.string().optional().sensitive() },
  async create({ plan, save }) {
    save({ id: `saved-${plan.how}` })
    if (++begun === Number(process.env.CRASH_CREATES ?? 1)) allBegan.resolve()
    switch (plan.how) {
      case 'rejection':
        void allBegan.promise.then(() => Promise.reject(new Error(`a rejection with ${plan.secret}`)))
        return new Promise<never>(() => {})
      case 'leftover':
        await allBegan.promise
        void Promise.reject(new Error('a rejection that was left behind'))
        break
      case 'exception':
        void allBegan.promise.then(() =>
          setTimeout(() => {
            throw new TypeError('an exception', { cause: new Error('its cause') })
          }),
        )
        return new Promise<never>(() => {})
      case 'several':
        throw new AggregateError([new Error('first reason'), new Error('second reason')], 'two things failed')
      case 'talkative':
        console.log('created with', plan.secret)
        console.error({ secret: plan.secret })
        process.stdout.write(Buffer.from(`bytes of ${plan.secret}\n`))
        break
      case 'slow':
        await allBegan.promise
        await wait(600)
    }
    return { id: `done-${plan.how}` }
  },
  read: ({ state }) => state,
  delete() {},
})

export default define.provider({ name: 'crash', resources: { crash_thing: thing } })
