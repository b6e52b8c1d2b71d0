/**
 * For `skip` of a test that means the opposite of what the hostile neighbour does; `tests/build/hostile.test.ts` counts them.
 *
 * @param reason Why it is left out beside it.
 */
export const notBesideHostile = ( reason: string ) => process.env.SMI_NEIGHBOUR === 'hostile' && reason;
