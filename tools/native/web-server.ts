import { access, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findBinary, startService, waitFor } from './process.ts';
import type { Service } from './process.ts';

// Small on purpose: two cores are shared with the database and the tests.
const PHP_CHILDREN = 6;

export const PHP_SETTINGS = {
	error_reporting: '-1',
	display_errors: '0',
	log_errors: '1',
	memory_limit: '256M',
	max_execution_time: '120',
	sendmail_path: '/bin/true',
	upload_max_filesize: '64M',
	post_max_size: '64M',
};

// Our own list: Debian's replaces the Host header by a host without its port,
// and WordPress then redirects for ever. Other headers, Authorization among them, pass by themselves.
const FASTCGI_PARAMS = [
	[ 'QUERY_STRING', '$query_string' ],
	[ 'REQUEST_METHOD', '$request_method' ],
	[ 'CONTENT_TYPE', '$content_type' ],
	[ 'CONTENT_LENGTH', '$content_length' ],
	[ 'SCRIPT_NAME', '$fastcgi_script_name' ],
	[ 'SCRIPT_FILENAME', '$document_root$fastcgi_script_name' ],
	[ 'REQUEST_URI', '$request_uri' ],
	[ 'DOCUMENT_URI', '$document_uri' ],
	[ 'DOCUMENT_ROOT', '$document_root' ],
	[ 'SERVER_PROTOCOL', '$server_protocol' ],
	[ 'SERVER_SOFTWARE', 'nginx' ],
	[ 'SERVER_NAME', '127.0.0.1' ],
	[ 'SERVER_ADDR', '$server_addr' ],
	[ 'SERVER_PORT', '$server_port' ],
	[ 'REMOTE_ADDR', '$remote_addr' ],
	[ 'REMOTE_PORT', '$remote_port' ],
	[ 'GATEWAY_INTERFACE', 'CGI/1.1' ],
	[ 'REQUEST_SCHEME', '$scheme' ],
	[ 'REDIRECT_STATUS', '200' ],
];

const isRoot = () => userInfo().uid === 0;

/**
 * Starts a private PHP-FPM on a Unix socket.
 *
 * @param folder   Existing folder for its configuration, socket and log.
 * @param errorLog File for errors that WordPress's own log does not catch.
 */
export async function startPhpFpm( folder: string, errorLog: string ): Promise< { service: Service; socket: string } > {
	const socket = join( folder, 'php.sock' );
	const config = join( folder, 'php-fpm.conf' );
	const user = userInfo().username;
	const settings = { ...PHP_SETTINGS, error_log: errorLog };
	await writeFile(
		config,
		[
			'[global]',
			'daemonize = no',
			`error_log = ${ join( folder, 'php-fpm.log' ) }`,
			'[www]',
			...( isRoot() ? [ `user = ${ user }`, `group = ${ user }` ] : [] ),
			`listen = ${ socket }`,
			'pm = static',
			`pm.max_children = ${ PHP_CHILDREN }`,
			'catch_workers_output = yes',
			...Object.entries( settings ).map( ( [ key, value ] ) => `php_admin_value[${ key }] = ${ value }` ),
			'',
		].join( '\n' )
	);
	const service = startService( 'PHP-FPM', await findPhpFpm(), [
		'-F',
		'-y',
		config,
		...( isRoot() ? [ '-R' ] : [] ),
	] );
	await waitFor( service, () => exists( socket ) );
	return { service, socket };
}

function findPhpFpm(): Promise< string > {
	const versions = [ '8.5', '8.4', '8.3', '8.2', '8.1' ];
	return findBinary( 'php-fpm', ...versions.map( ( version ) => `php-fpm${ version }` ) );
}

/**
 * Starts a private nginx on a loopback port, in front of PHP-FPM, with pretty permalinks.
 *
 * @param folder    Existing folder for its configuration and temporary files.
 * @param root      The site's files.
 * @param port      Port on 127.0.0.1.
 * @param phpSocket PHP-FPM's socket.
 */
export async function startNginx( folder: string, root: string, port: number, phpSocket: string ): Promise< Service > {
	const config = join( folder, 'nginx.conf' );
	await mkdir( join( folder, 'nginx-tmp' ), { recursive: true } );
	await writeFile( config, nginxConfig( folder, root, port, phpSocket ) );
	const service = startService( 'nginx', await findBinary( 'nginx' ), [
		'-e',
		join( folder, 'nginx-error.log' ),
		'-p',
		folder,
		'-c',
		config,
	] );
	await waitFor( service, () => answers( port ) );
	return service;
}

function nginxConfig( folder: string, root: string, port: number, phpSocket: string ): string {
	const temp = ( name: string ) => `${ name }_temp_path ${ join( folder, 'nginx-tmp', name ) };`;
	return `
daemon off;
worker_processes 1;
pid ${ join( folder, 'nginx.pid' ) };
error_log ${ join( folder, 'nginx-error.log' ) };
${ isRoot() ? 'user root;' : '' }
events { worker_connections 256; }
http {
	include /etc/nginx/mime.types;
	access_log off;
	client_max_body_size 64m;
	${ [ 'client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi' ].map( temp ).join( ' ' ) }
	server {
		listen 127.0.0.1:${ port };
		root ${ root };
		index index.php;
		location / { try_files $uri $uri/ /index.php?$args; }
		location ~ \\.php$ {
			try_files $uri =404;
			${ FASTCGI_PARAMS.map( ( [ name, value ] ) => `fastcgi_param ${ name } ${ value };` ).join( '\n\t\t\t' ) }
			fastcgi_read_timeout 120s;
			fastcgi_pass unix:${ phpSocket };
		}
	}
}
`;
}

const exists = ( path: string ) =>
	access( path ).then(
		() => true,
		() => false
	);

const answers = ( port: number ) =>
	fetch( `http://127.0.0.1:${ port }/readme-not-there.txt`, {
		redirect: 'manual',
		method: 'HEAD',
	} ).then(
		() => true,
		() => false
	);
