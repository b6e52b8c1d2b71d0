<?php
/**
 * What the plugin keeps outside its tables.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * By name: others may begin the names of theirs with `smi_` as well. A test compares the lists with what the code writes.
 */
final class Belongings {

	/**
	 * Options that go with the plugin, sales or no sales: secrets of a bridge that has nothing to connect to any more, and notes of the
	 * day.
	 */
	public const PASSING_OPTIONS = array(
		'smi_bridge',
		'smi_bridge_keys',
		'smi_bridge_keys_used',
		'smi_bridge_seen',
		'smi_failures',
		'smi_interest_at',
		'smi_payments_pause',
		'smi_provider_health',
		'smi_reconcile',
		'smi_reconciliations',
		'smi_sweep_cursor',
		'smi_tables_checked',
		'smi_tables_remade',
		'smi_upgrade_lock',
		'smi_upgrade_trouble',
		'smi_upscaler_pause',
		'smi_upscaler_silence',
		'smi_visitors',
	);

	/**
	 * Options that stay where sales stay. Without the identity the payments at Stripe would be another site's, without the files' secret a
	 * file that is being brought has no place, and without version and progress an upgrade would not go on where it stopped.
	 */
	public const LASTING_OPTIONS = array(
		'smi_settings',
		'smi_site',
		'smi_safe_mode_settled',
		'smi_stripe_account',
		'smi_files_secret',
		'smi_uploads_folders',
		'smi_schema_version',
		'smi_upgrade',
		'smi_older_facts',
		'smi_counters_built_to',
		'smi_lost_built_to',
	);

	/** What stands in the metadata of attachments: measures, made again when they are needed. */
	public const POST_META = array( '_smi_source' );

	public const CRON_EVENTS = array( 'smi_work' );

	/** What the Jobs screen keeps among a user's preferences in WordPress: columns, filters, saved views. */
	public const PREFERENCES = 'smi/jobs';
}
