/** What PHP prints before the script; nothing secret. */
export interface JobsBoot {
	caps: {
		view: boolean;
		manage: boolean;
		refund: boolean;
		export: boolean;
		/** May open the settings. */
		settings: boolean;
	};
	/** The site's zone, `Europe/Berlin` or `+02:00`. */
	timezone: string;
	/** PHP date format of an exact time; empty: the site's own. */
	dateFormat: string;
	currency: string;
	siteName: string;
	adminUrl: string;
	settingsUrl: string;
	jobsUrl: string;
	/** Where to log in again. */
	loginUrl: string;
	testMode: boolean;
	/** What the screen would ask of the REST API first, by path, already answered. */
	answers: Record< string, BootAnswer >;
}

export interface BootAnswer {
	body: unknown;
	headers: Record< string, string >;
}

declare global {
	interface Window {
		smiJobs?: Partial< JobsBoot >;
	}
}

const NOTHING_ALLOWED: JobsBoot[ 'caps' ] = {
	view: false,
	manage: false,
	refund: false,
	export: false,
	settings: false,
};

export function getBoot(): JobsBoot {
	const given = window.smiJobs ?? {};
	return {
		timezone: 'UTC',
		dateFormat: '',
		currency: 'USD',
		siteName: '',
		adminUrl: '',
		settingsUrl: 'admin.php?page=smi-settings',
		jobsUrl: 'admin.php?page=smi-jobs',
		loginUrl: '/wp-login.php',
		testMode: false,
		answers: {},
		...given,
		caps: { ...NOTHING_ALLOWED, ...given.caps },
	};
}
