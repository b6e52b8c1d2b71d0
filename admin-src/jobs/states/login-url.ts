import { addQueryArgs } from '@wordpress/url';

import { getBoot } from '../../shared/boot';

/** The way to the login and back to exactly this place. */
export const loginUrl = () => addQueryArgs( getBoot().loginUrl, { redirect_to: window.location.href } );
