import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

// A file of another plugin that was saved with a byte order mark, or prints a notice: only for requests that ask for it.
const url = process.env.SMI_URL ?? '';
const folder = join( process.env.SMI_WP_DIR ?? '', 'wp-content/mu-plugins' );
const file = join( folder, 'smi-printed.php' );
const owner = {
	Authorization: `Basic ${ Buffer.from( `admin:${ process.env.SMI_APP_PASSWORD ?? '' }` ).toString( 'base64' ) }`,
};

const MU_PLUGIN = `<?php
if ( isset( $_SERVER['HTTP_X_PRINTED'] ) ) {
	echo "\\xEF\\xBB\\xBF\\xEF\\xBB\\xBF<b>Notice</b>";
}
`;

before( async () => {
	await mkdir( folder, { recursive: true } );
	await writeFile( file, MU_PLUGIN );
} );

after( () => rm( file ) );

async function bytes( path: string, headers: Record< string, string > = {} ): Promise< string > {
	const answer = await fetch( url + path, { headers: { 'X-Printed': '1', ...headers } } );
	return Buffer.from( await answer.arrayBuffer() ).toString( 'latin1' );
}

test( 'WordPress’s own answers have it in front, or this test shows nothing', async () => {
	assert.match( await bytes( '/wp-json/wp/v2/types', owner ), /Notice/ );
} );

test( 'what others print before an answer of ours is no part of it', async () => {
	for ( const path of [ '/wp-json/smi/v1/jobs', '/wp-json/smi/v1/jobs/none', '/?rest_route=/smi/v1/connection' ] ) {
		assert.match( await bytes( path, owner ), /^[[{]/, path );
	}
	assert.match( await bytes( '/?smi-api=offers&attachment_id=1&post_id=1' ), /^\{/ );
	assert.match( await bytes( `/?smi-api=/smi/v1/download/${ 'x'.repeat( 43 ) }` ), /^\{/ );
	assert.match(
		await bytes( '/wp-json/smi/v1/jobs/export?format=csv&columns=job_id', owner ),
		/^\xEF\xBB\xBFjob_id/
	);
} );
