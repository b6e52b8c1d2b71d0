import { errorWords } from './error-words';
import type { Settings } from '../../api/contracts.generated';

export type Resolution = keyof Settings[ 'prices' ];

/**
 * The server names the setting `prices` and says in its words which one: "4x: …".
 * What names none belongs to both.
 *
 * @param error      Its words.
 * @param resolution Whose field.
 */
export function priceError( error: string | undefined, resolution: Resolution ): string | undefined {
	const other: Resolution = resolution === '4x' ? '8x' : '4x';
	if ( ! error || ( error.includes( other ) && ! error.includes( resolution ) ) ) {
		return undefined;
	}
	return errorWords( error.startsWith( `${ resolution }: ` ) ? error.slice( resolution.length + 2 ) : error );
}
