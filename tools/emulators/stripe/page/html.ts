import type Stripe from 'stripe';
import { escapeHtml } from '../../shared/html.ts';
import { money } from '../money.ts';

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1a1f36; background: #f3f5f9; }
body { margin: 0; } main { max-width: 30rem; margin: 2rem auto; padding: 0 1rem; }
.test { background: #7a3e00; color: #fff; padding: .6rem 1rem; text-align: center; font-weight: 600; }
.card { background: #fff; border: 1px solid #d8dee8; border-radius: 12px; padding: 1.5rem; }
.card img { display: block; max-width: 100%; max-height: 16rem; margin: 0 auto 1rem; border-radius: 8px; }
h1 { font-size: 1.15rem; margin: 0; } .price { font-size: 2rem; font-weight: 700; margin: .25rem 0 1rem; }
label { display: block; font-weight: 600; margin-top: 1rem; } .hint { color: #4f566b; font-size: .9rem; margin: .25rem 0 0; }
input { box-sizing: border-box; width: 100%; font: inherit; padding: .6rem; border: 1px solid #697386; border-radius: 8px; }
button { width: 100%; font: inherit; padding: .7rem; border-radius: 8px; margin-top: .75rem; border: 1px solid #697386; background: #fff; color: inherit; cursor: pointer; }
button.pay { background: #1f5fbf; border-color: #1f5fbf; color: #fff; font-weight: 600; margin-top: 1.25rem; }
:focus-visible { outline: 3px solid #ffb020; outline-offset: 2px; }
.alert { background: #fdecec; border: 1px solid #b3261e; color: #7d1a15; border-radius: 8px; padding: .6rem .8rem; margin: 0 0 1rem; }
`;

export function pageOf( title: string, content: string ): string {
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${ escapeHtml( title ) }</title><style>${ STYLE }</style></head>
<body><p class="test" style="margin:0">Test payment page (emulator) — no money moves</p><main>${ content }</main></body></html>`;
}

export interface PayPage {
	session: Stripe.Checkout.Session;
	name: string;
	image: string | null;
	isDeclined: boolean;
}

export function payPage( { session, name, image, isDeclined }: PayPage ): string {
	const price = money( session.amount_total ?? 0, session.currency ?? 'usd' );
	const fixed = session.customer_email;
	const alert = isDeclined
		? '<p class="alert" role="alert">The card was declined. Nothing was charged. Try again, or with another card.</p>'
		: '';
	const picture = image === null ? '' : `<img src="${ escapeHtml( image ) }" alt="">`;
	return pageOf(
		`Pay ${ price }`,
		`<div class="card">${ alert }${ picture }<h1>${ escapeHtml( name ) }</h1><p class="price">${ escapeHtml( price ) }</p>
<form method="post" action="/c/pay/${ escapeHtml( session.id ) }">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" required autocomplete="email" value="${ escapeHtml( fixed ?? '' ) }"${ fixed === null ? '' : ' readonly' }>
<label for="card">Test card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" value="4242 4242 4242 4242" aria-describedby="card-hint">
<p class="hint" id="card-hint">4242 4242 4242 4242 pays; 4000 0000 0000 0002 is declined; 4000 0025 0000 3155 asks for 3-D Secure. Never type a real card here.</p>
<button class="pay" name="outcome" value="pay">Pay ${ escapeHtml( price ) }</button>
<button name="outcome" value="decline">Decline</button>
<button name="outcome" value="pay_later">Pay later (bank debit)</button>
<button name="outcome" value="cancel" formnovalidate>Cancel</button>
</form></div>`
	);
}

/** The bank's own step of 3-D Secure. */
export function authenticationPage( session: Stripe.Checkout.Session, email: string ): string {
	const price = money( session.amount_total ?? 0, session.currency ?? 'usd' );
	return pageOf(
		'Your bank asks',
		`<div class="card"><h1>Your bank wants to know that it is you</h1><p>Payment of ${ escapeHtml( price ) }</p>
<form method="post" action="/c/pay/${ escapeHtml( session.id ) }">
<input type="hidden" name="email" value="${ escapeHtml( email ) }">
<button class="pay" name="outcome" value="pay">Complete authentication</button>
<button name="outcome" value="fail_authentication">Fail authentication</button>
</form></div>`
	);
}

export function messagePage( title: string, text: string, back: string | null ): string {
	const link = back === null ? '' : `<p><a href="${ escapeHtml( back ) }">Back to the shop</a></p>`;
	return pageOf(
		title,
		`<div class="card"><h1>${ escapeHtml( title ) }</h1><p>${ escapeHtml( text ) }</p>${ link }</div>`
	);
}
