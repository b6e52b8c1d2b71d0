/** What one check found. `mend` says how to put it right. */
export interface Finding {
	state: 'ok' | 'warning' | 'broken';
	text: string;
	mend?: string;
}

export const ok = ( text: string ): Finding => ( { state: 'ok', text } );
export const warning = ( text: string, mend: string ): Finding => ( { state: 'warning', text, mend } );
export const broken = ( text: string, mend: string ): Finding => ( { state: 'broken', text, mend } );

const SIGNS: Record< Finding[ 'state' ], string > = { ok: '  ok ', warning: 'WARN ', broken: 'FAIL ' };

/** One finding as lines for a person. */
export function show( finding: Finding ): string {
	return SIGNS[ finding.state ] + finding.text + ( finding.mend ? `\n       ${ finding.mend }` : '' );
}
