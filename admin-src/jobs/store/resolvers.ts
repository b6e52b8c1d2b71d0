import { loadDetail, loadPage } from './actions';
import type { JobsQuery } from '../../api/jobs';

export const getPage = ( query: JobsQuery ) => loadPage( query );
export const getDetail = ( id: string ) => loadDetail( id );
