/**
 * What a buyer sees who comes back from the payment page. All of it is decided here from the page's address, so that a cached page
 * works as well as a fresh one.
 */
import type { CheckoutStatus } from './api';
import { ApiError, getCheckout, pause, sleep, word } from './api';
import { el } from './html';

/** No further look changes these. */
const isFinal = ( job: CheckoutStatus ): boolean =>
	job.status === 'abandoned' ||
	( job.status === 'failed' && job.payment_status !== 'paid' ) ||
	( job.status === 'completed' && job.download_url !== undefined );

/** Looks after which a buyer hears that it takes longer; and when we stop asking. */
const LONG = 60;
const STOP = 400;

/** Between two looks at a payment that takes days: somebody may leave the page open. */
const DAYS = 60_000;

/** Looks before somebody who came back from paying is offered the payment page again. */
const PATIENCE = 10;

const link = ( url: string, text: string ): HTMLElement =>
	el( 'a', { href: url, class: 'smi-order__button wp-element-button' }, text );

/**
 * What can be done now. Somebody who has just paid is not asked to pay while word of it is still on its way.
 *
 * @param job    The order.
 * @param mayPay Whether to offer the payment page.
 */
function actions( job: CheckoutStatus, mayPay: boolean ): ( Node | string )[] {
	if ( job.download_url ) {
		const until = job.download_expires_at;
		return [
			link( job.download_url, word( 'download' ) ),
			...( until
				? [
						el(
							'small',
							{},
							word(
								'until',
								new Date( until ).toLocaleString( document.documentElement.lang || undefined, {
									dateStyle: 'long',
									timeStyle: 'short',
								} )
							)
						),
					]
				: [] ),
		];
	}
	return job.checkout_url && mayPay ? [ link( job.checkout_url, word( 'pay' ) ) ] : [];
}

function section(): HTMLElement {
	const found = document.getElementById( 'smi-order' );
	if ( found ) {
		return found;
	}
	const made = el(
		'section',
		{ id: 'smi-order', class: 'smi-order', hidden: true },
		el( 'p', { class: 'smi-order__status', role: 'status' } ),
		el( 'p', { class: 'smi-order__actions' } )
	);
	document.body.append( made );
	return made;
}

/**
 * Shows the order named in an address, until nothing more can change.
 *
 * @param search The query part of the address.
 * @return Whether there is an order to show.
 */
export async function showOrder( search: string ): Promise< boolean > {
	const query = new URLSearchParams( search );
	const jobId = query.get( 'smi_job' );
	const key = query.get( 'smi_key' );
	if ( ! jobId || ! key ) {
		return false;
	}
	const place = section();
	const status = place.querySelector( '.smi-order__status' ) as HTMLElement;
	const buttons = place.querySelector( '.smi-order__actions' ) as HTMLElement;
	const close = el(
		'button',
		{
			type: 'button',
			class: 'smi-order__close',
			'aria-label': word( 'close' ),
		},
		'×'
	);
	close.addEventListener( 'click', () => {
		place.hidden = true;
	} );
	if ( ! place.classList.contains( 'is-page' ) ) {
		place.append( close );
	}
	place.hidden = false;
	say( status, status.textContent || word( 'checking' ) );
	await follow( jobId, key, status, buttons, query.has( 'smi_canceled' ) );
	return true;
}

/** Says only what is new: a screen reader would repeat it every two seconds. */
function say( status: HTMLElement, message: string ): void {
	if ( status.textContent !== message ) {
		status.textContent = message;
	}
}

async function follow(
	jobId: string,
	key: string,
	status: HTMLElement,
	buttons: HTMLElement,
	isCanceled: boolean
): Promise< void > {
	let shown = '';
	let isUnderWay = false;
	for ( let asked = 1; asked < STOP; asked++ ) {
		try {
			const job = await getCheckout( jobId, key );
			isUnderWay = job.is_payment_under_way ?? false;
			const isWorking = job.status === 'pending' || job.status === 'processing';
			say( status, asked > LONG && isWorking ? word( 'later' ) : job.message );
			status.classList.toggle( 'is-working', isWorking );
			const mayPay = isCanceled || asked > PATIENCE;
			const now = `${ job.download_url } ${ job.checkout_url } ${ mayPay }`;
			if ( now !== shown ) {
				shown = now;
				buttons.replaceChildren( ...actions( job, mayPay ) );
			}
			if ( isFinal( job ) ) {
				return;
			}
		} catch ( error ) {
			if ( error instanceof ApiError && ( error.status === 404 || error.status === 400 ) ) {
				say( status, error.message );
				return;
			}
			say( status, word( 'waiting' ) );
		}
		await sleep( isUnderWay ? DAYS : pause( asked ) );
	}
}
