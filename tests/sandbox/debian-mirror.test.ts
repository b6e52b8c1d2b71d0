import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findMirror, findMirrorInSources, readMirror, readSources } from '../../tools/sandbox/debian-mirror';

test( 'finds the mirror of the main archive among what apt reads', () => {
	const targets = [
		'Node Source|nodistro|main|https://node.invalid/node_20.x/',
		'Debian|bookworm-security|main|http://mirror.invalid/debian-security/',
		'Debian|bookworm-updates|main|http://mirror.invalid/debian/',
		'Debian|bookworm|contrib|http://mirror.invalid/debian/',
		'Debian|bookworm|main|http://mirror.invalid/debian/',
	].join( '\n' );
	assert.equal( findMirror( targets ), 'http://mirror.invalid/debian/' );
} );

test( 'finds no mirror where apt has none, or is another distribution', () => {
	assert.equal( findMirror( '' ), undefined );
	assert.equal( findMirror( 'Ubuntu|noble|main|http://mirror.invalid/ubuntu/\n' ), undefined );
	assert.equal( findMirror( 'Debian|bookworm-security|main|http://mirror.invalid/debian-security/' ), undefined );
} );

test( 'reads a line of sources.list, with options and a comment, and passes over security and switched-off ones', () => {
	const list = [
		'# deb http://old.invalid/debian bookworm main',
		'deb-src http://source.invalid/debian bookworm main',
		'deb http://security.invalid/debian-security bookworm-security main',
		'deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://mirror.invalid/debian bookworm main contrib # ours',
	].join( '\n' );
	assert.equal( findMirrorInSources( [ list ] ), 'http://mirror.invalid/debian' );
} );

test( 'reads a stanza of the newer form: several suites, several lines, comments in between, and Enabled: no', () => {
	const sources = [
		'Types: deb',
		'URIs: http://off.invalid/debian',
		'Suites: trixie',
		'Components: main',
		'Enabled: no',
		'',
		'# What the image came with.',
		'Types: deb deb-src',
		'# http://snapshot.invalid/archive',
		'URIs: http://mirror.invalid/debian/',
		'Suites: trixie',
		' trixie-updates',
		'Components: main',
		'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
	].join( '\n' );
	assert.equal( findMirrorInSources( [ '', sources ] ), 'http://mirror.invalid/debian/' );
} );

test( 'takes no other distribution for Debian', () => {
	assert.equal( findMirrorInSources( [ 'deb http://mirror.invalid/ubuntu noble main' ] ), undefined );
	assert.equal(
		findMirrorInSources( [ 'Types: deb\nURIs: http://x.invalid/\nSuites: nodistro\nComponents: main' ] ),
		undefined
	);
	assert.equal( findMirrorInSources( [] ), undefined );
} );

test( 'finds the mirror on a machine whose apt was never updated', async () => {
	const folder = await mkdtemp( join( tmpdir(), 'smi-apt-' ) );
	const before = process.env[ 'APT_CONFIG' ];
	try {
		await mkdir( join( folder, 'parts' ) );
		await mkdir( join( folder, 'lists/partial' ), { recursive: true } );
		const stanza =
			'Types: deb\nURIs: http://mirror.invalid/debian\nSuites: bookworm bookworm-updates\nComponents: main\n';
		await writeFile( join( folder, 'parts/debian.sources' ), stanza );
		await writeFile( join( folder, 'parts/other.sources.disabled' ), stanza.replace( 'mirror', 'disabled' ) );
		const sources = { list: join( folder, 'sources.list' ), parts: join( folder, 'parts' ) };
		assert.equal( findMirrorInSources( await readSources( sources ) ), 'http://mirror.invalid/debian' );

		// The same through apt itself, with empty lists; a machine without apt has no mirror to find.
		const settings = [
			`Dir::State::lists "${ join( folder, 'lists' ) }";`,
			`Dir::Etc::sourcelist "${ sources.list }";`,
			`Dir::Etc::sourceparts "${ sources.parts }";`,
		];
		await writeFile( join( folder, 'apt.conf' ), settings.join( '\n' ) );
		process.env[ 'APT_CONFIG' ] = join( folder, 'apt.conf' );
		assert.equal( await readMirror(), hasApt() ? 'http://mirror.invalid/debian' : undefined );
	} finally {
		restore( before );
		await rm( folder, { recursive: true } );
	}
} );

const hasApt = () => [ '/usr/bin/apt-config', '/bin/apt-config' ].some( ( path ) => existsSync( path ) );

function restore( config: string | undefined ): void {
	if ( config === undefined ) {
		delete process.env[ 'APT_CONFIG' ];
	} else {
		process.env[ 'APT_CONFIG' ] = config;
	}
}
