/** How a series looks: each has a colour and a texture, so that nobody needs the colour. */
export const LOOKS = [ 'kept', 'cost', 'fees', 'refunded', 'lost', 'paid', 'unpaid', 'wait' ] as const;

export type SeriesLook = ( typeof LOOKS )[ number ];

export const fillOf = ( look: SeriesLook ) => `url(#smi-look-${ look })`;

const SIZE = 6;

const TEXTURES: Record< SeriesLook, string > = {
	kept: '',
	paid: '',
	wait: '',
	cost: 'M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5',
	fees: 'M0 3 H6',
	refunded: 'M0 0 L6 6 M6 0 L0 6',
	lost: 'M0 3 H6 M3 0 V6',
	unpaid: 'M3 0 V6',
};

/** Once for all charts; `display: none` would switch the patterns off. */
export function Patterns() {
	return (
		<svg className="smi-report__patterns" width="0" height="0" aria-hidden="true" focusable="false">
			<defs>
				{ LOOKS.map( ( look ) => (
					<pattern
						key={ look }
						id={ `smi-look-${ look }` }
						width={ SIZE }
						height={ SIZE }
						patternUnits="userSpaceOnUse"
					>
						<rect className={ `smi-look is-${ look }` } width={ SIZE } height={ SIZE } />
						<path className={ `smi-texture is-${ look }` } d={ TEXTURES[ look ] } />
					</pattern>
				) ) }
			</defs>
		</svg>
	);
}

export interface Series {
	look: SeriesLook;
	label: string;
}

export function Legend( { series }: { series: readonly Series[] } ) {
	return (
		<ul className="smi-report__legend">
			{ series.map( ( { look, label } ) => (
				<li key={ look }>
					<svg width="12" height="12" aria-hidden="true" focusable="false">
						<rect width="12" height="12" fill={ fillOf( look ) } />
					</svg>
					{ label }
				</li>
			) ) }
		</ul>
	);
}
