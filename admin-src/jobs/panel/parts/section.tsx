import type { ReactNode } from 'react';

interface Props {
	title: string;
	className?: string;
	children: ReactNode;
}

export function Section( { title, className = '', children }: Props ) {
	return (
		<section className={ `smi-section ${ className }` }>
			<h3>{ title }</h3>
			{ children }
		</section>
	);
}
