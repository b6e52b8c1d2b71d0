import { __, _n, sprintf } from '@wordpress/i18n';

import { lostWords, money, percent } from './format';
import { medianOf, withinOf } from './wait';
import { formatCount } from '../../shared/number';
import { formatDuration } from '../../shared/time';
import type { Sums } from './sums';

interface Tile {
	label: string;
	value: string;
	more?: string;
}

function moneyTiles( { charged, refunded, lost, cost, fees, kept }: Sums, currency: string ): Tile[] {
	const share = ( part: number ) =>
		/* translators: %s: a percentage. */
		charged > 0 ? { more: sprintf( __( '%s of charged', 'sell-my-images' ), percent( part, charged ) ) } : {};
	const disputes = { label: lostWords(), value: money( lost, currency ), ...share( lost ) };
	return [
		{ label: __( 'Charged', 'sell-my-images' ), value: money( charged, currency ) },
		{ label: __( 'Refunded', 'sell-my-images' ), value: money( refunded, currency ), ...share( refunded ) },
		...( lost ? [ disputes ] : [] ),
		{ label: __( 'Upsampler cost', 'sell-my-images' ), value: money( cost, currency ), ...share( cost ) },
		{ label: __( 'Stripe fees', 'sell-my-images' ), value: money( fees, currency ), ...share( fees ) },
		{ label: __( 'Kept', 'sell-my-images' ), value: money( kept, currency ), ...share( kept ) },
	];
}

function boughtTile( { jobs, paid }: Sums ): Tile {
	return {
		label: __( 'Bought', 'sell-my-images' ),
		value: percent( paid, jobs ),
		more: sprintf(
			/* translators: 1: checkouts that were paid, 2: all checkouts. */
			_n( '%1$s of %2$s checkout', '%1$s of %2$s checkouts', jobs, 'sell-my-images' ),
			formatCount( paid ),
			formatCount( jobs )
		),
	};
}

/** "9 of 10 within 2 min". */
export function nineOfTenWords( seconds: number | null, last: number ): string {
	return seconds === Infinity
		? /* translators: %s: a length of time. */
			sprintf( __( 'more than 1 of 10 over %s', 'sell-my-images' ), formatDuration( last ) )
		: /* translators: %s: a length of time. */
			sprintf( __( '9 of 10 within %s', 'sell-my-images' ), formatDuration( seconds ?? 0 ) );
}

function waitTile( { waiting }: Sums, bounds: readonly number[] ): Tile {
	const label = __( 'Usual wait', 'sell-my-images' );
	const median = medianOf( waiting, bounds );
	if ( median === null ) {
		return { label, value: '—', more: __( 'no finished image', 'sell-my-images' ) };
	}
	return {
		label,
		/* translators: %s: a length of time. */
		value: sprintf( __( 'about %s', 'sell-my-images' ), formatDuration( median ) ),
		more: nineOfTenWords( withinOf( waiting, bounds, 0.9 ), bounds[ bounds.length - 1 ] ?? 0 ),
	};
}

interface Props {
	sums: Sums;
	currency: string;
	bounds: readonly number[];
}

/** The figures that one looks for first. */
export function Tiles( { sums, currency, bounds }: Props ) {
	const tiles = [ ...moneyTiles( sums, currency ), boughtTile( sums ), waitTile( sums, bounds ) ];
	return (
		<dl className="smi-report__tiles">
			{ tiles.map( ( { label, value, more } ) => (
				<div key={ label }>
					<dt>{ label }</dt>
					<dd>
						<strong>{ value }</strong>
						{ more && <small>{ more }</small> }
					</dd>
				</div>
			) ) }
		</dl>
	);
}
