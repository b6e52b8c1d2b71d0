import type { ReactElement } from 'react';

/** One entry of the palette, as core/commands takes it. */
export interface Command {
	name: string;
	label: string;
	/** What is compared with the typed text instead of the label. */
	searchLabel?: string;
	icon?: ReactElement;
	/** Known to the newer palettes; the older ones do not look. */
	category?: 'view';
	callback: ( palette: { close: () => void } ) => void;
}

interface CommandLoader {
	name: string;
	/** A React hook, run inside the palette. */
	hook: ( props: { search: string } ) => { commands: Command[]; isLoading: boolean };
}

export interface PaletteStore {
	registerCommand: ( command: Command ) => void;
	registerCommandLoader: ( loader: CommandLoader ) => void;
}

declare global {
	interface Window {
		smiCommands?: { jobsUrl: string };
	}
}
