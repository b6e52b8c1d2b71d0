import type { BridgeCommand } from '../contracts.generated.ts';
import type { Handler } from './context.ts';
import { expireCheckout } from './expire-checkout.ts';
import { openCheckout } from './open-checkout.ts';
import { reconcile } from './reconcile.ts';
import { refreshAttempt } from './refresh-attempt.ts';
import { refreshPayment } from './refresh-payment.ts';
import { refund } from './refund.ts';
import { resolve } from './resolve.ts';
import { retry } from './retry.ts';
import { submit } from './submit.ts';

type Handlers = { [ Kind in BridgeCommand[ 'kind' ] ]: Handler< Extract< BridgeCommand, { kind: Kind } > > };

/** Who carries out what. */
const handlers: Handlers = {
	open_checkout: openCheckout,
	expire_checkout: expireCheckout,
	submit,
	refresh_payment: refreshPayment,
	refresh_attempt: refreshAttempt,
	refund,
	retry,
	resolve,
	reconcile,
};

/** The handler of a command; undefined for a kind that a newer plugin knows and this bridge does not. */
export function handlerOf( command: BridgeCommand ): Handler< BridgeCommand > | undefined {
	return Object.hasOwn( handlers, command.kind )
		? ( handlers[ command.kind ] as Handler< BridgeCommand > )
		: undefined;
}
