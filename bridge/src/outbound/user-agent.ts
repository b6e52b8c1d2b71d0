import { Agent, type Dispatcher } from 'undici';
import { VERSION } from '../version.ts';

export const APP_NAME = 'SellMyImages-Bridge';
export const APP_URL = 'https://wordpress.org/plugins/sell-my-images/';

/** Who asks. Firewalls and content networks refuse requests that don't say. */
export const USER_AGENT = `${ APP_NAME }/${ VERSION } (+${ APP_URL })`;

/** An agent whose every request, redirects and libraries' own included, says who asks. */
export class NamedAgent extends Agent {
	override dispatch( options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler ): boolean {
		return super.dispatch( { ...options, headers: named( options.headers ) }, handler );
	}
}

function named( headers: Dispatcher.DispatchOptions[ 'headers' ] ): Record< string, string | string[] > {
	const given = Object.fromEntries( entries( headers ) );
	const isNamed = Object.keys( given ).some( ( name ) => name.toLowerCase() === 'user-agent' );
	return isNamed ? given : { 'user-agent': USER_AGENT, ...given };
}

/** Undici takes headers as an object, as pairs, or flat; what we send never repeats a name. */
function* entries( headers: Dispatcher.DispatchOptions[ 'headers' ] ): Iterable< [ string, string | string[] ] > {
	const list = headers ?? {};
	if ( Array.isArray( list ) && list.every( ( part ) => typeof part === 'string' ) ) {
		for ( let at = 0; at < list.length; at += 2 ) {
			yield [ list[ at ]!, list[ at + 1 ]! ];
		}
		return;
	}
	const pairs = Symbol.iterator in list ? ( list as Iterable< [ string, string ] > ) : Object.entries( list );
	for ( const [ name, value ] of pairs ) {
		if ( value !== undefined ) {
			yield [ name, value ];
		}
	}
}
