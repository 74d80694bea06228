/** Packages whose import circles are still being removed. `imports.test.ts` holds every other folder free of them. */
export const untangling = ['packages/terraform-plugin', 'packages/terraform-provider', 'apps/server']
