export interface ReconcileProps {
	hrefOf: ( id: string ) => string;
	/** Jobs may have changed. */
	onChanged: () => void;
	onClose: () => void;
}
