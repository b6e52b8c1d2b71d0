import type Stripe from 'stripe';
import { Clock } from '../shared/clock.ts';
import { StateFile } from '../shared/state-file.ts';
import type { Look } from './objects/by-version.ts';
import type { MethodRecord } from './objects/payment-method.ts';
import type { KeyRecord } from './keys.ts';
import type { StripeSettings } from './settings.ts';

/** An object as kept: references are ids, never expanded. `born` is the clock's offset at its creation. */
export interface Row< T > {
	seq: number;
	born: number;
	value: T;
}

export interface EventRecord {
	id: string;
	event: Stripe.Event;
	thinId: string;
	related: { id: string; type: string; url: string };
}

/** One delivery of an event to the webhook URL, until it is acknowledged or given up. */
export interface Delivery {
	id: string;
	eventId: string;
	endpointId: string;
	thin: boolean;
	attempt: number;
	/** Real milliseconds, and the clock's offset they were counted from. */
	dueAt: number;
	dueOffset: number;
	/** Real seconds and offset at the first try, to know when three days are over. */
	since: number;
	born: number;
}

export interface SavedAnswer {
	id: string;
	fingerprint: string;
	endpoint: string;
	/** Null while the first request is still being worked on. */
	answer: { status: number; body: unknown } | null;
	since: number;
}

/** What an endpoint signs with: never told again. */
export interface EndpointSecret {
	id: string;
	secret: string;
}

export type LineItems = { id: string; items: Stripe.LineItem[] };

/** What `payment_intent_data` said, kept by session id until the first try to pay makes the intent. */
export interface IntentData {
	id: string;
	metadata: Stripe.Metadata;
	description: string | null;
	receipt_email: string | null;
}

interface Kinds {
	sessions: Stripe.Checkout.Session;
	lineItems: LineItems;
	products: Stripe.Product;
	intentData: IntentData;
	intents: Stripe.PaymentIntent;
	charges: Stripe.Charge;
	refunds: Stripe.Refund;
	disputes: Stripe.Dispute;
	transactions: Stripe.BalanceTransaction;
	events: EventRecord;
	deliveries: Delivery;
	keys: SavedAnswer;
	endpoints: Stripe.WebhookEndpoint;
	secrets: EndpointSecret;
	apiKeys: KeyRecord;
	/** Charges whose balance transaction is yet to come. */
	owed: { id: string; since: number };
	reviews: Stripe.Review;
	prices: Stripe.Price;
	methods: MethodRecord;
}

type Kind = keyof Kinds;
type Saved = {
	offsetS: number;
	seq: number;
	refundStatus: RefundDefault;
	/** What the control route changed of the settings; absent in the live world. */
	settings?: Partial< StripeSettings >;
	tables: Record< Kind, Array< Row< { id: string } > > >;
};

export type RefundDefault = 'succeeded' | 'pending' | 'failed';

const KINDS: Kind[] = [
	'sessions',
	'lineItems',
	'products',
	'intentData',
	'intents',
	'charges',
	'refunds',
	'disputes',
	'transactions',
	'events',
	'deliveries',
	'keys',
	'endpoints',
	'secrets',
	'apiKeys',
	'owed',
	'reviews',
	'prices',
	'methods',
];

const OBJECTS: Kind[] = [
	'sessions',
	'products',
	'intents',
	'charges',
	'refunds',
	'disputes',
	'transactions',
	'events',
	'endpoints',
];

/** Everything one mode of the emulator knows, in memory, followed by one JSON file. */
export class Store {
	refundStatus: RefundDefault = 'succeeded';
	settings: Partial< StripeSettings > = {};
	private seq = 0;
	private readonly tables = Object.fromEntries( KINDS.map( ( kind ) => [ kind, new Map() ] ) ) as {
		[ K in Kind ]: Map< string, Row< Kinds[ K ] > >;
	};
	private readonly file: StateFile< Saved >;

	constructor(
		readonly clock: Clock,
		path?: string,
		/** Whether this is the world of live keys. */
		readonly livemode = false
	) {
		this.file = new StateFile( path, () => this.take() );
		const saved = this.file.load();
		if ( saved ) {
			this.restore( saved );
		}
	}

	put< K extends Kind >( kind: K, value: Kinds[ K ] ): Kinds[ K ] {
		const old = this.tables[ kind ].get( value.id );
		const row = old ?? { seq: ++this.seq, born: this.clock.offsetS, value };
		row.value = value;
		if ( 'livemode' in value ) {
			Object.assign( value, { livemode: this.livemode } );
		}
		this.tables[ kind ].set( value.id, row );
		this.changed();
		return value;
	}

	row< K extends Kind >( kind: K, id: string ): Row< Kinds[ K ] > | undefined {
		return this.tables[ kind ].get( id );
	}

	get< K extends Kind >( kind: K, id: string ): Kinds[ K ] | undefined {
		return this.tables[ kind ].get( id )?.value;
	}

	/** Whether there is an object of any kind under an id. */
	has( id: string ): boolean {
		return OBJECTS.some( ( kind ) => this.tables[ kind ].has( id ) );
	}

	/** What an older version of the API shows inside another object. */
	readonly look: Look = {
		charges: ( intent ) => this.copies( 'charges', ( charge ) => charge.payment_intent === intent ),
		refunds: ( charge ) => this.copies( 'refunds', ( refund ) => refund.charge === charge ),
	};

	private copies< K extends Kind >(
		kind: K,
		isWanted: ( value: Kinds[ K ] ) => boolean
	): Array< Record< string, unknown > > {
		return structuredClone( this.all( kind ).filter( isWanted ).toReversed() ) as never;
	}

	delete( kind: Kind, id: string ): void {
		this.tables[ kind ].delete( id );
		this.changed();
	}

	/** All rows of a kind, oldest first. */
	rows< K extends Kind >( kind: K ): Array< Row< Kinds[ K ] > > {
		return [ ...this.tables[ kind ].values() ];
	}

	all< K extends Kind >( kind: K ): Array< Kinds[ K ] > {
		return this.rows( kind ).map( ( row ) => row.value );
	}

	/** To be called after an object was changed in place. */
	changed(): void {
		this.file.changed();
	}

	/** Writes the last state; nothing is written afterwards. */
	close(): void {
		this.file.close();
	}

	private take(): Saved {
		const tables = Object.fromEntries(
			KINDS.map( ( kind ) => [ kind, [ ...this.tables[ kind ].values() ] ] )
		) as unknown as Saved[ 'tables' ];
		return {
			offsetS: this.clock.offsetS,
			seq: this.seq,
			refundStatus: this.refundStatus,
			settings: this.settings,
			tables,
		};
	}

	private restore( saved: Saved ): void {
		this.clock.offsetS = saved.offsetS;
		this.seq = saved.seq;
		this.refundStatus = saved.refundStatus;
		this.settings = saved.settings ?? {};
		for ( const kind of KINDS ) {
			const table = this.tables[ kind ] as Map< string, Row< { id: string } > >;
			for ( const row of saved.tables[ kind ] ?? [] ) {
				table.set( row.value.id, row );
			}
		}
	}
}
