import { access, mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findBinary, run, runOrThrow, startService, waitFor } from './process.ts';
import type { Service } from './process.ts';

export type Database = {
	service: Service;
	socket: string;
	sql: ( statement: string ) => Promise< string >;
};

// A zone that is far from UTC: whoever stores NOW() instead of UTC_TIMESTAMP()
// is five and a half hours off and sees it in a test.
const TIME_ZONE = '+05:30';

/**
 * Starts a private MariaDB on a Unix socket, with its defaults: no other
 * account, no network, 128 MB of buffer.
 *
 * @param folder    Existing empty folder for data, socket and log.
 * @param extraArgs More arguments for mariadbd.
 */
export async function startMariaDb( folder: string, extraArgs: string[] = [] ): Promise< Database > {
	const data = join( folder, 'data' );
	const socket = join( folder, 'db.sock' );
	const user = userInfo().username;
	const options = { env: { ...process.env, TMPDIR: await ownTemporaryFolder( folder ) } };
	await runOrThrow(
		await findBinary( 'mariadb-install-db' ),
		[
			'--no-defaults',
			`--datadir=${ data }`,
			`--user=${ user }`,
			'--auth-root-authentication-method=normal',
			'--skip-test-db',
		],
		options
	);
	const program = await findBinary( 'mariadbd', 'mysqld' );
	const args = [
		'--no-defaults',
		`--datadir=${ data }`,
		`--socket=${ socket }`,
		`--user=${ user }`,
		`--pid-file=${ join( folder, 'db.pid' ) }`,
		'--skip-networking',
		'--character-set-server=utf8mb4',
		`--default-time-zone=${ TIME_ZONE }`,
		...extraArgs,
	];
	const service = startService( 'MariaDB', program, args, options );
	const client = await findBinary( 'mariadb', 'mysql' );
	const login = [ '--no-defaults', '-uroot', `--socket=${ socket }`, '-N' ];
	await waitFor( service, () =>
		access( socket ).then(
			async () => ( await run( client, [ ...login, '-e', 'SELECT 1' ] ) ).code === 0,
			() => false
		)
	);
	return {
		service,
		socket,
		sql: ( statement ) => runOrThrow( client, [ ...login, '-B' ], { input: statement } ),
	};
}

/** A server that starts clears away the temporary tables it finds, those of another that is starting beside it too. */
async function ownTemporaryFolder( folder: string ): Promise< string > {
	const own = join( folder, 'db-tmp' );
	await mkdir( own, { recursive: true } );
	return own;
}
