import { createReduxStore, register } from '@wordpress/data';

import * as actions from './actions';
import * as resolvers from './resolvers';
import * as selectors from './selectors';
import { STORE_NAME } from './constants';
import { reducer } from './reducer';
import type { Action, State } from './types';

export const store = createReduxStore< State, typeof actions, typeof selectors >( STORE_NAME, {
	reducer: reducer as ( state: State | undefined, action: Action ) => State,
	actions,
	selectors,
	resolvers,
} );

export function registerStore() {
	register( store );
}
