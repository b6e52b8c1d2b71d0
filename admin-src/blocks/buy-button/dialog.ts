/**
 * The dialog in which a size is chosen.
 */
import type { Offer, Offers } from './api';
import { ApiError, createCheckout, getCheckout, getOffers, pause, sleep, word } from './api';
import { count, el, price } from './html';

/** Where the browser goes to pay; tests put their own in. */
export const browser = {
	go: ( url: string ): void => window.location.assign( url ),
};

/** After so many looks the buyer is told that it takes longer, and later that it did not work. */
const SLOW = 8;
const TOO_SLOW = 45;

/**
 * Opens the dialog of one picture. The browser itself keeps the focus inside, closes on Esc and gives the focus back to the button.
 *
 * @param attachment The picture.
 * @param postId     The post.
 */
export function openDialog( attachment: number, postId: number ): HTMLDialogElement {
	const heading = el( 'h2', { id: 'smi-dialog-title', class: 'smi-dialog__title', tabindex: -1 }, word( 'title' ) );
	const close = el(
		'button',
		{
			type: 'button',
			class: 'smi-dialog__close',
			'aria-label': word( 'close' ),
		},
		'×'
	);
	const body = el( 'div', { class: 'smi-dialog__body' } );
	const dialog = el(
		'dialog',
		{ class: 'smi-dialog', 'aria-labelledby': heading.id },
		el( 'div', { class: 'smi-dialog__head' }, heading, close ),
		body
	);
	close.addEventListener( 'click', () => dialog.close() );
	dialog.addEventListener( 'click', ( event ) => event.target === dialog && dialog.close() );
	dialog.addEventListener( 'close', () => dialog.remove() );
	document.body.append( dialog );
	dialog.showModal();
	heading.focus();
	void load( body, attachment, postId );
	return dialog;
}

const noSizes = () => el( 'p', { role: 'status' }, word( 'none' ) );

async function load( body: HTMLElement, attachment: number, postId: number ): Promise< void > {
	body.replaceChildren( el( 'p', { role: 'status' }, word( 'loading' ) ) );
	try {
		const offers = await getOffers( attachment, postId );
		body.replaceChildren( offers.offers.length ? form( offers, postId ) : noSizes() );
		body.querySelector< HTMLElement >( 'input' )?.focus();
	} catch ( error ) {
		const again = el( 'button', { type: 'button', class: 'smi-dialog__buy wp-element-button' }, word( 'retry' ) );
		again.addEventListener( 'click', () => void load( body, attachment, postId ) );
		body.replaceChildren( el( 'p', { role: 'alert', class: 'smi-dialog__error' }, said( error ) ), again );
	}
}

/**
 * Shows the sizes anew after a price changed, with all that was typed.
 *
 * @param old     The form with the old prices.
 * @param postId  The post.
 * @param message What to say about it.
 */
async function showNewPrices( old: HTMLFormElement, postId: number, message: string ): Promise< void > {
	const typed = new FormData( old );
	const offers = await getOffers( Number( old.dataset.attachment ), postId );
	if ( ! offers.offers.length ) {
		old.replaceWith( noSizes() );
		return;
	}
	const made = form( offers, postId );
	made.querySelectorAll< HTMLInputElement >( 'input' ).forEach( ( input ) => {
		if ( input.type === 'radio' ) {
			input.checked ||= input.value === typed.get( 'resolution' );
		} else {
			input.value = String( typed.get( input.name ) ?? '' );
		}
	} );
	old.replaceWith( made );
	made.querySelector< HTMLElement >( 'input:checked' )?.focus();
	const error = made.querySelector( '[role=alert]' );
	if ( error ) {
		error.textContent = message;
	}
}

const said = ( error: unknown ): string => ( error instanceof ApiError ? error.message : word( 'offline' ) );

function choice( offer: Offer, currency: string, isFirst: boolean ): HTMLElement {
	return el(
		'label',
		{ class: 'smi-size' },
		el( 'input', {
			type: 'radio',
			name: 'resolution',
			value: offer.resolution,
			checked: isFirst,
			required: true,
		} ),
		el( 'span', { class: 'smi-size__pixels' }, word( 'pixels', count( offer.width ), count( offer.height ) ) ),
		el( 'strong', { class: 'smi-size__price' }, price( offer.price, currency ) )
	);
}

function form( { offers, currency, attachment_id: attachment }: Offers, postId: number ): HTMLFormElement {
	const email = el( 'input', {
		type: 'email',
		name: 'email',
		id: 'smi-email',
		autocomplete: 'email',
		maxlength: 254,
		'aria-describedby': 'smi-email-help',
	} );
	const buy = el( 'button', { type: 'submit', class: 'smi-dialog__buy wp-element-button' }, word( 'buy' ) );
	const status = el( 'p', { role: 'status', class: 'smi-dialog__status' } );
	const error = el( 'p', { role: 'alert', class: 'smi-dialog__error' } );
	const made = el(
		'form',
		{ class: 'smi-dialog__form', novalidate: true, 'data-attachment': attachment },
		el(
			'fieldset',
			{},
			el( 'legend', {}, word( 'sizes' ) ),
			...offers.map( ( offer, at ) => choice( offer, currency, at === 0 ) )
		),
		el( 'label', { for: email.id }, word( 'email' ) ),
		email,
		el( 'p', { id: 'smi-email-help', class: 'smi-dialog__help' }, word( 'emailHelp' ) ),
		error,
		buy,
		status,
		el( 'p', { class: 'smi-dialog__help' }, word( 'note' ) )
	);
	let isBusy = false;
	made.addEventListener( 'submit', async ( event ) => {
		event.preventDefault();
		if ( isBusy ) {
			return;
		}
		error.textContent = email.validity.valid ? '' : word( 'invalidEmail' );
		email.setAttribute( 'aria-invalid', String( ! email.validity.valid ) );
		if ( ! email.validity.valid ) {
			email.focus();
			return;
		}
		isBusy = true;
		// Not `disabled`: that would throw the focus away.
		buy.setAttribute( 'aria-disabled', 'true' );
		status.textContent = word( 'busy' );
		try {
			const resolution = String( new FormData( made ).get( 'resolution' ) ?? '' );
			const order = {
				attachment_id: attachment,
				post_id: postId,
				resolution,
				price: offers.find( ( offer ) => offer.resolution === resolution )?.price,
				currency,
			};
			const address = email.value.trim();
			browser.go( await checkoutUrl( address ? { ...order, email: address } : order, status, made ) );
		} catch ( problem ) {
			status.textContent = '';
			error.textContent = said( problem );
			if ( problem instanceof ApiError && problem.code === 'smi_checkout_price_changed' ) {
				await showNewPrices( made, postId, problem.message ).catch( () => undefined );
			}
		}
		isBusy = false;
		buy.removeAttribute( 'aria-disabled' );
	} );
	return made;
}

/**
 * Starts the sale and waits for its payment page, which the bridge may take a few seconds to make.
 *
 * @param order  What to buy.
 * @param status Where to say that it takes longer.
 * @param inside Waiting ends when this is gone: the buyer closed the dialog.
 */
async function checkoutUrl(
	order: Parameters< typeof createCheckout >[ 0 ],
	status: HTMLElement,
	inside: HTMLElement
): Promise< string > {
	const created = await createCheckout( order );
	let url = created.checkout_url;
	for ( let asked = 0; ! url && asked < TOO_SLOW && inside.isConnected; asked++ ) {
		await sleep( asked === 0 ? 700 : pause( asked ) );
		const job = await getCheckout( created.job_id, created.key ).catch( ( error: ApiError ) => {
			if ( error.status > 0 && error.status < 500 && error.status !== 429 ) {
				throw error;
			}
			return null;
		} );
		if ( job && job.status !== 'awaiting_payment' ) {
			throw new ApiError( 409, job.status, job.message );
		}
		url = job?.checkout_url;
		status.textContent = asked > SLOW ? word( 'slow' ) : word( 'busy' );
	}
	if ( ! url ) {
		throw new ApiError( 0, 'too_slow', word( 'tooSlow' ) );
	}
	return url;
}
