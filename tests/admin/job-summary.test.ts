import { makeDetail } from './support/jobs';
import { summaryOf } from '../../admin-src/jobs/panel/summary';

describe( 'the sentence about a finished job that was refunded', () => {
	it( 'says that the link is off when the money went back afterwards', () => {
		const job = makeDetail( 1, { status: 'completed', payment_status: 'refunded' } );
		job.download = { ...job.download, state: 'revoked' };
		expect( summaryOf( job ) ).toMatch( /link is switched off/ );
	} );

	it( 'says that the customer has it all the same when it was made again after the refund', () => {
		const job = makeDetail( 1, { status: 'completed', payment_status: 'refunded' } );
		job.download = { ...job.download, state: 'active' };
		expect( summaryOf( job ) ).toBe( 'The customer was paid back and has the image all the same.' );
	} );
} );
