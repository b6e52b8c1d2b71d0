import type { Settings } from '../../api/contracts.generated';

export interface FieldsProps {
	settings: Settings;
	/** The server's words, by the name of the setting. */
	errors: Record< string, string >;
	onChange: ( change: Partial< Settings > ) => void;
}
