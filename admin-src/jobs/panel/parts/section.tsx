import type { ReactNode } from 'react';

interface Props {
	title: string;
	children: ReactNode;
}

export function Section( { title, children }: Props ) {
	return (
		<section className="smi-section">
			<h3>{ title }</h3>
			{ children }
		</section>
	);
}
