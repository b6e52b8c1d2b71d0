import { Spinner } from '@wordpress/components';

import { SettingsForm } from './settings-form';
import { fetchSettings } from '../../api/settings';
import { LoadFailed } from '../load-failed';
import { useResource } from '../use-resource';

/** The owner's settings, once they are there. */
export function SettingsCards() {
	const { resource, load, setValue } = useResource( fetchSettings );
	const { value, error } = resource;
	if ( value ) {
		return <SettingsForm saved={ value } onSaved={ setValue } />;
	}
	return error ? <LoadFailed error={ error } onRetry={ () => void load() } /> : <Spinner />;
}
