import type { Store } from './open-store.ts'

/** One slice of the budget of a token in one window. */
export interface SliceRequest {
  tokenId: number
  /** The number of the window; the store knows the latest only. */
  window: number
  /** Slices that the budget of a window has. */
  slices: number
}

/** Takes the next slice of a token's budget: its number, from 1 on; undefined when the budget of the window is used up. */
export async function leaseSlice(store: Store, { tokenId, window, slices }: SliceRequest): Promise<number | undefined> {
  const row = await store.db
    .insertInto('token_budgets')
    .values({ token_id: tokenId, window, leased: 1 })
    .onConflict((conflict) =>
      conflict
        .column('token_id')
        .doUpdateSet((set) => ({
          window: set
            .case()
            .when('token_budgets.window', '<', window)
            .then(window)
            .else(set.ref('token_budgets.window'))
            .end(),
          leased: set
            .case()
            .when('token_budgets.window', '<', window)
            .then(1)
            .else(set('token_budgets.leased', '+', 1))
            .end(),
        }))
        // A process whose clock is behind takes from the later window.
        .where((where) =>
          where.or([where('token_budgets.window', '<', window), where('token_budgets.leased', '<', slices)]),
        ),
    )
    .returning('leased')
    .executeTakeFirst()
  return row?.leased
}
