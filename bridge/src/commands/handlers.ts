import { payloadMisfit } from '../contracts.ts';
import type { BridgeCommand } from '../contracts.generated.ts';
import { retryLater, type Result } from '../protocol/result.ts';
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

/**
 * The handler of a command; undefined for a kind that a newer plugin knows and this bridge does not. A payload that
 * does not keep its contract is carried out by nobody: it comes again, and the report says what is wrong with it.
 */
export function handlerOf( command: BridgeCommand ): Handler< BridgeCommand > | undefined {
	if ( ! Object.hasOwn( handlers, command.kind ) ) {
		return undefined;
	}
	const fault = payloadMisfit( command );
	return fault === null
		? ( handlers[ command.kind ] as Handler< BridgeCommand > )
		: async () => misfits( command, fault );
}

/** Of a submit it must be said that nothing was bought. */
function misfits( { kind }: BridgeCommand, fault: string ): Result {
	const message = `This command is not what this bridge can carry out: ${ fault }.`;
	return kind === 'submit'
		? { outcome: 'refused', error: { code: 'not_sent', message } }
		: retryLater( 'bad_command', message );
}
