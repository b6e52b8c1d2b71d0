import type { ActionResult, JobAction } from '../../api/contracts.generated';

export type ActionId = JobAction;

export interface JobActionDefinition {
	id: ActionId;
	/** On menus and buttons. */
	label: string;
	capability: 'manage' | 'refund';
	/** For actions that need no question: does it at once. */
	run?: ( id: string ) => Promise< ActionResult >;
}
