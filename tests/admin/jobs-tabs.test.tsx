import { screen, within } from '@testing-library/react';

import { makeJob } from './support/jobs';
import { bootJobs, fakeSite, openScreen } from './support/screen';

const tabs = () =>
	within( screen.getByRole( 'navigation', { name: 'Jobs by status' } ) )
		.getAllByRole( 'link' )
		.map( ( { textContent } ) => textContent );

beforeEach( () => bootJobs() );

describe( 'tabs with a filter on problems', () => {
	it.each( [
		[ 'email_failed', [ '41', '41', '0', '0', '0', '40', '1', '0' ] ],
		[ 'email_failed,refund_failed', [ '42', '42', '0', '0', '0', '40', '2', '0' ] ],
		[ 'disputed', [ '0', '0', '0', '0', '0', '0', '0', '0' ] ],
	] )( 'count the jobs that have one of them, by status: %s', async ( problem, counts ) => {
		fakeSite( { jobs: [ makeJob( 1 ) ] } );
		openScreen( `?page=smi-jobs&problem=${ problem }` );
		await screen.findByText( 'Photograph 1' );
		const labels = [
			'All',
			'Needs attention',
			'Awaiting payment',
			'Pending',
			'Processing',
			'Completed',
			'Failed',
			'Abandoned',
		];
		expect( tabs() ).toEqual( labels.map( ( label, n ) => `${ label } ${ counts[ n ] }` ) );
	} );
} );
