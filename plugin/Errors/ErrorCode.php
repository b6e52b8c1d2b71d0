<?php
/**
 * The codes of everything that is refused.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Errors;

/** Programs go by them, and rows of batches hold them, so a code never changes; docs/rest-api.md says what each means. */
final class ErrorCode {

	public const ATTEMPT_BEGUN             = 'smi_attempt_begun';
	public const ATTEMPT_NOT_FOUND         = 'smi_attempt_not_found';
	public const ATTEMPT_WITHOUT_FILE      = 'smi_attempt_without_file';
	public const BATCH_CHANGED             = 'smi_batch_changed';
	public const BATCH_EMPTY               = 'smi_batch_empty';
	public const BATCH_FILTER_FAILED       = 'smi_batch_filter_failed';
	public const BATCH_ITEM_FAILED         = 'smi_batch_item_failed';
	public const BATCH_NOT_FOUND           = 'smi_batch_not_found';
	public const BATCH_TOO_LARGE           = 'smi_batch_too_large';
	public const BATCH_WITHOUT_EXPECT      = 'smi_batch_without_expect';
	public const CHANNEL_BUSY              = 'smi_channel_busy';
	public const CHANNEL_PROTOCOL_MISMATCH = 'smi_channel_protocol_mismatch';
	public const CHANNEL_TOO_LARGE         = 'smi_channel_too_large';
	public const CHECKOUT_NOT_FOUND        = 'smi_checkout_not_found';
	public const CHECKOUT_PRICE_CHANGED    = 'smi_checkout_price_changed';
	public const CHECKOUT_UNAVAILABLE      = 'smi_checkout_unavailable';
	public const CONNECTION_KEY_UNKNOWN    = 'smi_connection_key_unknown';
	public const CONNECTION_NOT_SAFE_MODE  = 'smi_connection_not_safe_mode';
	public const CONNECTION_NO_QUESTION    = 'smi_connection_no_question';
	public const CONNECTION_TOO_MANY_KEYS  = 'smi_connection_too_many_keys';
	public const DATABASE_UNAVAILABLE      = 'smi_database_unavailable';
	public const DOWNLOAD_EXPIRED          = 'smi_download_expired';
	public const DOWNLOAD_FILE_MISSING     = 'smi_download_file_missing';
	public const DOWNLOAD_NOT_FOUND        = 'smi_download_not_found';
	public const DOWNLOAD_REVOKED          = 'smi_download_revoked';
	public const EXPORT_INTERRUPTED        = 'smi_export_interrupted';
	public const FILE_HASH_MISMATCH        = 'smi_file_hash_mismatch';
	public const FILE_NOT_A_PICTURE        = 'smi_file_not_a_picture';
	public const FILE_NOT_WRITTEN          = 'smi_file_not_written';
	public const FILE_STALE_LEASE          = 'smi_file_stale_lease';
	public const FILE_TOO_LARGE            = 'smi_file_too_large';
	public const FILE_UNKNOWN_ATTEMPT      = 'smi_file_unknown_attempt';
	public const FILE_WRONG_LENGTH         = 'smi_file_wrong_length';
	public const FILE_WRONG_OFFSET         = 'smi_file_wrong_offset';
	public const IDEMPOTENCY_KEY_TOO_LONG  = 'smi_idempotency_key_too_long';
	public const INTERNAL_ERROR            = 'smi_internal_error';
	public const JOB_CHANGED               = 'smi_job_changed';
	public const JOB_LINK_ENDED            = 'smi_job_link_ended';
	public const JOB_NOT_FOUND             = 'smi_job_not_found';
	public const JOB_REFUNDED              = 'smi_job_refunded';
	public const JOB_RUNNING               = 'smi_job_running';
	public const JOB_STATUS_NOT_POSSIBLE   = 'smi_job_status_not_possible';
	public const JOB_STATUS_SAME           = 'smi_job_status_same';
	public const JOB_USE_RETRY             = 'smi_job_use_retry';
	public const JOB_WITHOUT_EMAIL         = 'smi_job_without_email';
	public const JOB_WITHOUT_FILE          = 'smi_job_without_file';
	public const JOB_WITHOUT_SOURCE        = 'smi_job_without_source';
	public const PICTURE_NOT_FOUND         = 'smi_picture_not_found';
	public const PREVIEW_FAILED            = 'smi_preview_failed';
	public const PREVIEW_NONE              = 'smi_preview_none';
	public const PREVIEW_TOO_LARGE         = 'smi_preview_too_large';
	public const RATE_LIMITED              = 'smi_rate_limited';
	public const RECONCILIATION_NOT_FOUND  = 'smi_reconciliation_not_found';
	public const RECONCILIATION_REFUSED    = 'smi_reconciliation_refused';
	public const REFUND_AMOUNT             = 'smi_refund_amount';
	public const REFUND_NOT_POSSIBLE       = 'smi_refund_not_possible';
	public const UPGRADE_PENDING           = 'smi_upgrade_pending';
}
