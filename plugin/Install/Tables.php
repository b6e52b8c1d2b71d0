<?php
/**
 * The tables beside smi_jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * Bodies of CREATE TABLE, in what MySQL and the SQLite translation both understand.
 */
final class Tables {

	/** Definition of a column that counters of earlier versions get afterwards. */
	public const LOST = 'decimal(14,2) NOT NULL DEFAULT 0';

	/** Short name => body. */
	public const DEFINITIONS = array(
		'attempts'        => 'id bigint unsigned NOT NULL AUTO_INCREMENT, uuid char(36) NOT NULL, job_id varchar(255) NOT NULL,
			seq int NOT NULL,
			provider varchar(20) NOT NULL, state varchar(20) NOT NULL, provider_id varchar(255) DEFAULT NULL, token_hash char(64) NOT NULL,
			factor tinyint unsigned DEFAULT NULL, source_url text, credits int DEFAULT NULL, may_cost_credits int NOT NULL DEFAULT 0,
				cost decimal(10,4) DEFAULT NULL,
			error varchar(255) DEFAULT NULL, is_transient tinyint(1) DEFAULT NULL, override_by varchar(64) DEFAULT NULL,
				is_override tinyint(1) NOT NULL DEFAULT 0,
			idempotency_key varchar(191) DEFAULT NULL, file_path text, file_sha256 char(64) DEFAULT NULL, file_bytes bigint DEFAULT NULL,
			file_width int DEFAULT NULL, file_height int DEFAULT NULL, file_mime varchar(64) DEFAULT NULL, retry_of char(36) DEFAULT NULL,
			retry_no tinyint NOT NULL DEFAULT 0, keeps_file tinyint(1) NOT NULL DEFAULT 0, created_at datetime NOT NULL,
			sent_at datetime DEFAULT NULL, started_at datetime DEFAULT NULL, ended_at datetime DEFAULT NULL,
				unknown_at datetime DEFAULT NULL,
			PRIMARY KEY (id), UNIQUE KEY uuid (uuid), UNIQUE KEY token_hash (token_hash), UNIQUE KEY job_seq (job_id,seq),
			UNIQUE KEY job_key (job_id,idempotency_key), KEY provider_id (provider_id), KEY k_state (state,created_at)',
		'refunds'         => "id bigint unsigned NOT NULL AUTO_INCREMENT, uuid char(36) NOT NULL, job_id varchar(255) NOT NULL,
			amount_minor bigint NOT NULL, currency char(3) NOT NULL, origin varchar(10) NOT NULL, reason varchar(64) DEFAULT NULL,
				note text,
			status varchar(20) NOT NULL, stripe_refund_id varchar(255) DEFAULT NULL, failure_code varchar(255) DEFAULT NULL,
				failure_message text,
			requested_by varchar(64) NOT NULL DEFAULT '', idempotency_key varchar(191) DEFAULT NULL,
				acknowledged tinyint(1) NOT NULL DEFAULT 0,
			created_at datetime NOT NULL, updated_at datetime NOT NULL, settled_at datetime DEFAULT NULL,
			PRIMARY KEY (id), UNIQUE KEY uuid (uuid), UNIQUE KEY stripe_refund_id (stripe_refund_id),
				UNIQUE KEY job_key (job_id,idempotency_key),
			KEY job_id (job_id), KEY k_status (status,updated_at)",
		'job_events'      => 'id bigint unsigned NOT NULL AUTO_INCREMENT, job_id varchar(255) NOT NULL, at datetime NOT NULL,
			actor varchar(64) NOT NULL,
			type varchar(64) NOT NULL, from_value varchar(64) DEFAULT NULL, to_value varchar(64) DEFAULT NULL, reason text,
				ref varchar(255) DEFAULT NULL,
			PRIMARY KEY (id), KEY k_job (job_id,id)',
		'commands'        => 'id bigint unsigned NOT NULL AUTO_INCREMENT, uuid char(36) NOT NULL, kind varchar(20) NOT NULL,
			object varchar(191) NOT NULL,
			job_id varchar(255) DEFAULT NULL, is_site tinyint(1) NOT NULL DEFAULT 0, payload longtext, wanted int NOT NULL DEFAULT 1,
				taken int NOT NULL DEFAULT 0,
			lease_no int NOT NULL DEFAULT 0, due_at datetime NOT NULL, leased_until datetime DEFAULT NULL,
				done_at datetime DEFAULT NULL, tries int NOT NULL DEFAULT 0,
			created_at datetime NOT NULL, updated_at datetime NOT NULL,
			PRIMARY KEY (id), UNIQUE KEY uuid (uuid), UNIQUE KEY k_object (kind,object), KEY job_id (job_id),
				KEY k_due (done_at,is_site,due_at), KEY k_done (done_at)',
		'batches'         => "id bigint unsigned NOT NULL AUTO_INCREMENT, uuid char(36) NOT NULL, action varchar(20) NOT NULL,
			params longtext, state varchar(20) NOT NULL,
			total int NOT NULL DEFAULT 0, created_by varchar(64) NOT NULL DEFAULT '', idempotency_key varchar(191) DEFAULT NULL,
			created_at datetime NOT NULL, finished_at datetime DEFAULT NULL, PRIMARY KEY (id), UNIQUE KEY uuid (uuid),
				UNIQUE KEY k_key (created_by,idempotency_key), KEY k_state (state,finished_at)",
		'batch_items'     => 'id bigint unsigned NOT NULL AUTO_INCREMENT, batch bigint unsigned NOT NULL, job_id varchar(255) NOT NULL,
			state varchar(10) NOT NULL,
			code varchar(64) DEFAULT NULL, message text, amount_minor bigint DEFAULT NULL,
			PRIMARY KEY (id), UNIQUE KEY k_job (batch,job_id), KEY k_state (batch,state,id)',
		'counts_month'    => 'facet smallint unsigned NOT NULL, mo date NOT NULL, n int NOT NULL DEFAULT 0, PRIMARY KEY (facet,mo)',
		'counts_day'      => 'facet smallint unsigned NOT NULL, day date NOT NULL, currency char(3) NOT NULL,
			livemode tinyint NOT NULL, n int NOT NULL DEFAULT 0,
			charged decimal(14,2) NOT NULL DEFAULT 0, refunded decimal(14,2) NOT NULL DEFAULT 0, lost ' . self::LOST . ',
				cost decimal(14,4) NOT NULL DEFAULT 0, fee decimal(14,4) NOT NULL DEFAULT 0,
			w0 int NOT NULL DEFAULT 0, w1 int NOT NULL DEFAULT 0, w2 int NOT NULL DEFAULT 0, w3 int NOT NULL DEFAULT 0,
				w4 int NOT NULL DEFAULT 0, w5 int NOT NULL DEFAULT 0,
			w6 int NOT NULL DEFAULT 0, w7 int NOT NULL DEFAULT 0, w8 int NOT NULL DEFAULT 0, w9 int NOT NULL DEFAULT 0,
				w10 int NOT NULL DEFAULT 0, w11 int NOT NULL DEFAULT 0,
			PRIMARY KEY (facet,day,currency,livemode)',
		'counts_facet'    => 'facet smallint unsigned NOT NULL, n int NOT NULL DEFAULT 0, PRIMARY KEY (facet)',
		'counts_dim'      => 'dim tinyint NOT NULL, k bigint unsigned NOT NULL, facet smallint unsigned NOT NULL,
			n int NOT NULL DEFAULT 0, PRIMARY KEY (dim,k,facet)',
		'title_words'     => 'word varchar(64) NOT NULL, post_id bigint unsigned NOT NULL, PRIMARY KEY (word,post_id),
			KEY post_id (post_id)',
		'clicks_daily'    => 'day date NOT NULL, attachment_id bigint unsigned NOT NULL, post_id bigint unsigned NOT NULL,
			n int NOT NULL DEFAULT 0, PRIMARY KEY (day,attachment_id,post_id)',
		'rate_limits'     => 'bucket varchar(64) NOT NULL, window_start int unsigned NOT NULL, n int NOT NULL DEFAULT 0,
			PRIMARY KEY (bucket,window_start), KEY window_start (window_start)',
		'provider_events' => 'id varchar(191) NOT NULL, provider varchar(20) NOT NULL, type varchar(64) NOT NULL,
			received_at datetime NOT NULL, job_id varchar(255) DEFAULT NULL,
			PRIMARY KEY (id), KEY received_at (received_at)',
	);
}
