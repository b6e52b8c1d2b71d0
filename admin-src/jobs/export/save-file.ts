const KEPT_MS = 60_000;

/**
 * Hands a file to the browser's downloads.
 *
 * @param blob The file.
 * @param name Its name.
 */
export function saveFile( blob: Blob, name: string ) {
	const link = document.createElement( 'a' );
	link.href = URL.createObjectURL( blob );
	link.download = name;
	document.body.append( link );
	link.click();
	link.remove();
	// A browser may ask first where to put it.
	setTimeout( () => URL.revokeObjectURL( link.href ), KEPT_MS );
}
