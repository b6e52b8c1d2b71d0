import type { ActionId } from '../actions/types';
import type { Scope } from '../selection/types';

/** What the bulk dialog is open for: a new batch, or one that runs already. */
export type BatchTask = { kind: 'new'; action: ActionId; scope: Scope } | { kind: 'running'; id: string };
