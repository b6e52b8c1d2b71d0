import type Stripe from 'stripe';
import { newId } from '../ids.ts';

export interface LineInput {
	name: string;
	description: string | null;
	images: string[];
	unitAmount: number;
	currency: string;
	quantity: number;
	created: number;
	/** One that was made before; otherwise a price is made for this line alone. */
	price?: Stripe.Price;
}

export type ProductInput = Pick< LineInput, 'name' | 'description' | 'images' | 'created' >;

/** The product that `price_data[product_data]` describes. */
export function buildProduct( line: ProductInput ): Stripe.Product {
	return {
		id: newId( 'prod_' ),
		object: 'product',
		active: false,
		created: line.created,
		default_price: null,
		description: line.description,
		images: line.images,
		livemode: false,
		marketing_features: [],
		metadata: {},
		name: line.name,
		package_dimensions: null,
		shippable: null,
		statement_descriptor: null,
		tax_code: null,
		type: 'service',
		unit_label: null,
		updated: line.created,
		url: null,
	} as unknown as Stripe.Product;
}

export interface PriceInput {
	id: string;
	created: number;
	currency: string;
	product: string;
	unitAmount: number;
	livemode: boolean;
}

export function buildPrice( input: PriceInput ): Stripe.Price {
	return {
		id: input.id,
		object: 'price',
		active: true,
		billing_scheme: 'per_unit',
		created: input.created,
		currency: input.currency,
		custom_unit_amount: null,
		livemode: input.livemode,
		lookup_key: null,
		metadata: {},
		nickname: null,
		product: input.product,
		recurring: null,
		tax_behavior: 'unspecified',
		tiers_mode: null,
		transform_quantity: null,
		type: 'one_time',
		unit_amount: input.unitAmount,
		// The SDK's own Decimal type exists only on its side; the wire carries a string.
		unit_amount_decimal: String( input.unitAmount ) as unknown as Stripe.Price[ 'unit_amount_decimal' ],
	};
}

/** A line of a session, its price made ad hoc from `price_data`. */
export function buildLineItem( line: LineInput, product: string, livemode: boolean ): Stripe.LineItem {
	const total = line.unitAmount * line.quantity;
	return {
		id: newId( 'li_' ),
		object: 'item',
		adjustable_quantity: null,
		amount_discount: 0,
		amount_subtotal: total,
		amount_tax: 0,
		amount_total: total,
		currency: line.currency,
		description: line.name,
		metadata: {},
		price: structuredClone( line.price ) ?? {
			...buildPrice( { ...line, id: newId( 'price_' ), product, livemode } ),
			active: false,
		},
		quantity: line.quantity,
	};
}
