export const STORE_NAME = 'smi/jobs';

export const PAGE_STARTED = 'PAGE_STARTED';
export const PAGE_RECEIVED = 'PAGE_RECEIVED';
export const PAGE_FAILED = 'PAGE_FAILED';
export const PAGE_STOPPED = 'PAGE_STOPPED';
export const JOBS_RECEIVED = 'JOBS_RECEIVED';
export const DETAIL_STARTED = 'DETAIL_STARTED';
export const DETAIL_RECEIVED = 'DETAIL_RECEIVED';
export const DETAIL_FAILED = 'DETAIL_FAILED';
export const STATS_STARTED = 'STATS_STARTED';
export const STATS_RECEIVED = 'STATS_RECEIVED';
export const STATS_FAILED = 'STATS_FAILED';
export const POLL_RECEIVED = 'POLL_RECEIVED';
export const POLL_FAILED = 'POLL_FAILED';
export const JOB_WATCHED = 'JOB_WATCHED';
export const WATCH_ENDED = 'WATCH_ENDED';
