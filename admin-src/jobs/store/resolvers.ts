import { loadDetail } from './actions';

export const getDetail = ( id: string ) => loadDetail( id );
