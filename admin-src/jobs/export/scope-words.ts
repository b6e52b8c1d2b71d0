import { __, _n, sprintf } from '@wordpress/i18n';

import { getBoot } from '../../shared/boot';
import { formatCount, locale } from '../../shared/number';
import { offsetMinutes } from '../../shared/zone';
import { attentionWords, ATTENTIONS } from '../words/attention';
import { paymentWords, PAYMENT_STATUSES } from '../words/payment';
import { statusWords, STATUSES } from '../words/status';
import type { JobsQuery } from '../../api/jobs';
import type { ExportScope } from './types';

type Words = string | 0 | false | null | undefined;

const MINUTE_MS = 60_000;

const quoted = ( text: string ) =>
	/* translators: %s: what somebody typed or a name. */
	sprintf( __( '“%s”', 'sell-my-images' ), text );

function either( labels: string[] ): string {
	return new Intl.ListFormat( locale(), { type: 'disjunction' } ).format( labels.map( quoted ) );
}

function statusPart( { status = [] }: JobsQuery ): Words {
	const labels = STATUSES.filter( ( name ) => status.includes( name ) ).map(
		( name ) => statusWords()[ name ].label
	);
	/* translators: %s: one or more statuses, such as “Failed”. */
	return labels.length > 0 && sprintf( __( 'status %s', 'sell-my-images' ), either( labels ) );
}

function attentionPart( { attention = [] }: JobsQuery ): Words {
	const labels = ATTENTIONS.filter( ( name ) => attention.includes( name ) ).map(
		( name ) => attentionWords()[ name ].badge
	);
	if ( labels.length ) {
		/* translators: %s: one or more problems, such as “Refund failed”. */
		return sprintf( __( 'problem %s', 'sell-my-images' ), either( labels ) );
	}
	return attention.includes( 'any' ) && __( 'needs attention', 'sell-my-images' );
}

function paymentPart( { payment_status: payment = [] }: JobsQuery ): Words {
	const labels = PAYMENT_STATUSES.filter( ( name ) => payment.includes( name ) ).map(
		( name ) => paymentWords()[ name ]
	);
	/* translators: %s: one or more payment states, such as “Paid”. */
	return labels.length > 0 && sprintf( __( 'payment %s', 'sell-my-images' ), either( labels ) );
}

function textParts( query: JobsQuery ): Words[] {
	const { search, email, email_start: start, resolution, post_id: post, attachment_id: picture } = query;
	return [
		/* translators: %s: what was searched for. */
		search && sprintf( __( 'found by %s', 'sell-my-images' ), quoted( search ) ),
		/* translators: %s: an e-mail address. */
		email && sprintf( __( 'customer %s', 'sell-my-images' ), email ),
		/* translators: %s: the beginning of an e-mail address. */
		start && sprintf( __( 'customer’s e-mail begins with %s', 'sell-my-images' ), quoted( start ) ),
		/* translators: %s: a size such as 4x. */
		resolution && sprintf( __( 'size %s', 'sell-my-images' ), resolution ),
		/* translators: %d: number of a post. */
		post && sprintf( __( 'post %d', 'sell-my-images' ), post ),
		/* translators: %d: number of a picture in the library. */
		picture && sprintf( __( 'picture %d', 'sell-my-images' ), picture ),
	];
}

/** Calendar days of the site. The query's bounds are exclusive, by a second. */
function createdPart( { after, before }: JobsQuery ): Words {
	if ( ! after || ! before ) {
		return null;
	}
	const zone = getBoot().timezone;
	const wall = ( at: number ) => at + offsetMinutes( zone, at ) * MINUTE_MS;
	const days = new Intl.DateTimeFormat( locale(), { dateStyle: 'medium', timeZone: 'UTC' } ).formatRange(
		wall( Date.parse( after ) + 1000 ),
		wall( Date.parse( before ) - 1000 )
	);
	/* translators: %s: a day, or the first and the last of several. */
	return sprintf( __( 'created %s', 'sell-my-images' ), days );
}

function filterWords( query: JobsQuery ): string {
	const parts = [
		attentionPart( query ),
		statusPart( query ),
		paymentPart( query ),
		...textParts( query ),
		createdPart( query ),
	].filter( ( words ): words is string => Boolean( words ) );
	return parts.length
		? new Intl.ListFormat( locale(), { type: 'unit' } ).format( parts )
		: __( 'all there are', 'sell-my-images' );
}

/**
 * Exactly what is exported: "344 jobs: needs attention, created 1–31 Oct 2026".
 *
 * @param scope Which jobs.
 */
export function scopeWords( scope: ExportScope ): string {
	if ( scope.kind === 'ids' ) {
		const count = scope.ids.length;
		/* translators: %s: a number of jobs. */
		return sprintf( _n( '%s selected job', '%s selected jobs', count, 'sell-my-images' ), formatCount( count ) );
	}
	const { total, isFloor, query } = scope;
	const jobs = isFloor
		? /* translators: %s: a number of jobs. */
			sprintf( __( 'More than %s jobs', 'sell-my-images' ), formatCount( total ) )
		: /* translators: %s: a number of jobs. */
			sprintf( _n( '%s job', '%s jobs', total, 'sell-my-images' ), formatCount( total ) );
	/* translators: 1: "344 jobs", 2: what they have in common, such as "needs attention, created 1–31 Oct". */
	return sprintf( __( '%1$s: %2$s', 'sell-my-images' ), jobs, filterWords( query ) );
}

/** Label of the button. */
export function submitWords( scope: ExportScope ): string {
	if ( scope.kind === 'filter' && scope.isFloor ) {
		return __( 'Export', 'sell-my-images' );
	}
	const count = scope.kind === 'ids' ? scope.ids.length : scope.total;
	/* translators: %s: a number of jobs. */
	return sprintf( _n( 'Export %s job', 'Export %s jobs', count, 'sell-my-images' ), formatCount( count ) );
}
