export interface StripeErrorFields {
	type?: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error' | 'rate_limit_error';
	code?: string;
	param?: string;
	/** Bad parameters are answered before any work, so Stripe saves nothing under the idempotency key. */
	isSaved?: boolean;
	/** What a card error tells besides. */
	more?: Record< string, unknown >;
	/** The object that was not found, to be looked for in the other mode. */
	missingId?: string;
}

/** An error as Stripe's API answers it. */
export class StripeError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly fields: StripeErrorFields = {}
	) {
		super( message );
	}

	/** The same error, saying more. */
	saying( more: string ): StripeError {
		return new StripeError( this.status, this.message + more, this.fields );
	}

	toJSON(): { error: Record< string, unknown > } {
		const { type = 'invalid_request_error', code, param, more = {} } = this.fields;
		const docs = code ? { doc_url: `https://docs.stripe.com/error-codes/${ code.replaceAll( '_', '-' ) }` } : {};
		return {
			error: {
				...( code ? { code } : {} ),
				...docs,
				message: this.message,
				...( param ? { param } : {} ),
				type,
				...more,
			},
		};
	}
}

export function invalid( message: string, param?: string, code = 'parameter_invalid' ): StripeError {
	return new StripeError( 400, message, { code, isSaved: false, ...( param === undefined ? {} : { param } ) } );
}

export function missing( param: string ): StripeError {
	return new StripeError( 400, `Missing required param: ${ param }.`, {
		code: 'parameter_missing',
		param,
		isSaved: false,
	} );
}

export function noSuch( kind: string, id: string, param = 'id' ): StripeError {
	return new StripeError( 404, `No such ${ kind }: '${ id }'`, { code: 'resource_missing', param, missingId: id } );
}
