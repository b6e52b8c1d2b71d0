import type { ReactNode } from 'react';

interface Props {
	title: string;
	intro?: string;
	children: ReactNode;
}

export function Card( { title, intro, children }: Props ) {
	return (
		<section className="smi-card">
			<h2>{ title }</h2>
			{ intro && <p className="smi-quiet">{ intro }</p> }
			{ children }
		</section>
	);
}
