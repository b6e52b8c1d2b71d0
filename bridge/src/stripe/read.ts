import type Stripe from 'stripe';

/** Our marks in the metadata of an object, or null. */
export function mark( metadata: Stripe.Metadata | null | undefined, name: string ): string | null {
	return metadata?.[ name ] ?? null;
}

/** A mark that is a whole number. */
export function numberMark( metadata: Stripe.Metadata | null | undefined, name: string ): number | null {
	const value = mark( metadata, name );
	return value !== null && /^\d+$/.test( value ) ? Number( value ) : null;
}

/** The id of something that may be expanded. */
export function idOf( value: string | { id: string } | null | undefined ): string | null {
	return typeof value === 'string' ? value : ( value?.id ?? null );
}

/** An object that was asked to be expanded, or null. */
export function expanded< T extends { id: string } >( value: string | T | null | undefined ): T | null {
	return typeof value === 'object' ? value : null;
}

/** The payer's address, as far as Stripe knows it. */
export function emailOf( session: Stripe.Checkout.Session | null ): string | null {
	return session?.customer_details?.email ?? session?.customer_email ?? null;
}
