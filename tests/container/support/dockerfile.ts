/** As much of a Dockerfile's language as bridge/Dockerfile uses. A word that is not known here is an error, never skipped. */

export interface Step {
	word: string;
	/** What follows the word, without its flags. */
	rest: string;
	/** Such as `from` of `COPY --from=build`. */
	flags: Record< string, string >;
}

export interface Stage {
	image: string;
	name: string;
	steps: Step[];
}

const KNOWN = [ 'WORKDIR', 'ENV', 'COPY', 'RUN', 'USER', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD' ];

/** The stages of a Dockerfile, in order. */
export function readDockerfile( text: string ): Stage[] {
	const stages: Stage[] = [];
	for ( const line of text.replace( /\\\n/g, ' ' ).split( '\n' ) ) {
		if ( line.trim() === '' || line.startsWith( '#' ) ) {
			continue;
		}
		const [ , word = '', rest = '' ] = /^(\S+)\s+(.*)$/.exec( line.trim() ) ?? [];
		if ( word === 'FROM' ) {
			const [ image = '', , name = '' ] = rest.split( /\s+/ );
			stages.push( { image, name, steps: [] } );
		} else if ( KNOWN.includes( word ) && stages.length > 0 ) {
			stages.at( -1 )?.steps.push( { word, ...withoutFlags( rest ) } );
		} else {
			throw new Error( `A step that nobody here can run: ${ line }` );
		}
	}
	return stages;
}

/** What a stage says last with a word: `CMD`, `ENV`, … */
export function lastOf( stage: Stage, word: string ): string {
	return stage.steps.findLast( ( step ) => step.word === word )?.rest ?? '';
}

/** `HOST=0.0.0.0 NODE_ENV=production` as an object. */
export function environmentOf( stage: Stage ): Record< string, string > {
	const pairs = stage.steps.filter( ( { word } ) => word === 'ENV' ).flatMap( ( { rest } ) => rest.split( /\s+/ ) );
	return Object.fromEntries( pairs.map( ( pair ) => pair.split( '=' ) as [ string, string ] ) );
}

function withoutFlags( text: string ): Pick< Step, 'rest' | 'flags' > {
	const flags: Record< string, string > = {};
	const rest = text.replace( /^(?:--([\w-]+)=(\S+)\s+)+/, ( all ) => {
		for ( const [ , name = '', value = '' ] of all.matchAll( /--([\w-]+)=(\S+)/g ) ) {
			flags[ name ] = value;
		}
		return '';
	} );
	return { rest, flags };
}
